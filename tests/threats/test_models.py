"""A model is a program: what ours holds is known, and another one is not started with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest

KINDS = {".json", ".yml", ".npz"}
# The object that Rasa writes with jsonpickle, which would build any class that the text names.
ENCODED = "py/object"
OURS = ("rasa.", "bot.nlu.")
pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def members(root: Path) -> dict[PurePosixPath, bytes]:
    """The files of the live model's archive."""
    model = root / "models" / "confianza.tar.gz"
    if not model.exists():
        pytest.skip("there is no trained model; run `make train`")
    with tarfile.open(model) as archive:
        return {PurePosixPath(m.name): archive.extractfile(m).read() for m in archive if m.isfile()}  # type: ignore[union-attr]


def values(raw: Any, key: str) -> Iterator[str]:
    """Every text that stands under a key, however deep."""
    if isinstance(raw, dict):
        yield from (value for name, value in raw.items() if name == key and isinstance(value, str))
        raw = list(raw.values())
    if isinstance(raw, list):
        for value in raw:
            yield from values(value, key)


def test_a_model_holds_numbers_and_text_only(members: dict[PurePosixPath, bytes]) -> None:
    """No pickle: arrays are read without it, and the classes that the texts name are Rasa's and ours."""
    assert {path.suffix for path in members} == KINDS
    for path, data in members.items():
        if path.suffix == ".npz":
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                assert [arrays[name].dtype.kind for name in arrays.files]
    texts = [json.loads(data) for path, data in members.items() if path.suffix == ".json"]
    built = {name for text in texts for name in values(text, ENCODED)}
    named = {name for text in texts for name in values(text, "uses")}
    assert named and all(name.startswith(OURS) for name in built | named)


@pytest.mark.parametrize("command", [["bot.brainserver"], ["bot.cli", "run"], ["bot.cli", "ask", "Will police ask my status?"]],
                         ids=["brain", "run", "ask"])
def test_the_brain_does_not_start_with_another_model(command: list[str], root: Path, tmp_path: Path) -> None:
    """A model that may not be loaded ends the process with one sentence that names its hash and what to do."""
    environment = {**os.environ, "CONFIANZA_STATE_DIR": str(tmp_path), "CONFIANZA_MODEL_SHA256": "0" * 64, "PYTHONWARNINGS": "ignore"}
    words = [sys.executable, "-m", *command]
    done = subprocess.run(words, cwd=root, env=environment, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "none of those that CONFIANZA_MODEL_SHA256 allows" in done.stderr
