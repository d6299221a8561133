"""The cache that several door processes share: Redis, and while that cannot be reached this process's own memory.

Somebody who writes must not meet silence because a server is restarted: meanwhile each process claims, counts and holds by itself.
What was said meanwhile (STOP, FORGET, a new page) Redis is told as soon as it answers again.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis

from bot.doors.public.forgetful import ForgetfulCache
from bot.redisserver import FAILURES, PREFIX, TIMEOUTS, Outage, WritesToDiskError, disk_use, read_config

# Django asks first and counts then: a count that ends between the two would come to life again, without an end.
COUNT = "if redis.call('EXISTS', KEYS[1]) == 1 then return redis.call('INCRBY', KEYS[1], ARGV[1]) end return false"
MOST_MISSED, TOLD_AT_ONCE = 100_000, 1000


class Plain:
    """Values as JSON: what lies in Redis is never run, as pickles would be."""

    def dumps(self, value: Any) -> int | str:
        """A whole number stays one, so that Redis can count with it."""
        return value if type(value) is int else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def loads(self, data: bytes) -> Any:
        """Returns what was written; a tuple comes back as a list, and what we cannot have written as nothing."""
        try:
            return json.loads(data)
        except ValueError:
            return None


class Client(RedisCacheClient):
    """Django's client, but counting in one step, and telling many things at once."""

    def incr(self, key: str, delta: int) -> int:
        """Counts; raises ValueError where there is no such count."""
        found = self.get_client(key, write=True).eval(COUNT, 1, key, delta)
        if found is None:
            raise ValueError(f"Key '{key}' not found.")
        return int(found)

    def tell(self, rows: Iterable[tuple[str, str, Any, int]]) -> None:
        """Adds, sets or deletes: (key, what, value, seconds)."""
        pipe = self.get_client(write=True).pipeline(transaction=False)
        for key, what, value, seconds in rows:
            if what == "delete":
                pipe.delete(key)
            else:
                pipe.set(key, self._serializer.dumps(value), ex=seconds, nx=what == "add")
        pipe.execute()


class Missed:
    """What Redis was not told during an outage: for each key whether it was added, set or deleted, and when it ends."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, tuple[str, float | None]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, key: str, what: str, seconds: float | None = None) -> None:
        """Notes a change. seconds: how long it holds; None where it ends when it would have ended anyway."""
        with self._lock:
            _, before = self._keys.pop(key, ("", None))
            self._keys[key] = (what, time.monotonic() + seconds if seconds is not None else before)
            if len(self._keys) > MOST_MISSED:
                self._keys.popitem(last=False)

    def tell(self, redis: RedisCache, own: BaseCache) -> None:
        """Tells Redis and lets go here; what it does not take now is told the next time."""
        if not self._keys:
            return
        with self._lock:
            while self._keys:
                some = list(islice(self._keys, TOLD_AT_ONCE))
                redis._cache.tell(list(self._rows(some, redis, own)))
                for key in some:
                    del self._keys[key]
                    own.delete(key)

    def _rows(self, keys: Iterable[str], redis: RedisCache, own: BaseCache) -> Iterator[tuple[str, str, Any, int]]:
        for key in keys:
            what, ends = self._keys[key]
            value, left = own.get(key), int(ends - time.monotonic()) if ends is not None else 0
            if what == "delete" or (value is not None and left > 0):
                yield redis.make_and_validate_key(key), what, value, left


class SharedCache(BaseCache):
    """Redis, or this process's memory. Every thread has its own of these; what they know of an outage they share."""

    _outage, _missed, _is_checked = Outage(), Missed(), False

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._server, self._vouched = server, bool(params.get("OPTIONS", {}).get("vouched"))
        self._redis = RedisCache(server, {"KEY_PREFIX": PREFIX + "door", "OPTIONS": {**TIMEOUTS, "serializer": Plain()}})
        self._redis._class = Client
        self._own = ForgetfulCache("outage", {"OPTIONS": {"MAX_ENTRIES": 400_000}})

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        def own() -> bool:
            added = bool(self._own.add(key, value, timeout))
            if added:
                self._missed.note(key, "add", self._seconds(timeout))
            return added
        return bool(self._ask(lambda: self._redis.add(key, value, timeout), own))

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        return self._ask(lambda: self._redis.get(key, default), lambda: self._own.get(key, default))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        def own() -> None:
            self._own.set(key, value, timeout)
            self._missed.note(key, "set", self._seconds(timeout))
        self._ask(lambda: self._redis.set(key, value, timeout), own)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        def own() -> bool:
            touched = bool(self._own.touch(key, timeout))
            if touched:
                self._missed.note(key, "set", self._seconds(timeout))
            return touched
        return bool(self._ask(lambda: self._redis.touch(key, timeout), own))

    def incr(self, key: str, delta: int = 1, version: Any = None) -> int:
        def own() -> int:
            count = int(self._own.incr(key, delta))
            self._missed.note(key, "set")
            return count
        return int(self._ask(lambda: self._redis.incr(key, delta), own))

    def delete(self, key: str, version: Any = None) -> bool:
        def own() -> bool:
            self._missed.note(key, "delete")
            return bool(self._own.delete(key))
        return bool(self._ask(lambda: self._redis.delete(key), own))

    def clear(self) -> None:
        """Empties our own keys; a Redis may hold other programs' too."""
        self._ask(self._clear_redis, self._own.clear)

    def close(self, **_kwargs: Any) -> None:
        """Connections stay open for the next request."""

    def _ask(self, shared: Callable[[], Any], own: Callable[[], Any]) -> Any:
        """Returns Redis's answer; where it gives none, or has just given none, our own."""
        if not self._outage.is_fresh:
            try:
                self._need_memory_only()
                self._missed.tell(self._redis, self._own)
                answer = shared()
                self._outage.end()
                return answer
            except FAILURES as error:
                SharedCache._is_checked = False
                self._outage.begin(error)
        return own()

    def _need_memory_only(self) -> None:
        if not self._is_checked:
            with Redis.from_url(self._server, decode_responses=True, **TIMEOUTS) as client:
                refused = disk_use(read_config(client), self._vouched)
            if refused:
                raise WritesToDiskError(refused)
            SharedCache._is_checked = True

    def _clear_redis(self) -> None:
        client = self._redis._cache.get_client(write=True)
        for key in client.scan_iter(f"{PREFIX}door:*"):
            client.delete(key)

    def _seconds(self, timeout: Any) -> float | None:
        return float(self.default_timeout or 0) if timeout == DEFAULT_TIMEOUT else timeout
