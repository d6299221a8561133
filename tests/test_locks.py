"""One turn at a time in a conversation, across processes; whatever happens to Redis, nobody waits for long and nobody is refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.locks import ConversationLocks
from bot.sharedlocks import HELD_SECONDS, WAIT_SECONDS, SharedLocks
from bot.sharedmemory import SharedMemory
from tests.servers import RedisServer, need_redis, redis_server

PSEUDONYM = "a9cf3f2b7d014c5e8a6b1c2d3e4f5a6b"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path / "redis") as server:
        yield server


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.locks.read_settings", lambda: SimpleNamespace(redis_url=None))


def rasa(redis: RedisServer | None = None) -> ConversationLocks:
    """The locks of one Rasa process."""
    return ConversationLocks(shared=SharedLocks(SharedMemory(redis.url, "key")) if redis else None)


async def turn(locks: ConversationLocks, log: list[str], name: str, seconds: float = 0.1, conversation: str = PSEUDONYM) -> None:
    async with locks.lock(conversation):
        log.append(f"{name} begins")
        await asyncio.sleep(seconds)
        log.append(f"{name} ends")


def overlaps(log: list[str]) -> bool:
    """True where a turn began before the one before it had ended."""
    return any(first.endswith("begins") and second.endswith("begins") for first, second in pairwise(log))


def test_in_one_process_turns_keep_their_order() -> None:
    """Without Redis a conversation's messages are answered in the order in which they came, without a second's wait."""
    log: list[str] = []

    async def talk() -> float:
        locks, began = rasa(), time.monotonic()
        await asyncio.gather(*[turn(locks, log, name) for name in "abc"])
        return time.monotonic() - began

    assert asyncio.run(talk()) < 1.0
    assert log == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


@need_redis
def test_two_processes_never_take_a_turn_at_once(redis: RedisServer) -> None:
    """Of one conversation; others do not wait."""
    log: list[str] = []
    others: list[str] = []

    async def talk() -> None:
        one, other = rasa(redis), rasa(redis)
        await asyncio.gather(*[turn(locks, log, str(n)) for n, locks in enumerate([one, other] * 4)],
                             turn(one, others, "x", 0.3, "another"), turn(other, others, "y", 0.3, "a third"))

    asyncio.run(talk())
    assert len(log) == 16 and not overlaps(log)
    assert overlaps(others)
    assert redis.client.keys("*") == []


@need_redis
def test_what_lies_there_is_a_hash_and_ends_by_itself(redis: RedisServer) -> None:
    """A lock's key does not name the conversation, and a process that dies with it blocks nobody for ever."""

    async def talk() -> tuple[list[str], int]:
        async with rasa(redis).lock(PSEUDONYM):
            keys = redis.client.keys("*")
            return keys, redis.client.pttl(keys[0])

    (key,), milliseconds = asyncio.run(talk())
    assert key.startswith("confianza:lock:") and PSEUDONYM not in key
    assert 0 < milliseconds <= HELD_SECONDS * 1000


@need_redis
def test_a_dead_process_s_lock_is_waited_for_once_and_passed_by(redis: RedisServer) -> None:
    """The message after a crash is answered within the door's five seconds."""
    redis.client.set(SharedMemory(redis.url, "key").key("lock", PSEUDONYM), "dead", px=60_000)
    log: list[str] = []
    began = time.monotonic()
    asyncio.run(turn(rasa(redis), log, "a"))
    assert WAIT_SECONDS - 0.5 < time.monotonic() - began < 4
    assert log == ["a begins", "a ends"]


EVENTS = {
    "Redis is restarted amid a turn": lambda redis: (redis.stop(), redis.start()),
    "Redis dies amid a turn": lambda redis: redis.stop(),
    "Redis hangs amid a turn": lambda redis: redis.freeze(),
}


@need_redis
@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_a_turn_ends_well_whatever_happens_to_redis(redis: RedisServer, event: object) -> None:
    """The turn that has begun ends, and the next one begins, with or without a lock."""
    log: list[str] = []

    async def talk() -> float:
        locks = rasa(redis)
        async with locks.lock(PSEUDONYM):
            event(redis)  # type: ignore[operator]
        began = time.monotonic()
        await turn(locks, log, "next")
        return time.monotonic() - began

    assert asyncio.run(talk()) < 2
    assert log == ["next begins", "next ends"]


@need_redis
def test_without_redis_from_the_start_turns_go_on(redis: RedisServer) -> None:
    """A Rasa that starts while Redis is away answers."""
    redis.stop()
    log: list[str] = []
    asyncio.run(turn(rasa(redis), log, "a", 0))
    assert log == ["a begins", "a ends"]
