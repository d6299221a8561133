"""Each message is answered once: its id is claimed before any work; a repeat gets the reply that was made."""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.core.cache import cache

# Providers repeat within minutes; our own reply is held no longer than that.
KEPT_SECONDS = 15 * 60
# Whoever claimed a message and has no reply by now has died with its process: the provider's next try is answered.
WORKING_SECONDS = 30
LOOK_EVERY_SECONDS = 0.02


def claim(receipt: str) -> bool:
    """True for the first who asks: the work is theirs."""
    return bool(cache.add(f"claim:{receipt}", True, WORKING_SECONDS)) and cache.get(f"reply:{receipt}") is None


def keep(receipt: str, texts: Sequence[str]) -> None:
    """Keeps the reply for repeats."""
    cache.set(f"reply:{receipt}", tuple(texts), KEPT_SECONDS)


def release(receipt: str) -> None:
    """Gives a claim back whose work failed, so that the provider's next try is answered."""
    cache.delete(f"claim:{receipt}")


def reply(receipt: str, deadline: float) -> tuple[str, ...] | None:
    """Returns the reply made by whoever claimed the message; None where there is none by the deadline (monotonic)."""
    while True:
        kept = cache.get(f"reply:{receipt}")
        if kept is not None:
            return tuple(kept)
        if time.monotonic() >= deadline:
            return None
        time.sleep(LOOK_EVERY_SECONDS)
