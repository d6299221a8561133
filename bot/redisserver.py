"""What we ask of a Redis server: an answer at once or none, and that nothing it holds reaches its disk.

A server that writes to disk, or does not say that it doesn't, is given nothing: each process asks before it gives anything, and
again after every outage, for a server may come back with other settings.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bot.core.errors import StartError

# Short: a resident's answer must be there within five seconds, whatever becomes of Redis.
TIMEOUTS: Mapping[str, float] = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}
# After a failure nobody asks for so long: else every command of a turn would wait for the same silence.
REST_SECONDS = 2.0
FAILURES = (RedisError, OSError)
PREFIX = "confianza:"
WRITES_TO_DISK = ("Redis writes what it holds to its disk, and nothing of a resident's may lie there: start it with "
                  '--save "" --appendonly no (see docs/scaling.md)')
DOES_NOT_SAY = ("Redis does not say whether it writes to its disk (CONFIG is switched off there): make sure that it does not, then set "
                "CONFIANZA_REDIS_MAY_PERSIST=on (see docs/scaling.md)")

logger = logging.getLogger("confianza.redis")


class WritesToDiskError(RedisError):
    """A server that must be given nothing; the message says what to do. For a process that runs it is as good as away."""


def disk_use(told: Mapping[str, str] | None, vouched: bool) -> str:
    """Says why a server may not be used, "" where it may be. told: its CONFIG of save and appendonly, None: it does not tell.

    vouched: the operator knows that it does not write, which counts only where the server itself does not tell.
    """
    if told is None:
        return "" if vouched else DOES_NOT_SAY
    return "" if told.get("save") == "" and told.get("appendonly") == "no" else WRITES_TO_DISK


def refuse_disk(url: str, vouched: bool) -> None:
    """Raises StartError where the server writes to disk or does not tell; one that cannot be reached now is asked later."""
    client = Redis.from_url(url, decode_responses=True, **TIMEOUTS)
    try:
        told = read_config(client)
    except FAILURES:
        return
    finally:
        client.close()
    refused = disk_use(told, vouched)
    if refused:
        raise StartError(refused)


def read_config(client: Any) -> dict[str, str] | None:
    """Asks a server how it writes to disk; None where it does not tell."""
    try:
        return {**client.config_get("save"), **client.config_get("appendonly")}
    except RedisError as error:
        if is_refusal(error):
            return None
        raise


def is_refusal(error: Exception) -> bool:
    """True where a server answers that it does not know CONFIG, or that we may not ask for it."""
    return str(error).lower().startswith(("unknown command", "no permissions", "this user has no permissions", "command not allowed"))


class Outage:
    """Whether a server is left alone for the moment because it has just failed; says in the log when that begins and ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._until, self._is_on = clock, 0.0, False
        self._lock = threading.Lock()

    @property
    def is_fresh(self) -> bool:
        """True where the failure is so new that nobody should ask again."""
        return self._is_on and self._clock() < self._until

    def begin(self, error: Exception) -> None:
        """Notes a failure; the log gets its kind."""
        with self._lock:
            self._until = self._clock() + REST_SECONDS
            new, self._is_on = not self._is_on, True
        if new and isinstance(error, WritesToDiskError):
            print(f"confianza: {error}", file=sys.stderr)  # our own sentence; a log may show the kind only
        if new:
            logger.error(json.dumps({"event": "redis", "reachable": False, "kind": type(error).__name__}))

    def end(self) -> None:
        """Notes that the server answers."""
        if self._is_on:
            with self._lock:
                self._is_on = False
            logger.error(json.dumps({"event": "redis", "reachable": True}))
