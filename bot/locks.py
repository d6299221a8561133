"""One turn at a time in a conversation: in the order of arrival in this process, and together with other Rasas where Redis is shared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore

from bot.settings import read_settings

# Rasa looks once a second: two messages sent at once would be answered a second apart.
LOOK_EVERY_SECONDS = 0.02


class Locks(Protocol):
    """Locks beyond this process."""

    def held(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Waits for a conversation's other turns; they wait for the block."""


class ConversationLocks(InMemoryLockStore):
    """Rasa's own tickets in this process. shared: beyond it; by default through Redis, if the settings name one."""

    def __init__(self, endpoint_config: Any = None, shared: Locks | None = None) -> None:
        self._shared = shared or _shared()
        super().__init__()

    @asynccontextmanager
    async def lock(self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME,
                   wait_time_in_seconds: float = LOOK_EVERY_SECONDS) -> AsyncIterator[TicketLock]:
        """Waits for the conversation's earlier turns."""
        beyond = self._shared.held(conversation_id) if self._shared else nullcontext()
        async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as ticket, beyond:
            yield ticket


def _shared() -> Locks | None:
    settings = read_settings()
    if settings.redis_url is None:
        return None
    from bot.sharedlocks import SharedLocks  # noqa: PLC0415  (Redis's client takes 9 MB that others do without)
    from bot.sharedmemory import SharedMemory  # noqa: PLC0415  (as above)

    return SharedLocks(SharedMemory(str(settings.redis_url), str(settings.secret_key), settings.redis_may_persist))
