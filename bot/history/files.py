"""A view of the content's files at one moment: what a commit holds, with changes on top. Texts in, texts out; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.errors import ContentError

# Path within the checkout -> its new text; None takes the file away.
Changes = Mapping[str, "str | None"]


class Source(Protocol):
    """Where the files of one moment come from: a commit (`bot.history.repository`), or a table in tests."""

    def read(self, path: str) -> str | None:
        """Returns a file's text, or None where there is no such file."""

    def paths(self) -> Iterator[str]:
        """Yields every path, sorted."""


@dataclass(frozen=True)
class Files:
    """The files of a moment, and changes that lie over them."""

    source: Source
    changes: Changes = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """True where there is such a file."""
        return self._read(path) is not None

    def read(self, path: str) -> str:
        """Returns a file's text; raises ContentError where there is none."""
        text = self._read(path)
        if text is None:
            raise ContentError(f"{path}: there is no such file")
        return text

    def list(self, folder: str, suffix: str = "") -> list[str]:
        """Returns the paths below a folder ("data/answers/topics") that end with a suffix, sorted."""
        gone = {path for path, text in self.changes.items() if text is None}
        added = {path for path, text in self.changes.items() if text is not None}
        known = (set(self.source.paths()) | added) - gone
        return sorted(p for p in known if p.startswith(f"{folder.rstrip('/')}/") and p.endswith(suffix))

    def changed(self, changes: Changes) -> Files:
        """Returns the same files with further changes on top."""
        return Files(self.source, {**self.changes, **changes})

    def _read(self, path: str) -> str | None:
        return self.changes[path] if path in self.changes else self.source.read(path)


@dataclass(frozen=True)
class Table:
    """Files held in memory, by path."""

    texts: Mapping[str, str]

    def read(self, path: str) -> str | None:
        return self.texts.get(path)

    def paths(self) -> Iterator[str]:
        return iter(sorted(self.texts))
