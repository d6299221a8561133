"""Where a message's milliseconds go inside Rasa, as workers/shares.py times them: ours, the action's call, Rasa's own."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import requests
from bots import LOOPBACK, ROOT
from measures import local_session, percentile
from ports import free_ports
from program import BenchError, Program, running

WORKER = Path(__file__).resolve().parent / "workers" / "shares.py"
OURS = ("language", "encode", "town", "topic", "doubt")
READY_SECONDS, TALK_SECONDS = 60, 300


def shares(scratch: Path) -> dict[str, float]:
    """Starts an action server and the worker; returns milliseconds of processor time."""
    port, outcome = free_ports(1)[0], scratch / "shares.json"
    settings = {"CONFIANZA_ACTIONS_PORT": str(port), "CONFIANZA_STATE_DIR": str(scratch / "state")}
    actions = Program([sys.executable, "-m", "bot.actionserver"], ROOT, scratch / "actions.log", settings)
    worker = Program([sys.executable, str(WORKER), str(port), str(outcome)], ROOT, scratch / "shares.log", settings)
    with running(actions):
        _until_ready(actions, port)
        with running(worker):
            worker.finish(TALK_SECONDS)
    return summed(json.loads(outcome.read_text(encoding="utf-8")))


def summed(times: dict[str, list[float]]) -> dict[str, float]:
    """Returns the figures of a worker's times; a component that a message skipped counts as nothing for it."""
    messages = len(times["all"])
    mean = {part: sum(values) / messages for part, values in times.items()}
    own = mean["all"] - mean["action"] - sum(mean[part] for part in OURS)
    return {
        "language_p50": statistics.median(times["language"]), "language_p95": percentile(times["language"], 95),
        "encode_p50": statistics.median(times["encode"]), "encode_p95": percentile(times["encode"], 95),
        "inside": mean["all"], "action_call": mean["action"], "rasa_own": own,
    }


def _until_ready(actions: Program, port: int) -> None:
    with local_session() as session:
        while actions.seconds() < READY_SECONDS:
            actions.need_running()
            try:
                if session.get(f"http://{LOOPBACK}:{port}/health", timeout=5).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.2)
    raise BenchError(f"the action server was not ready after {READY_SECONDS} s")
