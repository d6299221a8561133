"""The only reader of data/answers and locales: files in, checked `Content` out; the last good content stays.

A number that may not be shown never leaves this module (see `bot.records.contact`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot import records
from bot.catalogs import catalog_path, read_catalog
from bot.core.content import DRAFT, OUTDATED, REVIEWED, Content, Said
from bot.core.errors import ContentError
from bot.core.problems import Problem, problems
from bot.core.text import fold
from bot.strings import DOMAINS
from bot.yamlfile import read_yaml

LOOK_EVERY_SECONDS = 2.0


def load(root: Path) -> Content:
    """Reads and checks everything; raises ContentError naming file, line and remedy of the first problem."""
    content = read(root)
    for problem in problems(content, forbidden_numbers(root)):
        raise ContentError(locate(problem, root))
    return content


def read(root: Path) -> Content:
    """Reads all content files without judging them; raises ContentError where a file cannot be read."""
    answers = root / "data" / "answers"
    languages = [records.language(r) for r in _records(answers / "languages.yml")]
    return Content(
        languages={item.code: item for item in languages},
        towns={item.id: item for item in map(records.town, _records(answers / "towns.yml"))},
        topics={t.id: t for t in (_record(p, records.topic) for p in sorted((answers / "topics").glob("*.yml")))},
        quotes={q.id: q for p in sorted((answers / "sources").glob("*.yml")) for q in _record(p, _quotes)},
        laws={law.id: law for raw in _records(answers / "laws.yml") for law in records.laws(raw)},
        contacts={c.id: c for c in map(records.contact, _records(answers / "contacts.yml")) if c},
        phrases=read_yaml(answers / "phrases.yml"),
        keywords={kind: tuple(map(str, words)) for kind, words in read_yaml(answers / "keywords.yml").items()},
        negations=tuple(fold(str(word)) for word in read_yaml(answers / "negations.yml")),
        translations=_translations(root / "locales", [item.code for item in languages if item.code != "en"]),
    )


def forbidden_numbers(root: Path) -> tuple[str, ...]:
    """The numbers that no text may hold, digits only."""
    return tuple(str(r["number"]) for r in _records(root / "data" / "answers" / "forbidden_numbers.yml"))


def locate(problem: Problem, root: Path) -> str:
    """Writes a problem as "file:line: message; remedy", looking its needle up in the files."""
    folder = root / "locales" / problem.language / "LC_MESSAGES" if problem.language else root / "data" / "answers"
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".yml", ".po")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if problem.needle and problem.needle in line:
                return f"{path.relative_to(root)}:{number}: {problem.message}; {problem.remedy}"
    return f"{folder.relative_to(root)}: {problem.message}; {problem.remedy}"


class Library:
    """Gives the current content and notices changed files within seconds, without a restart.

    Broken files never go live: `content` stays the last good one and `trouble` says why.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._seen = _fingerprint(root)
        self._looked = time.monotonic()
        self._content = load(root)
        self.trouble: str | None = None

    @property
    def content(self) -> Content:
        """The last good content; looks at the files at most every two seconds."""
        if time.monotonic() - self._looked > LOOK_EVERY_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._content

    def _refresh(self) -> None:
        self._looked = time.monotonic()
        fingerprint = _fingerprint(self._root)
        if fingerprint == self._seen:
            return
        self._seen = fingerprint
        try:
            self._content, self.trouble = load(self._root), None
        except ContentError as error:
            self.trouble = str(error)


def _fingerprint(root: Path) -> frozenset[tuple[str, int, int]]:
    folders = (root / "data" / "answers", root / "locales")
    paths = (p for folder in folders for p in folder.rglob("*") if p.suffix in (".yml", ".po"))
    return frozenset((str(p), s.st_mtime_ns, s.st_size) for p in paths for s in [p.stat()])


def _records(path: Path) -> list[dict[str, Any]]:
    return records.read_records(path)


def _quotes(raw: dict[str, Any]) -> list[Any]:
    return list(records.quotes(raw))


def _record(path: Path, build: Any) -> Any:
    raw = read_yaml(path)
    try:
        return build(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError(f"{path}:1: a field is missing or has a wrong form ({error}); compare with a neighbour file") from error


def _translations(locales: Path, languages: Iterable[str]) -> dict[str, dict[tuple[str, str], Said]]:
    states = read_yaml(locales / "states.yml")
    return {code: _language_table(locales, code, states.get(code) or {}) for code in languages}


def _language_table(locales: Path, code: str, reviewed: dict[str, Any]) -> dict[tuple[str, str], Said]:
    table = {}
    for domain in DOMAINS:
        for message in read_catalog(catalog_path(locales, code, domain), code):
            if message.id and message.string:
                context = message.context or ""
                state = OUTDATED if message.fuzzy else REVIEWED if context in reviewed else DRAFT
                table[context, str(message.id)] = Said(str(message.string), state)
    return table
