"""The whole service for tests: the real processes on free loopback ports, started once, ended with the session."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from bot.settings import Settings, read_settings

READY_WITHIN_SECONDS = 120


@dataclass(frozen=True)
class Service:
    """Where the running door is, and what its processes have written."""

    url: str
    log: Path
    state: Path
    settings: Settings

    def ask(self, **body: Any) -> dict[str, Any]:
        """Posts one message and returns the answer's object."""
        response = requests.post(f"{self.url}/api/messages", json=body, timeout=20)
        assert response.status_code == 200, response.text
        return dict(response.json())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(root: Path, folder: Path, content: Path | None = None) -> Iterator[Service]:
    """Starts `confianza run` as a resident's operator would, and waits until it answers.

    content: another checkout whose content is served and edited; its models are those of the project.
    """
    ports = {f"CONFIANZA_{name}_PORT": str(free_port()) for name in ("PUBLIC", "RASA", "ACTIONS", "CONSOLE")}
    state = folder / "state"
    elsewhere = {"CONFIANZA_ROOT": str(content)} if content else {}
    if content:
        (content / "models").symlink_to(root / "models")
    environment = {**os.environ, **ports, **elsewhere, "CONFIANZA_STATE_DIR": str(state), "PYTHONWARNINGS": "ignore",
                   "CONFIANZA_TODAY": "2026-11-22", "CONFIANZA_SMS_SENDER_HOUR": "1000",
                   "CONFIANZA_SMS_SENDER_DAY": "10000", "CONFIANZA_SMS_SEGMENTS_DAY": "1000000"}
    log = folder / "service.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "bot.cli", "run"]
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=out, stderr=out, start_new_session=True)
        service = Service(f"http://127.0.0.1:{ports['CONFIANZA_PUBLIC_PORT']}", log, state, read_settings(environment))
        try:
            wait_until_ready(service, process)
            yield service
        finally:
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def wait_until_ready(service: Service, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{service.url}/health/ready", timeout=5).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.3)
    raise AssertionError(f"the service did not become ready:\n{service.log.read_text(errors='replace')[-3000:]}")
