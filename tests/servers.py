"""Real Redis and PostgreSQL servers for tests: on loopback, in a folder of the test's, ended with it; nothing is installed here."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.running import free_port

REDIS = shutil.which("redis-server")
WITHIN_SECONDS = 30
need_redis = pytest.mark.skipif(not REDIS, reason="redis-server is not installed")


def _postgres() -> Path | None:
    """Debian keeps the programs outside of PATH."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


POSTGRES = _postgres()
need_postgres = pytest.mark.skipif(not POSTGRES, reason="PostgreSQL's initdb and postgres are not installed")


@dataclass
class RedisServer:
    """A Redis that a test may stop, start, freeze and ask. options: of the command line, besides those that keep it off the disk."""

    folder: Path
    port: int = field(default_factory=free_port)
    options: tuple[str, ...] = ("--save", "", "--appendonly", "no")
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Any:
        return Redis.from_url(self.url, decode_responses=True, socket_timeout=5)

    def start(self) -> None:
        command = [str(REDIS), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), *self.options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _until(self._answers, self._process)

    def stop(self) -> None:
        """Ends it with all that it held."""
        if self._process is not None:
            self.thaw()
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    def freeze(self) -> None:
        """It takes connections and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with suppress(Exception):
            return bool(self.client.ping())
        return False

    def everything(self) -> str:
        """All keys and values, as they lie there."""
        client = Redis.from_url(self.url)
        return repr([(key, client.get(key)) for key in client.keys("*")])


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[RedisServer]:
    """Gives a running Redis. options: in the place of those that keep it off the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    server = RedisServer(folder, options=options) if options else RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Gives the address of a fresh PostgreSQL cluster. It refuses to run as root, so root lends it to somebody else."""
    assert POSTGRES is not None
    folder.mkdir(parents=True, exist_ok=True)
    theirs = _lent(folder)
    data, port = folder / "data", free_port()
    subprocess.run([POSTGRES / "initdb", "-D", data, "-U", "confianza", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
                   check=True, cwd=folder, stdout=subprocess.DEVNULL, **theirs)
    command = [POSTGRES / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "",
               "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=30"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **theirs)
    try:
        ready = [POSTGRES / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        _until(lambda: subprocess.run(ready, check=False).returncode == 0, process)
        yield f"postgres://confianza@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)  # ends connections too
        process.wait(timeout=30)


def _lent(folder: Path) -> dict[str, Any]:
    """As root: gives a folder to the user that Debian made for PostgreSQL, or to nobody; returns what makes a process theirs."""
    if os.geteuid() != 0:
        return {}
    known = {row.pw_name: row for row in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    for parent in folder.parents:  # pytest's folders are its user's alone
        if parent.stat().st_uid == 0 and parent.is_relative_to("/tmp") and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o011)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


def _until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while not is_ready():
        assert process.poll() is None, "the server ended by itself"
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
