"""With several processes the cache is Redis: claims, order, limits and silence hold there as in local memory, and while it is away."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import override_settings
from redis import Redis

from bot.doors.public.phones import pseudonyms
from bot.doors.public.sharedcache import SharedCache
from bot.redisserver import Outage
from tests.doors.conftest import Door
from tests.servers import RedisServer, need_redis, redis_server

QUESTION = "Will police ask my status?"
pytestmark = need_redis


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis of our own on loopback that writes nothing to disk."""
    folder = tmp_path_factory.mktemp("redis")
    with redis_server(folder) as started:
        yield started
    assert not list(folder.iterdir())


@pytest.fixture
def shared_door(door: Door, server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr("bot.redisserver.REST_SECONDS", 0.1)
    monkeypatch.setattr(SharedCache, "_outage", Outage())
    with override_settings(CACHES={"default": {"BACKEND": "bot.doors.public.sharedcache.SharedCache", "LOCATION": server.url}}):
        cache.clear()
        yield door
        cache.clear()


def said(door: Door, body: str, **parameters: str) -> list[str]:
    return [message.text for message in door.text(body, **parameters)]


def back(server: RedisServer) -> None:
    """Redis is there again, and the doors have noticed."""
    server.start()
    time.sleep(0.15)


def test_two_copies_at_once_are_one_turn(shared_door: Door) -> None:
    """The claim is atomic in Redis too."""
    shared_door.brain.seconds = 0.3
    copies = shared_door.together(*[lambda: said(shared_door, QUESTION, MessageSid="SM1")] * 3)
    assert copies[0] == copies[1] == copies[2]
    assert len(shared_door.brain.asked) == 1


def test_order_pages_and_silence(shared_door: Door) -> None:
    """A conversation as in local memory: two at once in order, MORE, STOP, START, FORGET."""
    shared_door.brain.seconds = 0.2
    answers = shared_door.together(lambda: said(shared_door, "first"), lambda: said(shared_door, "second"))
    assert [message for _, message in shared_door.brain.asked] == ["first", "second"]
    assert [len(texts) for texts in answers] == [2, 1]
    assert said(shared_door, "more")
    assert said(shared_door, "stop")
    assert said(shared_door, QUESTION) == []
    assert said(shared_door, "start")
    assert said(shared_door, "forget")


def test_limits(shared_door: Door) -> None:
    """Counts are atomic and the one message over the limit is one."""
    shared_door.limit(sender_hour=2)
    assert [len(said(shared_door, "menu")) for _ in range(5)] == [2, 1, 1, 0, 0]


def test_redis_holds_no_number_and_no_text(shared_door: Door, server: RedisServer) -> None:
    """Keys are pseudonyms, values are ours, plain and for a time; nothing there is ever run."""
    said(shared_door, "my name is Zacarias and I live on Main Street")
    held = server.everything()
    assert len(held) > 100 and "confianza:door:1:thread:" in held
    assert "Zacarias" not in held
    assert "2035550123" not in held
    assert "\\x80" not in held  # how every pickle begins
    assert min(server.client.ttl(key) for key in server.client.keys("*")) > 0


def test_what_we_did_not_write_is_nothing(shared_door: Door, server: RedisServer) -> None:
    """A pickle that somebody puts there is not run; the sender begins anew."""
    said(shared_door, QUESTION)
    (key,) = [key for key in server.client.keys("*") if ":thread:" in key]
    server.client.set(key, b"cos\nsystem\n(S'exit 1'\ntR.", ex=60)
    assert len(said(shared_door, QUESTION)) == 2  # the answer, and who we are


def test_a_count_that_has_ended_does_not_come_back(shared_door: Door, server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting does not make a key that stays for ever, though it ended just after it was seen."""
    monkeypatch.setattr(Redis, "exists", lambda *_keys: 1)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("gone")
    assert server.client.keys("*gone") == []


def test_without_redis_nobody_meets_silence(shared_door: Door, server: RedisServer) -> None:
    """Redis dies and comes back empty: every message is answered, once, and repeats of its id get the same answer."""
    before = said(shared_door, QUESTION, MessageSid="SM1")
    server.stop()
    during = said(shared_door, QUESTION, MessageSid="SM2")
    assert said(shared_door, QUESTION, MessageSid="SM2") == during
    assert said(shared_door, "more")
    back(server)
    assert said(shared_door, QUESTION, MessageSid="SM2") == during
    after = said(shared_door, QUESTION, MessageSid="SM3")
    assert all((before, during, after))
    assert len(shared_door.brain.asked) == 3


@pytest.mark.parametrize("loses", [True, False], ids=["Redis is restarted", "Redis hangs for a while"])
def test_silence_asked_for_during_an_outage_holds(shared_door: Door, server: RedisServer, loses: bool) -> None:
    """STOP is known once Redis answers again, though its keys were lost: a door gives nobody another name meanwhile."""
    said(shared_door, QUESTION)
    server.stop() if loses else server.freeze()
    assert said(shared_door, "stop")
    assert said(shared_door, QUESTION) == []
    server.start() if loses else server.thaw()
    time.sleep(0.15)
    assert said(shared_door, QUESTION) == []
    assert [key for key in server.client.keys("*") if ":stopped:" in key]
    assert not [key for key in server.client.keys("*") if ":thread:" in key]
    assert said(shared_door, "start")
    assert not [key for key in server.client.keys("*") if ":stopped:" in key]


def test_the_chat_of_a_time_without_redis_goes_on(shared_door: Door, server: RedisServer) -> None:
    """Pages and choices that a phone was shown meanwhile mean the same afterwards."""
    server.stop()
    said(shared_door, QUESTION)
    back(server)
    assert said(shared_door, "more")
    assert "confianza:door:1:thread:" in server.everything()


def test_a_redis_that_hangs_is_not_waited_for(shared_door: Door, server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider has its answer in time, though Redis takes every connection and says nothing."""
    monkeypatch.setattr("bot.redisserver.REST_SECONDS", 2.0)
    server.freeze()
    try:
        began = time.monotonic()
        assert said(shared_door, QUESTION)
        assert time.monotonic() - began < 4
    finally:
        server.thaw()


def test_a_new_door_takes_over_the_names_that_redis_knows(shared_door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes agree on one key; one that began while Redis was away takes the others' as soon as it can."""
    one = pseudonyms.pseudonym("+12035550123")
    monkeypatch.setattr(pseudonyms, "_known", {})
    assert pseudonyms.pseudonym("+12035550123") == one
    monkeypatch.setattr(pseudonyms, "_known", dict.fromkeys(range(int(time.time()) // pseudonyms.PERIOD_SECONDS + 1), "another"))
    assert pseudonyms.pseudonym("+12035550123") == one
    assert len(pseudonyms._known) <= 3
