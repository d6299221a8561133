"""Babel catalogues: writes locales/*.pot, brings each language's .po files up to date, reads them back.

English is the msgid. When the English changes, Babel's update either marks the old translation fuzzy or drops it;
both are shown to residents with a notice, never silently. A translation that is fuzzy and `withdrawn` (the law changed)
is not shown at all. `#| msgid` holds the English that a fuzzy translation was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path, PurePosixPath

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, generate_po, normalize, read_po, unescape

from bot.core.errors import ContentError
from bot.strings import DOMAINS, Answers, segments

_PO_LINE = re.compile(r'^(msg\w+(\[\d\])? )?"([^"\\]|\\.)*"$')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
FUZZY, WITHDRAWN_FLAG = "fuzzy", "withdrawn"
NO_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)


def template(domain: str, answers: Path | Answers) -> Catalog:
    """Returns the catalogue of all English segments of a domain, without translations."""
    catalog = Catalog(project="Confianza", charset="utf-8", fuzzy=False)
    for segment in segments(domain, answers):
        comments = [segment.comment] if segment.comment else []
        catalog.add(segment.text, locations=[(segment.file, None)], auto_comments=comments, context=segment.context)
    return catalog


def read_catalog(path: Path, language: str) -> Catalog:
    """Reads one .po file; raises ContentError with file, line and remedy."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ContentError(f"{path}: this catalogue is missing; run `make strings`") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: cannot be read as a {language} catalogue; save it as UTF-8 PO ({error})") from error
    return parse_catalog(text, language, str(path))


@dataclass(frozen=True)
class Translated:
    """One entry of a catalogue, to read: context and English, what stands there, and how far it can be used."""

    context: str
    english: str
    text: str
    fuzzy: bool
    withdrawn: bool


def read_entries(path: Path, language: str) -> tuple[Translated, ...]:
    """Returns the entries of one .po file; a text that was read before is not parsed again. Raises ContentError."""
    try:
        return text_entries(path.read_text(encoding="utf-8"), language)
    except (OSError, ValueError, ContentError):
        read_catalog(path, language)  # says what is wrong with the file, and where
        raise


@lru_cache(maxsize=64)
def text_entries(text: str, language: str) -> tuple[Translated, ...]:
    """Returns the entries of a catalogue's text; raises ContentError where it is none."""
    return tuple(
        Translated(m.context or "", str(m.id), str(m.string or ""), bool(m.fuzzy), is_withdrawn(m))
        for m in parse_catalog(text, language, language) if m.id
    )


def parse_catalog(text: str, language: str, name: str) -> Catalog:
    """Reads the text of a .po file; name: what messages call it. Raises ContentError with name, line and remedy."""
    try:
        _refuse_lost_quotes(text, name)
        # The locale is left out: Babel knows no plural rules that we use, and not every language of ours.
        return _with_previous(read_po(text.split("\n"), domain=PurePosixPath(name).stem, charset="utf-8", abort_invalid=True))
    except PoFileError as error:
        raise ContentError(f"{name}:{error.lineno + 1}: not a valid PO file; mend that line") from error
    except (ValueError, IndexError, AttributeError) as error:
        raise ContentError(f"{name}: cannot be read as a {language} catalogue; save it as UTF-8 PO ({error})") from error


def _with_previous(catalog: Catalog) -> Catalog:
    """Babel writes `#| msgid` but reads it as a comment "| msgid"; here it becomes the message's previous_id again."""
    for message in catalog:
        before = " ".join(comment[1:].strip() for comment in message.user_comments if comment.startswith("|"))
        message.user_comments = [comment for comment in message.user_comments if not comment.startswith("|")]
        _, found, text = before.partition("msgid ")  # other programs write the old msgctxt before it
        message.previous_id = ["".join(map(unescape, _QUOTED.findall(text)))] if found else []
    return catalog


