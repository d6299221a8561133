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
# Whoever is served longer than this has died with its process.
SERVED_SECONDS = 15
IDLE_SECONDS = 0.5
# Tickets of one queue are counted; those of two queues lie microseconds of the clock apart. This far apart they are of two.
ANOTHER_QUEUE = 100_000


@contextmanager
def place(sender: str, deadline: float) -> Iterator[bool]:
    """Waits for one's turn; gives True when it came, False where it did not by the deadline (monotonic)."""
    ticket = _ticket(sender)
    if not _wait(sender, ticket, deadline):
        cache.set(_skipped(sender, ticket), True, KEPT_SECONDS)  # those behind need not wait for us
        yield False
        return
    cache.set(_busy(sender), True, SERVED_SECONDS)
    try:
        yield True
    finally:
        cache.set(_served(sender), ticket, KEPT_SECONDS)
        cache.delete(_busy(sender))


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
    busy_at = time.monotonic()
    while True:
        now = time.monotonic()
        if cache.get(_busy(sender)):
            busy_at = now
        ahead = _ahead(sender, ticket)
        if ahead <= 0 or now - busy_at > IDLE_SECONDS:  # nobody is served, yet it is not our turn: somebody died
            return True
        if now >= deadline or ahead > MOST_WAITING:
            return False
        time.sleep(LOOK_EVERY_SECONDS)


def _ahead(sender: str, ticket: int) -> int:
    """How many messages before ours are still to be answered; those that gave up do not count."""
    served = cache.get(_served(sender))
    if served is None or abs(ticket - int(served)) > ANOTHER_QUEUE:  # the store was emptied, or the clock was set
        return 0
    waiting = range(int(served) + 1, ticket)
    return len(waiting) if len(waiting) > 2 * MOST_WAITING else sum(not cache.get(_skipped(sender, other)) for other in waiting)


def _served(sender: str) -> str:
    return f"served:{sender}"


def _busy(sender: str) -> str:
    return f"busy:{sender}"


def _skipped(sender: str, ticket: int) -> str:
    return f"skipped:{sender}:{ticket}"
