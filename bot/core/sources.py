"""What answers rest on: documents, the passages quoted from them, points of law."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """Where quotations come from; `date` is as exact as known ("2019-07" or "2019-07-11"); `changed`: what has changed since."""

    id: str
    title: str | None
    publisher: str
    date: str
    town: str
    url: str | None
    file: str
    sha256: str
    changed: str = ""


@dataclass(frozen=True)
class Quote:
    """A passage, exact to the letter; `scope` is the town it speaks for, or connecticut, or federal.

    short: who said it, as named in a text message.
    """

    id: str
    text: str
    sha256: str
    speaker: str
    short: str
    role: str
    kind: str
    scope: str
    context: str | None
    requires: tuple[str, ...]
    document: Document

    @property
    def is_report(self) -> bool:
        """True for a reporter's words, which are never shown as a quotation."""
        return self.kind == "paraphrase"


@dataclass(frozen=True)
class Law:
    """A point of law in our own words; `text` holds the law's own words where they may be quoted."""

    id: str
    cite: str
    citation: str
    says: str
    text: str | None
    sha256: str | None
    jurisdiction: str
    status: str
    in_force: str
    url: str | None
    caution: str
