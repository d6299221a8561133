"""How long asking Rasa is worth the wait. Where more people write than it can answer, some get the short answer soon instead of all
of them the full one too late; one that hangs is asked by one message at a time, so that nobody else waits for it.

A Rasa that is gone refuses at once and costs nothing. One that loads its model, or hangs, takes every message and answers none:
without this, each would wait its five seconds and hold one of the door's few threads meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.core.errors import BrainError

# So many messages in a row that got nothing for so long mean that it hangs; one alone may have been a hard one.
MOST_IN_VAIN = 2
LONG_SECONDS = 3.0
# More at once are answered no sooner: one Rasa takes one message after the other.
MOST_AT_ONCE = 8
# So long a message waits for its turn: whoever is frightened would rather read something short than nothing yet.
WAIT_SECONDS = 1.5


class Patience:
    """Counts what was asked in vain; made once for all threads of a door."""

    def __init__(self, rasas: int = 1, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE * rasas)
        self._lock = threading.Lock()
        self._in_vain = 0
        self._trying = False

    @contextmanager
    def attempt(self, seconds: float) -> Iterator[float]:
        """Stands around one question and gives the seconds that are left for it.

        seconds: how long there is at most. Raises BrainError instead where there is no turn in time, or where Rasa hangs and another
        message is trying it already.
        """
        until = self._clock() + seconds
        if not self._places.acquire(timeout=max(0.0, min(seconds, WAIT_SECONDS))):
            raise BrainError("more people write than Rasa can answer")
        try:
            with self._watched():
                left = until - self._clock()
                if left <= 0:
                    raise BrainError("no time is left to ask Rasa")
                yield left
        finally:
            self._places.release()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        trying = self._begin()
        started = self._clock()
        try:
            yield
        except BrainError:
            self._end(trying, in_vain=self._clock() - started >= LONG_SECONDS)
            raise
        except BaseException:
            self._end(trying, in_vain=False)
            raise
        self._end(trying, in_vain=False, answered=True)

    def _begin(self) -> bool:
        with self._lock:
            if self._in_vain < MOST_IN_VAIN:
                return False
            if self._trying:
                raise BrainError("Rasa hangs, and somebody else is trying it")
            self._trying = True
            return True

    def _end(self, trying: bool, in_vain: bool, answered: bool = False) -> None:
        with self._lock:
            self._trying = self._trying and not trying
            self._in_vain = 0 if answered else self._in_vain + in_vain
