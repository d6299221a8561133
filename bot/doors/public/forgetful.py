"""The cache of one process: Django's own, which also drops what has expired instead of keeping it until it is asked for."""

from __future__ import annotations

import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

SWEEP_EVERY_SECONDS = 30.0


class ForgetfulCache(LocMemCache):
    """Django's local memory, swept at a write that comes more than 30 seconds after the last sweep."""

    _swept = 0.0

    def _set(self, key: str, value: Any, timeout: Any = None) -> None:
        """Called by every write, with the lock held."""
        now = time.time()
        if now - self._swept > SWEEP_EVERY_SECONDS:
            self._swept = now
            for old in [k for k, ends in self._expire_info.items() if ends is not None and ends <= now]:
                self._delete(old)
        super()._set(key, value, timeout)
