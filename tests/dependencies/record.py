"""Reads `requirements/vulnerabilities.yml` and the locks that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bot.settings import ROOT
from bot.yamlfile import read_yaml

FOLDER = ROOT / "requirements"
FILE = FOLDER / "vulnerabilities.yml"
_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """What is known against a version. mended: the version that has it no more; answer: why it does not reach us, or what we do."""

    ids: tuple[str, ...]
    what: str
    mended: str
    answer: str


@dataclass(frozen=True)
class Record:
    """The whole file. known: (package, version) -> entries; nothing: pairs of which nothing is known; held: package -> its holder."""

    day: date
    again: date
    where: tuple[str, ...]
    not_asked: str
    locks: tuple[str, ...]
    known: Mapping[tuple[str, str], tuple[Entry, ...]]
    nothing: frozenset[tuple[str, str]]
    held: Mapping[str, str]


def record() -> Record:
    """Returns the record."""
    raw: dict[str, Any] = read_yaml(FILE)
    looked = raw["looked_up"]
    known = {(row["package"], row["version"]): tuple(_entry(entry) for entry in row["entries"]) for row in raw["known"]}
    nothing = frozenset((name, version) for name, versions in raw["nothing_known"].items() for version in versions)
    held = {name: holder for holder, names in raw["held"].items() for name in names}
    return Record(looked["day"], looked["again"], tuple(looked["where"]), looked["not_asked"], tuple(raw["locks"]), known, nothing, held)


def _entry(raw: dict[str, Any]) -> Entry:
    return Entry(tuple(raw["ids"]), raw["what"], raw["mended"], raw["answer"])


@lru_cache(maxsize=8)
def pinned(lock: str) -> dict[str, str]:
    """Returns the packages of a lock with their versions."""
    return dict(_PIN.findall((FOLDER / f"{lock}.txt").read_text(encoding="utf-8")))
