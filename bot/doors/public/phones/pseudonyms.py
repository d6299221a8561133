"""Keyed names for phone numbers: random keys that live in the cache alone, change every 30 days and die with it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from django.core.cache import cache

PERIOD_SECONDS = 30 * 24 * 3600
KEPT_SECONDS = 2 * PERIOD_SECONDS


def pseudonym(number: str, back: int = 0) -> str:
    """Returns what a number is called here. back: how many periods ago. Whoever reads the cache later cannot undo it."""
    key = _key(int(time.time()) // PERIOD_SECONDS - back)
    return hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest()[:32]


def _key(period: int) -> str:
    name = f"pseudonym-key:{period}"
    # add() is atomic: processes that start at once agree on one key.
    cache.add(name, secrets.token_hex(32), KEPT_SECONDS)
    return str(cache.get(name))
