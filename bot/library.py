"""The only reader of data/answers and locales: files in, checked `Content` out; the last good content stays.

A number that may not be shown never leaves this module (see `bot.records.contact`).
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import records
from bot.catalogs import catalog_path, read_entries
from bot.core.content import Content
from bot.core.errors import ContentError
from bot.core.problems import Problem, problems
from bot.core.states import Said, said
from bot.core.text import fold
from bot.history.journal import settle
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
    languages = _built(answers / "languages.yml", records.language)
    contacts = _built(answers / "contacts.yml", records.contact)
    return Content(
        languages={item.code: item for item in languages},
        towns={item.id: item for item in _built(answers / "towns.yml", records.town)},
        topics={t.id: t for t in (_record(p, records.topic) for p in sorted((answers / "topics").glob("*.yml")))},
        quotes={q.id: q for p in sorted((answers / "sources").glob("*.yml")) for q in _record(p, _quotes)},
        laws={law.id: law for group in _built(answers / "laws.yml", _laws) for law in group},
        contacts={contact.id: contact for contact in contacts if contact},
        phrases=_record(answers / "phrases.yml", _phrases),
        pages={page.id: page for page in (_record(p, records.page) for p in sorted((answers / "pages").glob("*.yml")))},
        notices=tuple(_built(answers / "notices.yml", records.notice)),
        keywords=_record(answers / "keywords.yml", lambda raw: {kind: _words(by_language) for kind, by_language in raw.items()}),
        courtesies=tuple(w for words in _record(answers / "courtesies.yml", _words).values() for w in words),
        negations=_record(answers / "negations.yml", lambda raw: tuple(fold(str(word)) for word in [*raw])),
        translations=_translations(root / "locales", [item.code for item in languages if item.code != "en"]),
    )


def forbidden_numbers(root: Path) -> tuple[str, ...]:
    """The numbers that no text may hold, digits only."""
    return tuple(_built(root / "data" / "answers" / "forbidden_numbers.yml", lambda row: str(row["number"])))


def locate(problem: Problem, root: Path) -> str:
    """Writes a problem as "file:line: message; remedy", looking its needle up in the files."""
    folder = root / "locales" / problem.language / "LC_MESSAGES" if problem.language else root / "data" / "answers"
    needles = {problem.needle, problem.needle.replace('"', '\\"')} - {""}
    paths = sorted((p for p in folder.rglob("*") if p.suffix in (".yml", ".po")), key=lambda p: (p.name != problem.file, str(p)))
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if any(needle in line for needle in needles):
                return f"{path.relative_to(root)}:{number}: {problem.message}; {problem.remedy}"
    return f"{folder.relative_to(root)}: {problem.message}; {problem.remedy}"


class Library:
    """Gives the current content and notices changed files within seconds, without a restart.

    Broken files never go live: `content` stays the last good one and `trouble` says why.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        settle(root)
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

    @property
    def version(self) -> str:
        """A mark of the content that is live: the same in every process that reads the same files."""
        return _mark(self._seen)

    def _refresh(self) -> None:
        """Reads changed files; while somebody writes them, the old content stays until they are done."""
        self._looked = time.monotonic()
        try:
            fingerprint = _fingerprint(self._root) if settle(self._root) else self._seen
            if fingerprint == self._seen:
                return
            content = load(self._root)
            if settle(self._root) and fingerprint == _fingerprint(self._root):
                self._seen, self._content, self.trouble = fingerprint, content, None
        except ContentError as error:
            self._seen, self.trouble = fingerprint, str(error)
        except Exception as error:  # whatever is wrong with a file, residents go on reading the last good content
            self.trouble = f"the content cannot be read ({type(error).__name__})"


@lru_cache(maxsize=2)
def _mark(seen: frozenset[tuple[str, int, int]]) -> str:
    return hashlib.sha256(repr(sorted(seen)).encode()).hexdigest()[:16]


def _fingerprint(root: Path) -> frozenset[tuple[str, int, int]]:
    folders = (root / "data" / "answers", root / "locales")
    paths = (p for folder in folders for p in folder.rglob("*") if p.suffix in (".yml", ".po"))
    return frozenset((str(p), s.st_mtime_ns, s.st_size) for p in paths for s in [p.stat()])


def _quotes(raw: dict[str, Any]) -> list[Any]:
    return list(records.quotes(raw))


def _laws(raw: dict[str, Any]) -> list[Any]:
    return list(records.laws(raw))


def _phrases(raw: dict[str, Any]) -> dict[str, str]:
    if not all(isinstance(text, str) for text in raw.values()):
        raise TypeError("a phrase is no text")
    return dict(raw)


def _words(raw: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str, [*words])) for name, words in raw.items()}


def _record(path: Path, build: Any) -> Any:
    """Builds a value from a whole file."""
    return _guarded(path, 1, build, read_yaml(path))


def _built(path: Path, build: Any) -> list[Any]:
    """Builds one value a record of a list; a fault names the record's line."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    built = []
    for record in records.read_records(path):
        name = str(record.get("id", record.get("code", "")))
        line = next((n for n, text in enumerate(lines, 1) if name and name in text), 1)
        built.append(_guarded(path, line, build, record))
    return built


def _guarded(path: Path, line: int, build: Any, raw: Any) -> Any:
    try:
        return build(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError(f"{path}:{line}: a field is missing or has a wrong form ({error}); compare with its neighbours") from error


def _translations(locales: Path, languages: Iterable[str]) -> dict[str, dict[tuple[str, str], Said]]:
    reviews = _record(locales / "states.yml", records.reviews)
    return {code: _language_table(locales, code, reviews.get(code, {})) for code in languages}


def _language_table(locales: Path, code: str, reviewed: dict[str, frozenset[str]]) -> dict[tuple[str, str], Said]:
    table = {}
    for domain in DOMAINS:
        for entry in read_entries(catalog_path(locales, code, domain), code):
            shown = said(entry.english, entry.text, entry.fuzzy, entry.withdrawn, reviewed.get(entry.context, ()))
            if shown:
                table[entry.context, entry.english] = shown
    return table
