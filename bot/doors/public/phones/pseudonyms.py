"""Keyed names for phone numbers: random keys that live in memory alone (the cache, and each door that uses them), change every 30
days and are gone after 60."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from django.core.cache import cache

PERIOD_SECONDS = 30 * 24 * 3600
KEPT_SECONDS = 2 * PERIOD_SECONDS
# The keys as this process knows them: where Redis is away or has lost them, nobody gets another name, and STOP and order hold.
_known: dict[int, str] = {}


def pseudonym(number: str, back: int = 0) -> str:
    """Returns what a number is called here. back: how many periods ago. Whoever reads the cache later cannot undo it."""
    key = _key(int(time.time()) // PERIOD_SECONDS - back)
    return hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest()[:32]


def _key(period: int) -> str:
    name, last = f"pseudonym-key:{period}", int(time.time()) // PERIOD_SECONDS - 1
    wanted = _known.get(period) or secrets.token_hex(32)
    # add() is atomic: processes that start at once agree on one key.
    cache.add(name, wanted, KEPT_SECONDS)
    key = str(cache.get(name) or wanted)
    for old in [known for known in list(_known) if known < last]:
        _known.pop(old, None)
    _known[period] = key
    return key
