"""Reads evaluation tables (lang, intent, register, text), has the model judge them, prints the report."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.core.doubt import FALLBACK
from bot.core.errors import ContentError
from bot.core.scores import Judged
from bot.understanding import Understanding

FIGURES = ("messages", "language_accuracy", "intent_accuracy", "answered", "right_of_answered", "false_answers")
COLUMNS = ["lang", "intent", "register", "text"]


def read_table(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yields the rows of one .tsv file; raises ContentError where the columns are others."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != COLUMNS:
            raise ContentError(f"{path}:1: the columns must be {', '.join(COLUMNS)}, divided by tabs")
        for line, row in enumerate(rows, 2):
            if len(row) != len(COLUMNS):
                raise ContentError(f"{path}:{line}: {len(COLUMNS)} columns are needed ({', '.join(COLUMNS)}), divided by tabs")
            yield row[0], row[1], row[2], row[3]


def judge(paths: Iterable[Path], mind: Understanding) -> list[Judged]:
    """Parses every message of the tables as the running bot would."""
    judged = []
    for path in paths:
        for language, intent, register, text in read_table(path):
            parsed = mind.parse(text)
            given = parsed["intent"]["name"]
            best = next(r["name"] for r in parsed["intent_ranking"] if r["name"] != FALLBACK)
            judged.append(Judged(language, intent, register, text, parsed.get("language", ""), best, given))
    return judged


def show(result: dict[str, Any], console: Console) -> None:
    """Prints the report as tables."""
    table = Table("", *[key.replace("_", " ") for key in FIGURES])
    groups = {"all": result, **result["by_language"], **result["by_register"]}
    for name, group in groups.items():
        cells = [group[key] for key in FIGURES]
        table.add_row(name, *["-" if c is None else f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells])
    console.print(table)
    worst = Table("is", "taken for", "times", title="Confusions")
    for row in result["confusions"]:
        worst.add_row(row["intent"], row["taken_for"], str(row["count"]))
    console.print(worst)
