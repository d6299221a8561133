"""A step in a process of its own: it says what went wrong, and never outlives who waits for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def step(folder: Path, *arguments: str, waits: bool = True) -> tuple[int, list[dict[str, object]]]:
    """Takes a step; returns its exit code and what it said. waits: whether somebody holds its standard input."""
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "bot.learning.trainingstep", *arguments, "--report", str(writing)]
    process = subprocess.Popen(command, pass_fds=[writing], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env={**os.environ, "CONFIANZA_STATE_DIR": str(folder)})
    os.close(writing)
    assert process.stdin
    if not waits:
        process.stdin.close()
    with os.fdopen(reading, encoding="utf-8") as said:
        lines = [json.loads(line) for line in said]
    code = process.wait(timeout=120)
    process.stdin.close()
    return code, lines


@pytest.mark.rasa
def test_a_missing_model_is_said(tmp_path: Path) -> None:
    """Our own errors are told in their own words."""
    code, lines = step(tmp_path, "measure", "--model", str(tmp_path / "none.tar.gz"), "--tables", str(tmp_path / "x.tsv"))
    assert code == 1 and "there is no trained model" in str(lines[-1]["error"])


@pytest.mark.rasa
def test_a_broken_model_is_said_by_its_kind(tmp_path: Path) -> None:
    """Others' errors are told by their kind only: their words may quote what people wrote."""
    model = tmp_path / "model.tar.gz"
    model.write_text("Mwen rele Marie")
    code, lines = step(tmp_path, "measure", "--model", str(model), "--tables", str(tmp_path / "x.tsv"))
    assert code == 1 and lines == [{"error": "it broke off (ModelNotFound)"}]


def test_nobody_waits(tmp_path: Path) -> None:
    """Where the job is gone, its step ends before it has done anything."""
    code, lines = step(tmp_path, "measure", "--model", str(tmp_path / "none.tar.gz"), waits=False)
    assert code == 1 and lines == []
