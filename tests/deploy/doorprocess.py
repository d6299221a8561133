"""The real public door as the Procfile starts it, with any Python, before a stand-in Rasa that answers by the core."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import requests
from honcho.environ import parse_procfile

from bot.core.content import Content
from tests.doors.conftest import StandInBrain
from tests.running import free_port
from tests.webserver import Site, serving

CHANNEL = "/webhooks/rest/webhook"
LIVE_WITHIN_SECONDS = 90


@dataclass(frozen=True)
class Started:
    """Where the door is, the port of its stand-in Rasa, and what it has written."""

    port: int
    brain: StandInBrain
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def started(programs: Path, root: Path, folder: Path, content: Content, **settings: str) -> Iterator[Started]:
    """Starts the door with the programs of an environment's folder `bin`, waits until it answers, and ends it."""
    with serving() as site:
        brain = _stand_in(site, content)
        port, log = free_port(), folder / "door.log"
        command = parse_procfile((root / "Procfile").read_text(encoding="utf-8")).processes["door"]
        environment = {
            "PATH": f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin", "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(folder),
            "CONFIANZA_PUBLIC_HOST": "127.0.0.1", "CONFIANZA_PUBLIC_PORT": str(port), "CONFIANZA_RASA_PORT": str(site.port),
            "CONFIANZA_DOOR_PROCESSES": "1", "CONFIANZA_STATE_DIR": str(folder / "state"), "CONFIANZA_TODAY": "2026-11-22", **settings,
        }
        with log.open("wb") as out:
            process = subprocess.Popen(command, shell=True, cwd=folder, env=environment, stdout=out, stderr=out, start_new_session=True)
        try:
            _wait(port, process, log)
            yield Started(port, brain, log)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def _stand_in(site: Site, content: Content) -> StandInBrain:
    """Puts Rasa's one channel on a site."""
    brain = StandInBrain(content)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        raw = json.dumps([{"custom": brain.ask(asked["sender"], asked["message"], asked["metadata"])}]).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    site.pages[CHANNEL] = answer
    return brain


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + LIVE_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"http://127.0.0.1:{port}/health/live", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise AssertionError(f"the door did not start:\n{log.read_text(errors='replace')[-2000:]}")
