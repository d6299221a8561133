"""One turn at a time in a conversation, across several Rasas: a lock in Redis that ends by itself.

Not Rasa's own RedisLockStore: its tickets are read, changed and written back in three steps, so that two processes can hold the same
one; its keys never expire; a second message waits a whole second; and it stops the whole process while it waits for Redis.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.exceptions import LockError

from bot.core.errors import OutageError
from bot.sharedmemory import SharedMemory

KIND = "lock"
LOOK_EVERY_SECONDS = 0.02
# No answer is of use after five seconds: whoever holds a lock longer has died, and Redis lets it go.
HELD_SECONDS = 6.0
# A conversation whose Rasa died with the lock waits so long, once, and is still answered in time.
WAIT_SECONDS = 2.0


class SharedLocks:
    """Locks by conversation; Redis holds a keyed hash and a random word, for six seconds at most.

    Where Redis gives no lock in time, the turn goes on without: at worst one of two turns at once does not remember the other.
    """

    def __init__(self, shared: SharedMemory) -> None:
        self._shared = shared

    @asynccontextmanager
    async def held(self, conversation: str) -> AsyncIterator[None]:
        """Waits for the conversation's turns at other Rasas; they wait for this block."""
        lock = await self._acquired(conversation)
        try:
            yield
        finally:
            if lock is not None:
                with suppress(OutageError):
                    await self._shared.ask(lambda _redis: _released(lock))

    async def _acquired(self, conversation: str) -> Any:
        """Returns the lock; None where there is none to be had."""
        key, word = self._shared.key(KIND, conversation), secrets.token_hex(8)
        try:
            return await self._shared.ask(lambda redis: _taken(redis, key, word))
        except OutageError:
            return None


async def _taken(redis: Any, key: str, word: str) -> Any:
    lock = redis.lock(key, timeout=HELD_SECONDS, sleep=LOOK_EVERY_SECONDS, blocking_timeout=WAIT_SECONDS)
    return lock if await lock.acquire(token=word) else None


async def _released(lock: Any) -> None:
    with suppress(LockError):  # it has ended by itself, or died with a Redis that was restarted
        await lock.release()
