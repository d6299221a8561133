"""What a measured program leaves behind: when it was ready, how much memory it took, and what it said to each message.

Standard library only, since it runs in environments that are not ours.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Answer = dict[str, Any]
RESIDENT = Path("/proc/self/smaps_rollup")  # where there is none (macOS), memory is not measured


def read_messages(path: str) -> list[dict[str, str]]:
    """Returns the messages: language, intent, register, text."""
    messages: list[dict[str, str]] = json.loads(Path(path).read_text(encoding="utf-8"))
    return messages


def listen(texts: Sequence[str], ask: Callable[[str], Answer]) -> dict[str, Any]:
    """Asks once to be ready, then everything; returns the outcome, each answer with its milliseconds (`ms`)."""
    ask(texts[0])
    ready = time.time()
    answers = [_timed(text, ask) for text in texts]
    return {"ready": ready, "megabytes": _resident(), "answers": answers}


def write(path: str, outcome: dict[str, Any]) -> None:
    """Writes the outcome for the program that started this one."""
    Path(path).write_text(json.dumps(outcome, ensure_ascii=False), encoding="utf-8")


def _timed(text: str, ask: Callable[[str], Answer]) -> Answer:
    started = time.perf_counter()
    answer = ask(text)
    return {**answer, "ms": (time.perf_counter() - started) * 1000}


def _resident() -> float | None:
    try:
        lines = RESIDENT.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Rss:"))
