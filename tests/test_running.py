"""Starting: a port in use or broken content is one clear line that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.errors import StartError
from bot.running import _need_free_ports
from bot.settings import read_settings
from tests.running import free_port


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


def test_a_wrong_port_is_one_line(root: Path, tmp_path: Path) -> None:
    """`confianza run` with a setting that cannot be used ends at once, with one line and no traceback."""
    env = {**os.environ, "CONFIANZA_PUBLIC_PORT": "eighty", "CONFIANZA_STATE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "bot.cli", "run"]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "CONFIANZA_PUBLIC_PORT" in done.stderr
