"""Several Rasas remember together in a real Redis: what lies there, for how long, and what happens while it is away."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.sharedmemory import SharedMemory
from bot.sharedslots import SharedSlots
from bot.slotmemory import FORGET_AFTER_SECONDS
from bot.trackers import ForgetfulTrackerStore
from tests.servers import RedisServer, need_redis, redis_server

SLOTS = {"language": "ht", "town": "norwalk", "choices": ["thanks", "menu_help"], "misses": 1.0, "explicit": True}
PSEUDONYM = "a9cf3f2b7d014c5e8a6b1c2d3e4f5a6b"
pytestmark = need_redis


@pytest.fixture
def redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """A Redis that writes nothing to disk; after a failure it is asked again at once."""
    monkeypatch.setattr("bot.redisserver.REST_SECONDS", 0.1)
    with redis_server(tmp_path / "redis") as server:
        yield server
    assert not list((tmp_path / "redis").iterdir())


def rasa(redis: RedisServer, secret: str = "key") -> SharedSlots:
    """What one Rasa process has of the memory that all share."""
    return SharedSlots(SharedMemory(redis.url, secret))


def held(redis: RedisServer) -> list[str]:
    return sorted(redis.client.keys("*"))


def test_what_one_rasa_keeps_another_reads(redis: RedisServer) -> None:
    """A conversation that one process began goes on at another, with every kind of slot."""

    async def talk() -> Any:
        await rasa(redis).keep(PSEUDONYM, SLOTS)
        return await rasa(redis).read(PSEUDONYM), await rasa(redis).read("another")

    assert asyncio.run(talk()) == (SLOTS, None)


def test_what_lies_there_is_a_hash_and_slots_for_half_an_hour(redis: RedisServer) -> None:
    """Redis lets go by itself; its key says nothing to whoever has not our secret, and is another one with another secret."""
    asyncio.run(rasa(redis).keep(PSEUDONYM, SLOTS))
    (key,) = held(redis)
    assert key.startswith("confianza:slots:") and PSEUDONYM not in key
    assert json.loads(redis.client.get(key)) == SLOTS
    assert FORGET_AFTER_SECONDS - 5 <= redis.client.ttl(key) <= FORGET_AFTER_SECONDS
    assert asyncio.run(rasa(redis, "another secret").read(PSEUDONYM)) is None


def test_a_saved_tracker_leaves_no_word_there(redis: RedisServer, root: Path) -> None:
    """Of a tracker full of text, Redis gets the slots only; asking to be forgotten leaves nothing at all."""
    domain = Domain.load(str(root / "domain.yml"))
    tracker = DialogueStateTracker(PSEUDONYM, domain.slots)
    tracker.update(UserUttered("Mwen rele Zacarias"), domain)
    tracker.update(SlotSet("town", "norwalk"), domain)

    async def talk() -> Any:
        one, other = (ForgetfulTrackerStore(domain, memory=rasa(redis)) for _ in range(2))
        await one.save(tracker)
        lying, back = redis.everything(), await other.retrieve(PSEUDONYM)
        tracker.update(SlotSet("forgotten", True), domain)
        await other.save(tracker)
        return lying, back.get_slot("town"), await one.retrieve(PSEUDONYM)

    lying, town, after = asyncio.run(talk())
    assert "norwalk" in lying and "Zacarias" not in lying and PSEUDONYM not in lying
    assert (town, after, held(redis)) == ("norwalk", None, [])


def test_without_redis_a_rasa_remembers_by_itself(redis: RedisServer) -> None:
    """Nobody meets silence: while Redis is down its Rasa keeps the conversation, and Redis gets it with the next turn."""

    async def talk() -> list[Any]:
        memory = rasa(redis)
        await memory.keep(PSEUDONYM, {"town": "danbury"})
        redis.stop()
        lost = await memory.read(PSEUDONYM)
        await memory.keep(PSEUDONYM, SLOTS)
        meanwhile = await memory.read(PSEUDONYM)
        redis.start()
        await asyncio.sleep(0.15)
        back = await memory.read(PSEUDONYM)
        await memory.keep(PSEUDONYM, {**SLOTS, "town": "westport"})
        return [lost, meanwhile, back, await rasa(redis).read(PSEUDONYM), await memory.senders()]

    assert asyncio.run(talk()) == [None, SLOTS, SLOTS, {**SLOTS, "town": "westport"}, []]


def test_who_asks_to_be_forgotten_during_an_outage_is_forgotten(redis: RedisServer) -> None:
    """What Redis could not be told it is told as soon as it answers, by whatever turn comes first."""

    async def talk() -> Any:
        memory = rasa(redis)
        await memory.keep(PSEUDONYM, SLOTS)
        redis.freeze()
        await memory.forget(PSEUDONYM)
        during = await memory.read(PSEUDONYM)
        redis.thaw()
        await asyncio.sleep(0.15)
        await memory.keep("somebody else", {"town": "danbury"})
        return during, await rasa(redis).read(PSEUDONYM)

    assert asyncio.run(talk()) == (None, None)
    assert len(held(redis)) == 1


def test_a_redis_that_hangs_costs_one_time_out(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a turn asks of a silent Redis is done well within the door's five seconds."""
    monkeypatch.setattr("bot.redisserver.REST_SECONDS", 2.0)

    async def turn() -> float:
        memory, began = rasa(redis), time.monotonic()
        for _ in range(5):
            await memory.read(PSEUDONYM)
            await memory.keep(PSEUDONYM, SLOTS)
        return time.monotonic() - began

    redis.freeze()
    assert asyncio.run(turn()) < 2.0


@pytest.mark.parametrize("value", ["", "no JSON", "[1, 2]", '"text"'], ids=["empty", "no JSON", "a list", "a text"])
def test_what_no_rasa_of_ours_wrote_is_nothing(redis: RedisServer, value: str) -> None:
    """A value that is no object of slots begins the conversation anew; nobody gets an error."""
    redis.client.set(SharedMemory(redis.url, "key").key("slots", PSEUDONYM), value)
    assert asyncio.run(rasa(redis).read(PSEUDONYM)) is None


def test_a_redis_that_writes_to_disk_gets_nothing(redis: RedisServer) -> None:
    """A server that came back with other settings is treated as if it were away."""

    async def talk() -> Any:
        memory = rasa(redis)
        await memory.keep(PSEUDONYM, SLOTS)
        redis.stop()
        redis.options = ("--save", "3600 1", "--appendonly", "no")
        await memory.keep(PSEUDONYM, SLOTS)
        redis.start()
        await asyncio.sleep(0.15)
        await memory.keep(PSEUDONYM, SLOTS)
        return await memory.read(PSEUDONYM)

    assert asyncio.run(talk()) == SLOTS
    assert held(redis) == []
