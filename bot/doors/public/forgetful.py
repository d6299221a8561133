"""The cache of one process: Django's own, which also drops what has expired instead of keeping it until it is asked for.

It counts time by a clock that nobody sets: where the machine's is put back a day, nothing is kept a day longer than promised.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

SWEEP_EVERY_SECONDS = 30.0


class ForgetfulCache(LocMemCache):
    """Django's local memory, swept every 30 seconds for as long as there is something in it."""

    _timer: threading.Timer | None = None

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> float | None:
        """Returns when something expires that is kept so many seconds; None for never."""
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return None if seconds is None else time.monotonic() + seconds

    def _has_expired(self, key: str) -> bool:
        ends = self._expire_info.get(key, -1.0)
        return ends is not None and ends <= time.monotonic()

    def _set(self, key: str, value: Any, timeout: Any = None) -> None:
        """Called by every write, with the lock held."""
        super()._set(key, value, timeout)
        self._arm()

    def _arm(self) -> None:
        if ForgetfulCache._timer is None:
            ForgetfulCache._timer = threading.Timer(SWEEP_EVERY_SECONDS, self.sweep)
            ForgetfulCache._timer.daemon = True
            ForgetfulCache._timer.start()

    def sweep(self) -> None:
        """Drops what has expired; comes again where anything is left."""
        with self._lock:
            ForgetfulCache._timer = None
            now = time.monotonic()
            for old in [key for key, ends in self._expire_info.items() if ends is not None and ends <= now]:
                self._delete(old)
            if self._cache:
                self._arm()
