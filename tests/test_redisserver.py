"""What we ask of a Redis server: that nothing it holds reaches its disk, said plainly where it would."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.core.errors import OutageError, StartError
from bot.redisserver import DOES_NOT_SAY, WRITES_TO_DISK, Outage, disk_use, refuse_disk
from bot.sharedmemory import SharedMemory
from tests.running import free_port
from tests.servers import need_redis, redis_server

MEMORY_ONLY = ("--save", "", "--appendonly", "no")
WITHOUT_CONFIG = ("--user", "default", "on", "nopass", "~*", "&*", "+@all", "-config")
TOLD = {
    "memory only": ({"save": "", "appendonly": "no"}, False, ""),
    "snapshots": ({"save": "3600 1 300 100", "appendonly": "no"}, False, WRITES_TO_DISK),
    "a log of all writes": ({"save": "", "appendonly": "yes"}, False, WRITES_TO_DISK),
    "snapshots, and the operator vouches": ({"save": "3600 1", "appendonly": "no"}, True, WRITES_TO_DISK),
    "half an answer": ({"save": ""}, False, WRITES_TO_DISK),
    "no answer": (None, False, DOES_NOT_SAY),
    "no answer, and the operator vouches": (None, True, ""),
}
SERVERS = {
    "memory only": (MEMORY_ONLY, False, None),
    "as installed": (("--appendonly", "no"), False, "appendonly no"),
    "a log of all writes": (("--save", "", "--appendonly", "yes"), False, "appendonly no"),
    "CONFIG switched off": ((*MEMORY_ONLY, "--rename-command", "CONFIG", ""), False, "CONFIANZA_REDIS_MAY_PERSIST=on"),
    "CONFIG forbidden": ((*MEMORY_ONLY, *WITHOUT_CONFIG), False, "CONFIANZA_REDIS_MAY_PERSIST=on"),
    "CONFIG switched off, vouched for": ((*MEMORY_ONLY, "--rename-command", "CONFIG", ""), True, None),
}


@pytest.mark.parametrize("told, vouched, refused", TOLD.values(), ids=TOLD)
def test_only_a_server_without_a_disk_is_used(told: dict[str, str] | None, vouched: bool, refused: str) -> None:
    """Vouching counts only for a server that does not tell; what it tells counts more."""
    assert disk_use(told, vouched) == refused


@need_redis
@pytest.mark.parametrize("options, vouched, refused", SERVERS.values(), ids=SERVERS)
def test_a_real_server_is_asked_before_it_is_given_anything(tmp_path: Path, options: tuple[str, ...], vouched: bool,
                                                            refused: str | None) -> None:
    """The start is refused with a sentence that says what to do, and Rasa's own client refuses such a server too."""
    with redis_server(tmp_path / "redis", *options) as server:

        async def use() -> None:
            await SharedMemory(server.url, "key", vouched).ask(lambda redis: redis.set("a", "b"))

        if refused is None:
            refuse_disk(server.url, vouched)
            asyncio.run(use())
            assert server.client.get("a") == "b"
        else:
            with pytest.raises(StartError, match=refused):
                refuse_disk(server.url, vouched)
            with pytest.raises(OutageError):
                asyncio.run(use())
            assert server.client.keys("*") == []


def test_a_server_that_is_away_is_no_reason_not_to_start() -> None:
    """Residents are answered without Redis too; it is asked when it comes."""
    refuse_disk(f"redis://127.0.0.1:{free_port()}/0", vouched=False)


def test_an_outage_is_said_once_when_it_begins_and_once_when_it_ends(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The log gets a failure's kind, never its words; asking again waits two seconds."""
    hand = [100.0]
    monkeypatch.setattr(logging.getLogger("confianza"), "propagate", True)  # a door that was set up before keeps its lines to itself
    outage = Outage(lambda: hand[0])
    outage.end()
    with caplog.at_level(logging.ERROR, "confianza.redis"):
        outage.begin(ConnectionError("host-name:secret"))
        outage.begin(ConnectionError("host-name:secret"))
        assert outage.is_fresh
        hand[0] += 2.1
        assert not outage.is_fresh
        outage.end()
        outage.end()
    assert [record.getMessage() for record in caplog.records] == [
        '{"event": "redis", "reachable": false, "kind": "ConnectionError"}', '{"event": "redis", "reachable": true}']
