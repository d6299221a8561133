"""A translation is written by one person and checked by another; what was said before is never kept as good by accident."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from babel.messages.catalog import Message

from bot.catalogs import FUZZY, WITHDRAWN_FLAG, print_catalog
from bot.core.errors import EditError
from bot.core.segments import forcing
from bot.core.states import DRAFT, MISSING, OUTDATED, REVIEWED, WITHDRAWN, reviewed_as
from bot.edits.entries import TRANSLATED_BY, Entry, entries, entry_of, find, path_of
from bot.edits.glossary import glossary, remarks
from bot.edits.reviews import STATES_PATH, all_recorded
from bot.edits.wording import fault, tidied
from bot.history.files import Changes, Files

# Babel breaks a comment at 76 characters; "translated by", a name and a day must stay on one line.
_USERNAME = re.compile(r"[\w.@+-]{1,48}")
_TYPOGRAPHIC = "‘’‚“”„«»‐‑–—…\u00a0\u2009\u202f•·"


def translate(
    files: Files, language: str, context: str, msgid: str, text: str, by: str, on: date, *, numbers_ok: bool = False
) -> Changes:
    """Sets the translation of one sentence; empty changes where it stands there already. by: the translator's username.

    numbers_ok: the translator says that numbers which differ are right. Raises EditError (text, msgid, by).
    """
    domain, catalog, message = find(files, language, context, msgid)
    entry, words = entry_of(message, domain), tidied(msgid, text)
    if is_said(entry, words):
        return {}
    reason = fault(entry, words, numbers_ok)
    if reason:
        raise EditError("text", reason)
    put(message, words, by, on)
    return {path_of(language, domain): print_catalog(catalog)}


def is_said(entry: Entry, words: str) -> bool:
    """True where the entry's translation is these very words and nothing is held against it."""
    return bool(words) and entry.msgstr == words and entry.state not in (OUTDATED, WITHDRAWN)


def put(message: Message, words: str, by: str, on: date) -> None:
    """Writes a translation into a message of a catalogue and names who made it; raises EditError (by)."""
    _known(by)
    message.string = words
    message.flags -= {FUZZY, WITHDRAWN_FLAG}
    message.previous_id = []
    kept = [comment for comment in message.user_comments if not TRANSLATED_BY.match(comment)]
    message.user_comments = [*kept, f"translated by {by} {on.isoformat()}"]


def _known(by: str) -> None:
    if not _USERNAME.fullmatch(by):
        raise EditError("by", "The name of the account is too long or holds a space.")


def review(files: Files, language: str, context: str, by: str, on: date) -> Changes:
    """Records that `by` has checked every translation of a context; raises EditError (review) where that may not be."""
    return review_all(files, language, [context], by, on)


def review_all(files: Files, language: str, contexts: Collection[str], by: str, on: date) -> Changes:
    """The same for several contexts, all or none."""
    _known(by)
    checked = {}
    for context, found in by_context(entries(files, language), contexts).items():
        reason = obstacle(found, by)
        if reason:
            raise EditError("review", reason if len(contexts) == 1 else f"{context}: {reason}")
        checked[context] = list(dict.fromkeys(reviewed_as(entry.msgid, entry.msgstr) for entry in found))
    return {STATES_PATH: all_recorded(files.read(STATES_PATH), language, checked, by, on)} if checked else {}


def by_context(found: Iterable[Entry], contexts: Iterable[str]) -> dict[str, list[Entry]]:
    """Returns the entries of each context, in the order of the contexts."""
    table: dict[str, list[Entry]] = {context: [] for context in contexts}
    for entry in found:
        if entry.context in table:
            table[entry.context].append(entry)
    return table


def obstacle(found: Collection[Entry], by: str) -> str | None:
    """Says why somebody may not record that they checked all entries of a context, or None where they may."""
    if not found:
        return "There is nothing to check here. Open the page again."
    if any(entry.state == MISSING for entry in found):
        return "A translation is missing. Write it first, then somebody else can check all of them."
    if any(entry.state in (OUTDATED, WITHDRAWN) for entry in found):
        return "The English has changed since a sentence was translated. Translate it anew first."
    if any(_is_by(entry, by) for entry in found):
        return "You translated some of this yourself. Somebody else has to check it."
    return None


def _is_by(entry: Entry, by: str) -> bool:
    return entry.translator.casefold() == by.casefold()


def approved(live: Files, files: Files, language: str, contexts: Collection[str], by: str, on: date) -> Changes:
    """Records that `by`, who approves a draft, has checked the translations that it changes; what was checked before stays so.

    live: the content without the draft; files: with it. What the approver translated, and what the draft leaves alone, is left out.
    """
    before = {entry.key: (entry.msgstr, entry.state) for entry in entries(live, language)}
    checked = {}
    for context, found in by_context(entries(files, language), contexts).items():
        new = [e for e in found if e.state == DRAFT and before.get(e.key) != (e.msgstr, e.state) and not _is_by(e, by)]
        if new:
            read = [entry for entry in found if entry.state == REVIEWED or entry in new]
            checked[context] = list(dict.fromkeys(reviewed_as(entry.msgid, entry.msgstr) for entry in read))
    return {STATES_PATH: all_recorded(files.read(STATES_PATH), language, checked, by, on)} if checked else {}


def advice(files: Files, language: str, context: str, msgid: str, text: str) -> tuple[str, ...]:
    """Returns what the translator should look at again; none of it forbids anything."""
    words = tidied(msgid, text)
    found = list(remarks(msgid, words, glossary(files, language)))
    marks = [char for char in forcing(words) if char in _TYPOGRAPHIC]
    if marks and len(marks) == len(forcing(words)):
        found.append(f"Without {' '.join(marks)} a text message has room for 160 characters instead of 70.")
    if msgid.endswith("?") and not re.search(r"[?？؟][^\w?？؟]*$", words):
        found.append("The English is a question; the translation does not end with a question mark.")
    return tuple(found)
