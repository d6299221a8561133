"""Starting: a port in use or broken content is one clear line that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.core.errors import StartError
from bot.running import _need_free_ports, processes, run
from bot.settings import read_settings
from tests.running import free_port
from tests.servers import need_redis, redis_server


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    """The line names the port, and how to choose another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {"CONFIANZA_PUBLIC_PORT": str(port), "CONFIANZA_RASA_PORT": str(free_port()),
               "CONFIANZA_ACTIONS_PORT": str(free_port()), "CONFIANZA_STATE_DIR": str(tmp_path)}
        with pytest.raises(StartError, match=rf"port {port} is in use.*CONFIANZA_PUBLIC_PORT"):
            _need_free_ports(read_settings(env))


def test_a_port_of_the_second_rasa_in_use_is_said(tmp_path: Path) -> None:
    """Each Rasa needs its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {"CONFIANZA_RASA_PORT": str(port - 1), "CONFIANZA_RASA_PROCESSES": "2", "CONFIANZA_PUBLIC_PORT": str(free_port()),
               "CONFIANZA_ACTIONS_PORT": str(free_port()), "CONFIANZA_CONSOLE_PORT": str(free_port()), "CONFIANZA_STATE_DIR": str(tmp_path)}
        with pytest.raises(StartError, match=f"port {port} is in use"):
            _need_free_ports(read_settings(env))


def test_rasa_is_started_as_often_as_the_settings_say(tmp_path: Path) -> None:
    """Each on a port of its own; all other processes once, with what they need to find them."""
    settings = read_settings({"CONFIANZA_RASA_PORT": "6000", "CONFIANZA_RASA_PROCESSES": "3", "CONFIANZA_DOOR_PROCESSES": "2",
                              "CONFIANZA_REDIS_URL": "redis://localhost/0", "CONFIANZA_STATE_DIR": str(tmp_path)})
    found = processes("rasa: brain\ndoor: web\n", settings)
    assert [(name, command) for name, command, _ in found] == [("rasa", "brain"), ("rasa2", "brain"), ("rasa3", "brain"), ("door", "web")]
    assert [env["CONFIANZA_RASA_PORT"] for _, _, env in found] == ["6000", "6001", "6002", "6000"]
    assert [env["CONFIANZA_RASA_PROCESSES"] for _, _, env in found] == ["1", "1", "1", "3"]
    assert found[-1][2]["CONFIANZA_DOOR_PROCESSES"] == "2"


@need_redis
def test_with_a_redis_that_writes_to_disk_nothing_starts(root: Path, tmp_path: Path) -> None:
    """`confianza run` refuses it, with a sentence that says what to do."""
    ports = {f"CONFIANZA_{name}_PORT": str(free_port()) for name in ("PUBLIC", "RASA", "ACTIONS", "CONSOLE")}
    with redis_server(tmp_path / "redis", "--save", "3600 1") as server:
        env = {**ports, "CONFIANZA_REDIS_URL": server.url, "CONFIANZA_STATE_DIR": str(tmp_path)}
        with pytest.raises(StartError, match="appendonly no"):
            run(root, read_settings(env), Console())


def test_a_wrong_port_is_one_line(root: Path, tmp_path: Path) -> None:
    """`confianza run` with a setting that cannot be used ends at once, with one line and no traceback."""
    env = {**os.environ, "CONFIANZA_PUBLIC_PORT": "eighty", "CONFIANZA_STATE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "bot.cli", "run"]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "CONFIANZA_PUBLIC_PORT" in done.stderr
