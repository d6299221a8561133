"""All sentences of a page at once: what it shows, and what a translator changed on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.catalogs import print_catalog
from bot.core.states import OUTDATED, WITHDRAWN
from bot.edits.entries import Entry, catalogue, entries, group_of, path_of
from bot.edits.translations import put
from bot.edits.wording import fault, tidied
from bot.history.files import Changes, Files


@dataclass(frozen=True)
class Wish:
    """What a translator typed for one sentence.

    fits: they say that the old words fit the changed English too; numbers_ok: that numbers which differ are right.
    """

    text: str
    fits: bool = False
    numbers_ok: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the wishes come to: the changes, the entries that would change, and by key what is wrong with the others."""

    changes: Changes = field(default_factory=dict)
    changed: tuple[Entry, ...] = ()
    faults: Mapping[tuple[str, str], str] = field(default_factory=dict)


def topics(files: Files) -> list[str]:
    """Returns the ids of the topics, sorted."""
    return [path.split("/")[-1].removesuffix(".yml") for path in files.list("data/answers/topics", ".yml")]


def piece(files: Files, language: str, name: str) -> tuple[Entry, ...]:
    """Returns the sentences of a context, or of a group (`entries.OTHERS`); empty where there is no such name."""
    every, known = entries(files, language), topics(files)
    return tuple(e for e in every if e.context == name) or tuple(e for e in every if group_of(e, known) == name)


def title(found: tuple[Entry, ...], name: str) -> str:
    """Returns what people call a page's sentences: a topic's English title, else the name as it is."""
    return next((entry.msgid for entry in found if entry.context == name and entry.comment == "title"), name)


def translate_all(files: Files, language: str, wishes: Mapping[tuple[str, str], Wish], by: str, on: date) -> Outcome:
    """Judges every wish and writes those that are new and right. wishes: by the entry's key; raises EditError (by).

    A field that was left as it was changes nothing: old words are confirmed only where somebody says that they fit.
    """
    faults: dict[tuple[str, str], str] = {}
    good: dict[Entry, str] = {}
    for entry in entries(files, language):
        wish = wishes.get(entry.key)
        if wish is None or not is_new(entry, wish):
            continue
        words = tidied(entry.msgid, wish.text)
        reason = fault(entry, words, wish.numbers_ok)
        if reason:
            faults[entry.key] = reason
        else:
            good[entry] = words
    return Outcome(_written(files, language, good, by, on), tuple(good), faults)


def is_new(entry: Entry, wish: Wish) -> bool:
    """True where a wish asks for something."""
    words = tidied(entry.msgid, wish.text)
    return words != tidied(entry.msgid, entry.msgstr) or (wish.fits and entry.state in (OUTDATED, WITHDRAWN))


def _written(files: Files, language: str, good: Mapping[Entry, str], by: str, on: date) -> Changes:
    changes = {}
    for domain in sorted({entry.domain for entry in good}):
        found = catalogue(files, language, domain)
        for entry, words in good.items():
            if entry.domain == domain:
                put(found.get(entry.msgid, entry.context), words, by, on)
        changes[path_of(language, domain)] = print_catalog(found)
    return changes
