"""The values we may say: topics, quotations, laws, contacts, towns, phrases and their translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# States of a translation, best first.
SOURCE, REVIEWED, DRAFT, OUTDATED, MISSING = "source", "reviewed", "draft", "outdated", "missing"


@dataclass(frozen=True)
class Language:
    """One language of the service; patterns say how a date is written ("{month} de {year}")."""

    code: str
    name: str
    direction: str
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    month_year: str
    day_month_year: str
    asked_as: tuple[str, ...]


@dataclass(frozen=True)
class Town:
    """A town people name; `statements` is true where we hold statements of it."""

    id: str
    name: str
    statements: bool
    spellings: tuple[str, ...]


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


@dataclass(frozen=True)
class Line:
    """A further number of a contact: its label (English msgid) and how it is written."""

    label: str
    phone: str
    display: str


@dataclass(frozen=True)
class Contact:
    """Someone who helps. Numbers that may not be shown were already taken out by `bot.library`."""

    id: str
    name: str
    kinds: tuple[str, ...]
    serves: tuple[str, ...]
    phone: str | None
    phone_display: str | None
    lines: tuple[Line, ...]
    url: str | None
    hours: str | None
    note: str
    last_checked: date | None


@dataclass(frozen=True)
class Topic:
    """What we say about one intent. `quotes` holds groups: passages of one group are shown together or not at all."""

    id: str
    section: str
    title: str
    first: str | None
    short: str
    towns: Mapping[str, str]
    steps: tuple[str, ...]
    caution: str | None
    quotes: tuple[tuple[str, ...], ...]
    laws: tuple[str, ...]
    contact_kinds: tuple[str, ...]
    preferred_contacts: tuple[str, ...]
    next: tuple[str, ...]
    review_by: date

    @property
    def is_service(self) -> bool:
        """True for greetings and other talk about the service itself."""
        return self.section == "E"


@dataclass(frozen=True)
class Part:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page of plain text (English msgids). pulpit, message: texts to read aloud and to send on; changed: of its words."""

    id: str
    title: str
    intro: str
    parts: tuple[Part, ...]
    pulpit: str = ""
    message: str = ""
    changed: date | None = None

    @property
    def context(self) -> str:
        """The msgctxt of its sentences."""
        return f"page.{self.id}"


@dataclass(frozen=True)
class Said:
    """A sentence in the reader's language and how far its translation can be trusted."""

    text: str
    state: str


@dataclass(frozen=True, eq=False)
class Content:
    """Everything we may say, checked; translations are keyed by language, then (msgctxt, msgid).

    Compared by identity, so that tables made from it can be kept as long as it is.
    """

    languages: Mapping[str, Language]
    towns: Mapping[str, Town]
    topics: Mapping[str, Topic]
    quotes: Mapping[str, Quote]
    laws: Mapping[str, Law]
    contacts: Mapping[str, Contact]
    phrases: Mapping[str, str]
    keywords: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    courtesies: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    translations: Mapping[str, Mapping[tuple[str, str], Said]] = field(default_factory=dict)

    def say(self, language: str, context: str, english: str) -> Said:
        """Returns the sentence in the language, or the English one marked as missing; never blank."""
        if language == "en":
            return Said(english, SOURCE)
        return self.translations.get(language, {}).get((context, english), Said(english, MISSING))

    def phrase(self, language: str, key: str, /, **values: object) -> str:
        """Returns one of our phrases with its {braces} filled in; raises KeyError for an unknown key."""
        return self.say(language, key, self.phrases[key]).text.format(**values)
