"""What becomes of the translations when the English changes: the editor says how grave the change is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babel.messages.catalog import Catalog, Message

from bot.catalogs import FUZZY, WITHDRAWN_FLAG, print_catalog, refreshed, template
from bot.core.errors import EditError
from bot.core.states import reviewed_as
from bot.edits.entries import catalogue, languages, path_of
from bot.edits.reviews import STATES_PATH
from bot.edits.slips import is_slip
from bot.edits.wording import unequal_contacts, unequal_numbers
from bot.history.files import Changes, Files
from bot.strings import DOMAINS, AnswerFiles

# A slip of the pen: translations stay good. Other words: they are shown with a notice. The law changed: residents get English.
TYPO, WORDING, LAW = "typo", "wording", "law"
SEVERITIES = (TYPO, WORDING, LAW)
_FLAGS = {TYPO: frozenset[str](), WORDING: frozenset({FUZZY}), LAW: frozenset({FUZZY, WITHDRAWN_FLAG})}

# (context, old English) -> new English
Renames = Mapping[tuple[str, str], str]


def reword(files: Files, renames: Renames, severity: str) -> Changes:
    """Returns the catalogues and templates as the English in `files`, already changed, needs them.

    A translation whose English is in `renames` goes on under the new English, flagged as the severity says; that of any
    other changed sentence goes. Where a phone number, a link or a word in braces changed, the translation is withdrawn
    whatever the severity. Raises EditError (severity) where that is unknown, or a typo changes a number.
    """
    _judge(renames, severity)
    changes = _reviews_kept(files, renames) if severity == TYPO else {}
    for domain in DOMAINS:
        fresh = template(domain, AnswerFiles(files))
        path, text = f"locales/{domain}.pot", print_catalog(fresh)
        if files.has(path) and files.read(path) == text:
            continue
        changes[path] = text
        changes.update(_catalogues(files, domain, fresh, renames, severity))
    return {path: text for path, text in changes.items() if not files.has(path) or files.read(path) != text}


def _reviews_kept(files: Files, renames: Renames) -> dict[str, str]:
    """After a slip of the pen what was reviewed stays so: the marks of old pairs become those of the new ones."""
    text = old = files.read(STATES_PATH) if files.has(STATES_PATH) else ""
    if '"' not in text:
        return {}
    for language in languages(files):
        for (context, before), after in renames.items():
            for domain in DOMAINS:
                message = catalogue(files, language, domain).get(before, context)
                if message is not None and message.string:
                    text = text.replace(f'"{reviewed_as(before, message.string)}"', f'"{reviewed_as(after, message.string)}"')
    return {STATES_PATH: text} if text != old else {}


def _judge(renames: Renames, severity: str) -> None:
    if severity not in SEVERITIES:
        raise EditError("severity", "Say how grave the change is: a typo, other words, or another law.")
    for (_, old), new in renames.items() if severity == TYPO else ():
        if unequal_contacts(old, new) or unequal_numbers(old, new):
            raise EditError("severity", "A number, a link or a word in braces changed: that is more than a typo.")
        if not is_slip(old, new):
            raise EditError("severity", "Other words than a slip of the pen changed: choose new wording, or a change of the law.")


def _catalogues(files: Files, domain: str, fresh: Catalog, renames: Renames, severity: str) -> Iterator[tuple[str, str]]:
    for language in languages(files):
        path = path_of(language, domain)
        new = Catalog(project="Confianza", charset="utf-8", fuzzy=False)
        found = catalogue(files, language, domain) if files.has(path) else new
        for (context, old), english in renames.items():
            _carry(found, context, old, english, severity)
        yield path, print_catalog(refreshed(found, fresh, guess=False))


def _carry(found: Catalog, context: str, old: str, english: str, severity: str) -> None:
    """Puts the old sentence's translation under the new English, unless that has one already."""
    message, there = found.get(old, context), found.get(english, context)
    if old == english or message is None or not message.string or (there is not None and there.string):
        return
    flags = message.flags | _FLAGS[LAW if unequal_contacts(old, english) else severity]
    if there is not None:
        found.delete(english, context)
    carried = Message(
        english, message.string, message.locations, flags, message.auto_comments, message.user_comments, context=context,
        # What the translator had before the eyes counts, however often the English has changed since.
        previous_id=(message.previous_id or [old]) if FUZZY in flags else (),
    )
    found[english] = carried
