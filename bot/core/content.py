"""The values we may say, all together: with languages, towns and contacts, and what a sentence is in a language.

What answers rest on is in `sources`, what they say in `topics`, how far a translation can be trusted in `states`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.direction import placed
from bot.core.sources import Document, Law, Quote
from bot.core.states import DRAFT, IN_ENGLISH, MISSING, OUTDATED, REVIEWED, SOURCE, WITHDRAWN, Said
from bot.core.topics import Notice, Off, Page, Part, Topic

__all__ = [
    "DRAFT", "MISSING", "OUTDATED", "REVIEWED", "SOURCE", "WITHDRAWN",
    "Contact", "Content", "Document", "Language", "Law", "Line", "Notice", "Off", "Page", "Part", "Quote", "Said", "Topic", "Town",
]


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
class Line:
    """A further number of a contact: its label (English msgid) and how it is written."""

    label: str
    phone: str
    display: str


@dataclass(frozen=True)
class Contact:
    """Someone who helps. Numbers that may not be shown were already taken out by `bot.library`.

    added: the day we took it in, from which its age counts until somebody checks it.
    """

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
    added: date


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
    notices: tuple[Notice, ...] = ()
    translations: Mapping[str, Mapping[tuple[str, str], Said]] = field(default_factory=dict)

    def say(self, language: str, context: str, english: str) -> Said:
        """Returns the sentence in the language, or the English one marked as missing or withdrawn; never blank."""
        if language == "en":
            return Said(english, SOURCE)
        return self.translations.get(language, {}).get((context, english), Said(english, MISSING))

    def phrase(self, language: str, key: str, /, **values: object) -> str:
        """Returns one of our phrases, placed for the language's direction, its {braces} filled in; KeyError for an unknown key."""
        said = self.say(language, key, self.phrases[key])
        return placed(said.text, said.state in IN_ENGLISH, self.languages[language].direction).format(**values)
