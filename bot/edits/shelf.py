"""The documents that our quotations come from, as their files say, those without a passage too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.content import Content
from bot.core.passages import find
from bot.core.pieces import Span
from bot.edits.sources import FOLDER, Passage, Source, path_of
from bot.history.files import Files
from bot.yamlfile import parse_yaml


@dataclass(frozen=True)
class Held:
    """A document and the passages quoted from it, by id, in the order of its file."""

    source: Source
    passages: Mapping[str, Passage]

    @property
    def name(self) -> str:
        """What the document is called where it has no title."""
        return self.source.title or self.source.publisher

    @property
    def key(self) -> tuple[str, str]:
        """The name and the SHA-256 of its text, as the folder of texts knows it."""
        return self.source.file, self.source.sha256

    def spans(self, text: str) -> dict[str, Span]:
        """Returns where its passages stand in its text; one that does not stand there is left out."""
        found = {name: find(text, passage.words) for name, passage in self.passages.items()}
        return {name: span for name, span in found.items() if span}


def shelf(files: Files) -> tuple[Held, ...]:
    """Returns every document, sorted by id; raises ContentError where a file cannot be read."""
    return tuple(_held(files, path) for path in files.list(FOLDER, ".yml"))


def held(files: Files, source: str) -> Held | None:
    """Returns one document, or None where there is none of this id."""
    path = path_of(source)
    return _held(files, path) if files.has(path) else None


def source_of(path: str) -> str:
    """Returns the id of the source whose file this is, or "" for another file."""
    inside = path.startswith(f"{FOLDER}/") and path.endswith(".yml")
    return path.removeprefix(f"{FOLDER}/").removesuffix(".yml") if inside else ""


def users(content: Content) -> dict[str, list[str]]:
    """Returns which answers show a passage: its id -> ids of topics."""
    found: dict[str, list[str]] = {}
    for topic in content.topics.values():
        for name in dict.fromkeys(name for group in topic.quotes for name in group):
            found.setdefault(name, []).append(topic.id)
    return found


def _held(files: Files, path: str) -> Held:
    raw = parse_yaml(files.read(path), path)
    source = Source(
        id=raw["id"], title=raw["title"] or "", publisher=raw["publisher"], date=str(raw["date"]), town=raw["town"],
        url=raw["url"] or "", file=raw["file"], sha256=raw["sha256"], changed=raw["changed"], author=raw.get("author") or "",
    )
    return Held(source, {row["id"]: _passage(row) for row in raw["quotes"]})


def _passage(row: Mapping[str, Any]) -> Passage:
    return Passage(
        words=row["text"], speaker=row["speaker"], short=row["short"], role=row["role"], kind=row["kind"], scope=row["scope"],
        context=row.get("context") or "", requires=tuple(row.get("requires") or ()), note=row.get("note") or "",
    )
