"""How long `confianza train` takes with an empty cache. The model that is there stays: it is put aside and back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bots import PROGRAMS, ROOT
from program import Program, running, uninterrupted

MODEL = ROOT / "models" / "confianza.tar.gz"
TRAINING_SECONDS = 900


def train(scratch: Path) -> float:
    """Returns the seconds of a whole training, from the command to its end."""
    cache = {"RASA_CACHE_DIRECTORY": str(scratch / "cache")}
    program = Program([str(PROGRAMS / "confianza"), "train"], ROOT, scratch / "training.log", cache)
    with _model_kept(scratch / MODEL.name), running(program):
        return program.finish(TRAINING_SECONDS)


@contextmanager
def _model_kept(aside: Path) -> Iterator[None]:
    shutil.copy2(MODEL, aside)
    try:
        yield
    finally:
        with uninterrupted():
            back = MODEL.with_name(f".{MODEL.name}.back")
            shutil.copy2(aside, back)
            os.replace(back, MODEL)
