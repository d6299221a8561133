"""Redis as a Rasa process uses it: every call answers at once or raises OutageError, and the caller goes on without."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.core.errors import OutageError
from bot.redisserver import FAILURES, PREFIX, TIMEOUTS, Outage, WritesToDiskError, disk_use, is_refusal

T = TypeVar("T")


class SharedMemory:
    """A Redis that several Rasas share. Names of conversations go there only as keyed hashes.

    url: redis://...; secret: the key of the hashes, the same for all who share; vouched: see `bot.redisserver.disk_use`.
    """

    def __init__(self, url: str, secret: str, vouched: bool = False) -> None:
        self._client: Redis[Any] = Redis.from_url(url, decode_responses=True, **TIMEOUTS)
        self._secret, self._vouched = secret.encode(), vouched
        self._outage = Outage()
        self._is_checked = False

    def key(self, kind: str, conversation: str) -> str:
        """Returns the name under which something of a conversation lies there."""
        digest = hmac.new(self._secret, f"{kind}:{conversation}".encode(), hashlib.sha256).hexdigest()
        return f"{PREFIX}{kind}:{digest[:32]}"

    async def ask(self, call: Callable[[Any], Awaitable[T]]) -> T:
        """Calls with the client; raises OutageError where Redis does not answer, or has just not answered."""
        if self._outage.is_fresh:
            raise OutageError("Redis did not answer a moment ago")
        try:
            if not self._is_checked:
                await self._need_memory_only()
            answer = await call(self._client)
        except FAILURES as error:
            self._is_checked = False
            self._outage.begin(error)
            raise OutageError("Redis does not answer") from None
        self._outage.end()
        return answer

    async def _need_memory_only(self) -> None:
        refused = disk_use(await self._config(), self._vouched)
        if refused:
            raise WritesToDiskError(refused)
        self._is_checked = True

    async def _config(self) -> dict[str, str] | None:
        try:
            return {**await self._client.config_get("save"), **await self._client.config_get("appendonly")}
        except RedisError as error:
            if is_refusal(error):
                return None
            raise
