"""What leaves the core: one answer with two faces, plain text and a JSON payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class ShownQuote:
    """A quotation (or a report, by `kind`) with everything that must stand beside it."""

    id: str
    text: str
    lang: str
    direction: str
    translation: str | None
    speaker: str
    role: str
    document: str
    publisher: str
    date: str
    date_text: str
    url: str | None
    kind: str
    town: str
    attribution: str
    context: str | None
    said_in: str | None
    cite: str = ""
    source: str = ""


@dataclass(frozen=True)
class ShownLaw:
    """A point of law in our words; `original` holds the law's own words where they may be quoted."""

    id: str
    text: str
    cite: str
    label: str
    status: str
    status_text: str
    date: str
    url: str | None
    original: str | None
    translation: str | None


@dataclass(frozen=True)
class ShownContact:
    """A contact as a resident may see it."""

    id: str
    name: str
    phone: str | None
    phone_display: str | None
    lines: tuple[tuple[str, str, str], ...]
    url: str | None
    notes: str
    hours: str | None
    checked_on: str | None
    checked_text: str


@dataclass(frozen=True)
class Suggestion:
    """What may be asked next: a value for programs and a label for people."""

    topic: str
    label: str


@dataclass(frozen=True)
class Reply:
    """One answer in one language. `first` is the one thing to do now and also opens `text`.

    act: what the reply does besides answering: "sources" (where the last answer comes from), "repeat", "forget", or "".
    """

    language: str
    direction: str
    topic: str | None
    text: str
    first: str | None = None
    short: str = ""
    steps: tuple[str, ...] = ()
    quotes: tuple[ShownQuote, ...] = ()
    laws: tuple[ShownLaw, ...] = ()
    caution: str | None = None
    contacts: tuple[ShownContact, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[str, ...] = ()
    town: str | None = None
    act: str = ""

    def payload(self) -> dict[str, Any]:
        """Returns the JSON-ready form; the field names are those of the API contract."""
        return asdict(self)


def read_payload(payload: Mapping[str, Any]) -> Reply:
    """Returns the reply that a payload was made of; keys that are not the reply's are left out. Raises KeyError, TypeError."""
    parts = {"quotes": ShownQuote, "laws": ShownLaw, "contacts": ShownContact, "suggestions": Suggestion}
    known = {field.name: payload[field.name] for field in fields(Reply) if field.name in payload}
    built = {name: tuple(_part(kind, row) for row in known[name]) for name, kind in parts.items()}
    texts = {name: tuple(known[name]) for name in ("steps", "notices")}
    return Reply(**{**known, **built, **texts})


def _part(kind: type[Any], row: Mapping[str, Any]) -> Any:
    if kind is ShownContact:
        row = {**row, "lines": tuple(tuple(line) for line in row["lines"])}
    return kind(**row)
