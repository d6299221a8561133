"""The messages that the compared programs are asked: tables of lang, intent, register, text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bots import ROOT
from program import BenchError

DEVELOPMENT = ROOT.parent / "shared" / "eval" / "dev"
SHIPPED = ROOT / "data" / "evaluation"
COLUMNS = ["lang", "intent", "register", "text"]
NAMES = {DEVELOPMENT: "the development set", SHIPPED: "the set shipped in `data/evaluation`"}


@dataclass(frozen=True)
class Message:
    """One message, and what it is."""

    language: str
    intent: str
    register: str
    text: str


def folder(given: Path | None = None) -> Path:
    """Returns where the messages are: what was given, else the development set where it is there, else the shipped one."""
    return given or (DEVELOPMENT if DEVELOPMENT.is_dir() else SHIPPED)


def name(place: Path) -> str:
    """Returns what the document calls this set; never a path."""
    return NAMES.get(place, "a set of the runner's own")


def read(place: Path) -> tuple[Message, ...]:
    """Reads every table of a folder; raises BenchError where there is none or its columns are others."""
    paths = sorted(place.glob("*.tsv"))
    if not paths:
        raise BenchError(f"there are no tables (*.tsv) in {place}")
    return tuple(message for path in paths for message in _rows(path))


def _rows(path: Path) -> Iterable[Message]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != COLUMNS:
            raise BenchError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
        yield from (Message(*row) for row in rows)
