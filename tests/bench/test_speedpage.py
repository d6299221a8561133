from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from speedpage import BENCH, LONG, publish, render

MACHINE = {"system": "Linux", "processor": "A chip", "cores": 2, "gigabytes": 24, "load": 0.1, "busy": False}


def row(key: str, confianza: float | None, starter: float | None = None) -> dict[str, Any]:
    return {"key": key, "confianza": confianza, "starter": starter}


@pytest.fixture
def bench() -> dict[str, Any]:
    rows = [row("ready", 7.25, 99.5), row("p50", 31.125, 72.0), row("rate", 88.5), row("training", None)]
    return {"taken": "2026-11-22T00:00:00+00:00", "machine": MACHINE, "figures": rows}


@pytest.fixture
def long() -> dict[str, Any]:
    talk = {"answered": 99990, "unanswered": 10, "early_p50": 71.0, "early_p95": 91.0, "late_p50": 72.0, "late_p95": 92.0}
    memory = [{"part": "rasa", "early": 270.0, "late": 275.0, "most": 291.0, "drift": 0.0191},
              {"part": "door", "early": 100.0, "late": 107.0, "most": 108.0, "drift": 0.07}]
    return {"taken": "2026-11-22T01:00:00+00:00", "machine": {**MACHINE, "busy": True}, "messages": 100000, "models": 5, "talk": talk,
            "memory": memory}


def test_figures_stand_beside_their_goals(bench: dict[str, Any]) -> None:
    """Each measured figure has its row; one that misses its goal, whichever way, is in bold; what was not measured is left out."""
    page = render(bench, None)
    assert "| start to ready | 7.2 s | 10 s | 100 s |" in page
    assert re.search(r"p50 \| \*\*31 ms\*\* \| 20 ms \| 72 ms \|", page)
    assert "| **88 messages/s** | 100 messages/s | - |" in page
    assert "training" not in page


def test_what_grew_is_in_bold(long: dict[str, Any]) -> None:
    """A part that grew by more than a twentieth is in bold; a busy machine is named."""
    page = render(None, long)
    assert "| rasa | 270 MB | 275 MB | 291 MB | +1.9% |" in page and "| **+7.0%** |" in page
    assert "others used it" in page and "99,990" in page


def test_no_table_is_ragged(bench: dict[str, Any], long: dict[str, Any]) -> None:
    """Every row has the cells of its heads."""
    for table in re.findall(r"(?:^\|.*\n?)+", render(bench, long), re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_the_page_is_made_of_what_is_there(tmp_path: Path, long: dict[str, Any]) -> None:
    """One run is enough; the other's part is left out."""
    (tmp_path / LONG).write_text(json.dumps(long), encoding="utf-8")
    publish(tmp_path, tmp_path / "speed.md")
    page = (tmp_path / "speed.md").read_text(encoding="utf-8")
    assert "100,000 messages and 5 new models" in page and "eight clients, start" not in page and not (tmp_path / BENCH).exists()
