"""The contact book as the console shows it: every record, hidden ones too, with what residents see of it and who is to be called next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.core.contacts import EVERYWHERE, HIDDEN_DAYS, UNCHECKED_DAYS, age, is_hidden
from bot.core.content import Contact
from bot.core.errors import ContentError, EditError
from bot.edits.contacts import PATH
from bot.history.files import Files
from bot.records import SHOWS_LINK, SHOWS_NUMBER, contact
from bot.strings import AnswerFiles

# Nobody calls these: the emergency number is not for trying, and what may never be published needs no check.
NEVER_CALLED_KIND, NEVER_CALLED_MARKS = "emergency", ("do_not_publish", "do_not_publish_phone")


@dataclass(frozen=True)
class Check:
    """The last time that somebody made sure of a contact: the day, who, how ("call", "page"), what they heard."""

    day: date
    person: str
    method: str
    note: str


@dataclass(frozen=True)
class Entry:
    """One record. contact: all of it, whatever its mark; numbers: each with its label, as people write them ("" for the main one)."""

    contact: Contact
    publish: str
    check: Check | None
    numbers: tuple[tuple[str, str], ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.contact.id

    @property
    def shown(self) -> bool:
        """True where its mark lets residents see it at all."""
        return self.publish in SHOWS_LINK

    @property
    def number_shown(self) -> bool:
        """True where its mark lets residents see its number."""
        return self.publish in SHOWS_NUMBER

    @property
    def can_be_checked(self) -> bool:
        """True where somebody may call, or look at its page, and note it down."""
        return NEVER_CALLED_KIND not in self.contact.kinds and self.publish not in NEVER_CALLED_MARKS

    @property
    def last_day(self) -> date | None:
        """The last day on which residents see it unless somebody checks it; None for what never hides."""
        if NEVER_CALLED_KIND in self.contact.kinds:
            return None
        return (self.contact.last_checked or self.contact.added) + timedelta(days=HIDDEN_DAYS)


def book(files: Files) -> tuple[Entry, ...]:
    """Returns all records in the order of the file; raises ContentError where one of them lacks a field."""
    try:
        return tuple(map(_entry, AnswerFiles(files).record("contacts.yml")))
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{PATH}: a contact cannot be read: {error}") from error


def find(files: Files, id_: str) -> Entry:
    """Returns one record; raises EditError where it is not there."""
    found = next((entry for entry in book(files) if entry.id == id_), None)
    if found is None:
        raise EditError("", "this contact is not here any more")
    return found


def to_call(entry: Entry, today: date) -> bool:
    """True where nobody ever checked it, or not for half a year."""
    return entry.can_be_checked and (entry.check is None or age(entry.contact, today) > UNCHECKED_DAYS)


def gone(entry: Entry, today: date) -> bool:
    """True where residents would see it but for its age."""
    return entry.shown and is_hidden(entry.contact, today)


def call_round(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Returns who is to be called, what waits longest first; of equally old ones first those that residents see."""
    due = [entry for entry in entries if to_call(entry, today)]
    return sorted(due, key=lambda e: (-age(e.contact, today), e.check is not None, not e.shown, e.contact.name))


def narrowed(entries: Iterable[Entry], town: str, kind: str) -> list[Entry]:
    """Returns the records of a kind that serve a town, those for the whole state among them; "" narrows nothing."""
    return [e for e in entries if (not town or {town, *EVERYWHERE} & set(e.contact.serves)) and (not kind or kind in e.contact.kinds)]


def kinds(files: Files) -> list[str]:
    """Returns every kind of help that a record has, sorted."""
    return sorted({kind for entry in book(files) for kind in entry.contact.kinds})


def _entry(raw: dict[str, Any]) -> Entry:
    whole = contact({**raw, "publish": SHOWS_NUMBER[0], "note": raw.get("note") or ""})
    if whole is None:
        raise ValueError(raw["id"])
    lines = [("", whole.phone_display or ""), *((line.label, line.display) for line in whole.lines)]
    details = {name: _text(raw.get(name)) for name in ("email", "address", "cost", "languages", "verify", "editor_notes", "confidence")}
    return Entry(
        whole, raw["publish"], _check(raw.get("last_checked"), whole.last_checked), tuple(line for line in lines if line[1]),
        {name: text for name, text in details.items() if text}, tuple(map(str, raw.get("evidence") or ())),
    )


def _check(raw: dict[str, Any] | None, day: date | None) -> Check | None:
    if not raw or day is None:
        return None
    return Check(day, str(raw.get("person") or ""), str(raw.get("method") or ""), str(raw.get("note") or ""))


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
