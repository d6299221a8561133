"""The catalogues of a moment: every sentence with its translation and how far that can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel.messages.catalog import Catalog, Message

from bot.catalogs import is_withdrawn, parse_catalog
from bot.core.errors import EditError
from bot.core.states import DRAFT, MISSING, OUTDATED, REVIEWED, WITHDRAWN, reviewed_as
from bot.edits.reviews import reviews
from bot.history.files import Files
from bot.strings import DOMAINS, AnswerFiles

STATES = (MISSING, WITHDRAWN, OUTDATED, DRAFT, REVIEWED)
TRANSLATED_BY = re.compile(r"translated by (\S+) (\d{4}-\d\d-\d\d)$")
# Rows of the matrix for what belongs to no topic, by the file or folder the English stands in.
GROUPS = {
    "phrases.yml": "phrases", "pages": "pages", "notices.yml": "notices", "contacts.yml": "contacts", "towns.yml": "towns",
    "sources": "sources", "laws.yml": "laws",
}
OTHERS = (*GROUPS.values(), "others")


@dataclass(frozen=True)
class Entry:
    """One sentence in one language; file: where its English stands within data/answers.

    state: one of STATES. previous: the English that an outdated or withdrawn translation was made of, or "".
    translator, reviewer: usernames, or "" where nobody is recorded.
    """

    domain: str
    context: str
    msgid: str
    msgstr: str
    state: str
    previous: str
    translator: str
    reviewer: str
    comment: str
    file: str

    @property
    def key(self) -> tuple[str, str]:
        """By this an entry is known: context and English."""
        return self.context, self.msgid


@dataclass(frozen=True)
class Row:
    """One row of the matrix: a topic, or one of OTHERS. counts: language -> state -> how many sentences (all of STATES)."""

    id: str
    is_topic: bool
    counts: Mapping[str, Mapping[str, int]]


def path_of(language: str, domain: str) -> str:
    """Where the translations of a domain into a language stand."""
    return f"locales/{language}/LC_MESSAGES/{domain}.po"


def languages(files: Files) -> list[str]:
    """Returns the codes of the languages that are translated into, in the order of languages.yml."""
    rows = AnswerFiles(files).record("languages.yml")
    return [str(row["code"]) for row in rows if row["code"] != "en"]


def catalogue(files: Files, language: str, domain: str) -> Catalog:
    """Returns one catalogue, to be changed by the caller; raises ContentError where it cannot be read."""
    path = path_of(language, domain)
    return parse_catalog(files.read(path), language, path)


def find(files: Files, language: str, context: str, msgid: str) -> tuple[str, Catalog, Message]:
    """Returns domain, catalogue and message of a sentence; raises EditError where there is none."""
    for domain in DOMAINS if language in languages(files) else ():
        found = catalogue(files, language, domain)
        message = found.get(msgid, context)
        if message is not None:
            return domain, found, message
    raise EditError("msgid", "This English sentence is no longer there, or is not translated into this language. Open the page again.")


def entry_of(message: Message, domain: str, reviewed: Mapping[str, Any] | None = None) -> Entry:
    """Returns a message as an entry. reviewed: what states.yml holds of its context."""
    record = reviewed or {}
    state = _state(message, record)
    return Entry(
        domain, message.context or "", str(message.id), str(message.string or ""), state,
        previous=message.previous_id[0] if message.previous_id and state in (OUTDATED, WITHDRAWN) else "",
        translator=translator(message), reviewer=str(record.get("by", "")) if state == REVIEWED else "",
        comment=" ".join(message.auto_comments), file=message.locations[0][0] if message.locations else "",
    )


def translator(message: Message) -> str:
    """Returns the username of who translated a message, or "" where nobody is recorded."""
    found = [match.group(1) for comment in message.user_comments if (match := TRANSLATED_BY.match(comment))]
    return found[-1] if found else ""


def _state(message: Message, record: Mapping[str, Any]) -> str:
    if not message.string:
        return MISSING
    if message.fuzzy:
        return WITHDRAWN if is_withdrawn(message) else OUTDATED
    return REVIEWED if reviewed_as(str(message.id), str(message.string)) in (record.get("words") or ()) else DRAFT


def entries(files: Files, language: str) -> list[Entry]:
    """Returns every sentence of every domain in a language, in the order of the files."""
    reviewed = reviews(files).get(language, {})
    found = (_messages(files.read(path_of(language, domain)), language, domain) for domain in DOMAINS)
    return [entry_of(m, domain, reviewed.get(m.context)) for domain, messages in zip(DOMAINS, found) for m in messages]


@lru_cache(maxsize=48)
def _messages(text: str, language: str, domain: str) -> tuple[Message, ...]:
    """Only to be read: the same text gives the same messages, and the first page asks for all languages again and again."""
    return tuple(message for message in parse_catalog(text, language, path_of(language, domain)) if message.id)


def matrix(files: Files, codes: Iterable[str], topics: Iterable[str]) -> list[Row]:
    """Returns a row for each topic, in the given order, then one for each other group that holds a sentence."""
    known = list(topics)
    tables: dict[str, dict[str, Counter[str]]] = {}
    for code in codes:
        for entry in entries(files, code):
            row = tables.setdefault(group_of(entry, known), {})
            row.setdefault(code, Counter(dict.fromkeys(STATES, 0)))[entry.state] += 1
    return [Row(name, name in known, tables[name]) for name in (*known, *OTHERS) if name in tables]


def group_of(entry: Entry, topics: Iterable[str]) -> str:
    """Names the row of the matrix in which an entry is counted."""
    if entry.context in topics:
        return entry.context
    return GROUPS.get(entry.file.split("/", maxsplit=1)[0], "others")
