"""The examples that the compared programs learn from: all of data/nlu, or the same few of each intent and language every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml

SEED = "confianza"
FEW = 4


@dataclass(frozen=True, order=True)
class Example:
    """One training example, with the language that its file states."""

    language: str
    intent: str
    text: str


def read(paths: Iterable[Path]) -> tuple[Example, ...]:
    """Reads training files in Rasa's format, in the files' order."""
    found = []
    for path in paths:
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts = [line.removeprefix("- ") for line in block["examples"].splitlines() if line.startswith("- ")]
            found += [Example(block["metadata"]["language"], block["intent"], text) for text in texts]
    return tuple(found)


def read_all(root: Path) -> tuple[Example, ...]:
    """Reads every example of a checkout."""
    return read(sorted((root / "data" / "nlu").glob("*.yml")))


def draw(examples: Sequence[Example], few: int = FEW, seed: str = SEED) -> tuple[Example, ...]:
    """Draws a few examples of each intent and language. Further examples change the draw only where they are drawn themselves."""
    drawn: list[Example] = []
    for _, group in groupby(sorted(set(examples)), key=lambda e: (e.language, e.intent)):
        drawn += sorted(group, key=lambda e: _lot(e, seed))[:few]
    return tuple(drawn)


def write(examples: Sequence[Example], path: Path) -> None:
    """Writes the examples as one training file in Rasa's format."""
    blocks = []
    for (language, intent), group in groupby(sorted(examples), key=lambda e: (e.language, e.intent)):
        lines = "".join(f"- {example.text}\n" for example in group)
        blocks.append({"intent": intent, "metadata": {"language": language}, "examples": lines})
    text = yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, sort_keys=False, width=10_000)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def digest(examples: Sequence[Example]) -> str:
    """Returns twelve hex digits that name this set of examples whatever its order."""
    lines = "\n".join(f"{e.language}\t{e.intent}\t{e.text}" for e in sorted(examples))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _lot(example: Example, seed: str) -> str:
    return hashlib.sha256(f"{seed}\n{example.text}".encode()).hexdigest()
