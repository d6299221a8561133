"""Messages of one sender are answered one after the other, in the order in which they came."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

KEPT_SECONDS = 120
LOOK_EVERY_SECONDS = 0.01
# More of one sender's messages than this never wait: they would take the places of other people's.
MOST_WAITING = 4


@contextmanager
def place(sender: str, deadline: float) -> Iterator[bool]:
    """Waits for one's turn; gives True when it came, False where it did not by the deadline (monotonic)."""
    ticket = _ticket(sender)
    try:
        yield _wait(sender, ticket, deadline)
    finally:
        cache.set(_served(sender), max(int(cache.get(_served(sender)) or 0), ticket), KEPT_SECONDS)


def _ticket(sender: str) -> int:
    """Tickets of a new queue start at the clock, so that they are higher than any of a queue that ended."""
    name, start = f"ticket:{sender}", time.time_ns() // 1000
    if cache.add(name, start, KEPT_SECONDS):
        cache.set(_served(sender), start, KEPT_SECONDS)
    try:
        return int(cache.incr(name))
    except ValueError:  # it ended between the two lines above
        return start


def _wait(sender: str, ticket: int, deadline: float) -> bool:
    while True:
        served = cache.get(_served(sender))
        if served is None or served >= ticket - 1:
            return True
        if time.monotonic() >= deadline or ticket - served > MOST_WAITING + 1:
            return False
        time.sleep(LOOK_EVERY_SECONDS)


def _served(sender: str) -> str:
    return f"served:{sender}"
