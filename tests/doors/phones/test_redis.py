"""With several processes the cache is Redis: claims, order, limits and silence hold there as in local memory."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.doors.conftest import Door
from tests.running import free_port

SERVER = shutil.which("redis-server")
QUESTION = "Will police ask my status?"
pytestmark = pytest.mark.skipif(not SERVER, reason="redis-server is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of our own on loopback that writes nothing to disk."""
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = [str(SERVER), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=10)
    assert not list(Path(folder).iterdir())


@pytest.fixture
def shared_door(door: Door, address: str) -> Iterator[Door]:
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}}):
        cache.clear()
        yield door
        cache.clear()


def said(door: Door, body: str, **parameters: str) -> list[str]:
    return [message.text for message in door.text(body, **parameters)]


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


def test_redis_holds_no_number_and_no_text(shared_door: Door) -> None:
    """Keys are pseudonyms, values are ours."""
    said(shared_door, "my name is Zacarias and I live on Main Street")
    client = cache._cache.get_client()  # Django's own client, to see what is really there
    held = repr([(key, client.get(key)) for key in client.keys("*")])
    assert len(held) > 100
    assert "Zacarias" not in held
    assert "2035550123" not in held