def is_withdrawn(message: Message) -> bool:
    """True where the law changed and the translation may not be shown; whoever translates anew takes `fuzzy` away."""
    return bool(message.fuzzy and WITHDRAWN_FLAG in message.flags)


def _refuse_lost_quotes(text: str, name: str) -> None:
    """Babel reads `msgstr "Bonjou` as "Bonjo"; a letter of a word or a digit of a number would go without a trace."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#") and not _PO_LINE.match(line.strip()):
            raise ContentError(f"{name}:{number}: not a PO line (each text stands in one pair of quotation marks); mend that line")


def catalog_path(locales: Path, language: str, domain: str) -> Path:
    """Where the translations of a domain into a language stand."""
    return locales / language / "LC_MESSAGES" / f"{domain}.po"


def update(answers: Path, locales: Path, languages: list[str]) -> list[Path]:
    """Writes the templates and updates every catalogue of every language; returns the files written."""
    written = []
    for domain in DOMAINS:
        fresh = template(domain, answers)
        written.append(_write(locales / f"{domain}.pot", fresh))
        for language in languages:
            written.append(_update_one(catalog_path(locales, language, domain), language, fresh))
    return written


def _update_one(path: Path, language: str, fresh: Catalog) -> Path:
    catalog = read_catalog(path, language) if path.exists() else Catalog(project="Confianza", charset="utf-8", fuzzy=False)
    return _write(path, refreshed(catalog, fresh))


def refreshed(catalog: Catalog, fresh: Catalog, guess: bool = True) -> Catalog:
    """Brings a catalogue up to date with a template and returns it. guess: changed English keeps its old translation as fuzzy."""
    known = {(message.context, message.string) for message in catalog if message.id}
    previous = {(message.context, message.id): message.previous_id for message in catalog if message.fuzzy and message.previous_id}
    catalog.update(fresh, no_fuzzy_matching=not guess, update_header_comment=False)
    _drop_strangers(catalog, known)
    _keep_previous(catalog, previous)
    return catalog


def _drop_strangers(catalog: Catalog, known: set[tuple[str | None, object]]) -> None:
    """Takes a guessed translation away that is of another piece: Babel lends that of a like sentence elsewhere."""
    for message in catalog:
        if message.id and message.fuzzy and (message.context, message.string) not in known:
            message.string, message.previous_id = "", []
            message.flags -= {FUZZY, WITHDRAWN_FLAG}


def _keep_previous(catalog: Catalog, previous: Mapping[tuple[str | None, object], list[str]]) -> None:
    """Babel forgets the English that an old translation was made of; where it changed twice, the first one counts."""
    for message in catalog:
        if not message.fuzzy:
            message.flags.discard(WITHDRAWN_FLAG)
            continue
        came_from = message.previous_id[0] if message.previous_id else message.id
        message.previous_id = previous.get((message.context, came_from), message.previous_id)


def _write(path: Path, catalog: Catalog) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(print_catalog(catalog), encoding="utf-8", newline="")
    return path


def print_catalog(catalog: Catalog) -> str:
    """Returns the text of a .po file: one line a text, no line numbers, fixed dates, so that an edit changes its own entry only."""
    # Dates in the header would change the file at every run, and the diff would hide what a translator did.
    catalog.creation_date = catalog.revision_date = NO_DATE
    lines = generate_po(catalog, width=0, ignore_obsolete=True, include_lineno=False, include_previous=True)
    return "".join(_whole_previous(lines, catalog))


def _whole_previous(lines: Iterator[str], catalog: Catalog) -> Iterator[str]:
    """Babel breaks `#| msgid` at 76 characters, in the middle of a pair of quotation marks; here it stays whole."""
    previous = (message.previous_id[0] for message in catalog if message.id and message.previous_id)
    inside = False
    for line in lines:
        if not line.startswith("#| "):
            yield line
        elif not inside:
            yield "#| msgid " + normalize(next(previous), width=0).replace("\n", "\n#| ") + "\n"
        inside = line.startswith("#| ")
