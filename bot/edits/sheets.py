"""Translations out of the house and in again: PO for Weblate or Poedit, CSV for spreadsheet programs.

A file that comes in can only say how a sentence that we know is said; it adds no sentence and changes nothing else.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from babel.messages.pofile import denormalize

from bot.catalogs import parse_catalog, print_catalog
from bot.core.errors import ContentError, EditError
from bot.edits.entries import Entry, catalogue, entries, languages, path_of
from bot.edits.translations import is_said, put
from bot.edits.wording import fault, tidied
from bot.history.files import Changes, Files
from bot.strings import DOMAINS

MAX_BYTES = 2_000_000
COLUMNS = ("language", "context", "english", "translation", "state")
# A spreadsheet program takes a cell that begins so for a formula; an apostrophe before it makes it text.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_ENTRY = re.compile(r'^(?:msgctxt (".*"(?:\n".*")*)\n)?msgid (".*"(?:\n".*")*)\n', re.MULTILINE)
_TWICE = "This sentence stands twice in the file. Keep one."
_PO_NOTE = """\
# For translators into "{language}": write in the msgstr lines only. Keep {{words in braces}}, numbers, phone numbers and links.
# Entries marked "fuzzy" were made of older English, which stands in the lines that begin with #|. Take the mark away when done.
# Everything else in this file is left out when it comes back.
"""


@dataclass(frozen=True)
class Difference:
    """One translation that the file changes."""

    context: str
    msgid: str
    old: str
    new: str


@dataclass(frozen=True)
class Incoming:
    """What a file would change; a dry run shows it, and whoever agrees saves `changes`.

    refused: (context, English, reason). unknown: (context, English) that we do not have.
    """

    changes: Changes = field(default_factory=dict)
    accepted: tuple[Difference, ...] = ()
    refused: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Line:
    """One sentence of the file."""

    context: str
    msgid: str
    text: str
    clears: bool = False
    fault: str = ""


def decoded(raw: bytes) -> str:
    """Returns the text of an uploaded file; raises EditError (file) where it is too large or not UTF-8 text."""
    if len(raw) > MAX_BYTES:
        raise EditError("file", "The file is larger than 2 MB. Send one language at a time.")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise EditError("file", "This is a workbook. In the spreadsheet program choose “Save as” and “CSV UTF-8”, and send that file.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw:
        raise EditError("file", "This file is UTF-16 or no text. Choose “Save as” and “CSV UTF-8” (or PO with UTF-8), and send that file.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "This file is not UTF-8 (it may be Latin-1 or Windows-1252), and letters would be lost. Save it as UTF-8."
        raise EditError("file", message) from error


def export_po(files: Files, language: str, domain: str) -> str:
    """Returns a catalogue for Weblate or Poedit, with a note for translators at its head."""
    return _PO_NOTE.format(language=language) + files.read(path_of(language, domain))


def export_csv(files: Files, language: str) -> str:
    """Returns all sentences of a language as a table; begins with U+FEFF, by which spreadsheet programs know UTF-8."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries(files, language):
        writer.writerow(map(guarded, (language, entry.context, entry.msgid, entry.msgstr, entry.state)))
    return "\ufeff" + out.getvalue()


def guarded(cell: str) -> str:
    """Returns a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Undoes `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def import_po(files: Files, language: str, domain: str, text: str, by: str, on: date, *, numbers_ok: bool = False) -> Incoming:
    """Takes the translations of a PO file over; raises EditError (file) where it cannot be read. Fuzzy entries wait."""
    try:
        found = parse_catalog(text, language, f"{domain}.po")
    except ContentError as error:
        raise EditError("file", str(error)) from error
    twice = _twice(text)
    lines = [
        _Line(m.context or "", str(m.id), str(m.string), clears=True, fault=_TWICE if (m.context or "", str(m.id)) in twice else "")
        for m in found if m.id and m.string and not m.fuzzy
    ]
    return _taken(files, language, (domain,), lines, by, on, numbers_ok)


def _twice(text: str) -> frozenset[tuple[str, str]]:
    """Babel keeps the first of two entries in silence; here they are named."""
    found = Counter(_ENTRY.findall(text.replace("\r\n", "\n")))
    return frozenset((denormalize(c) if c else "", denormalize(e)) for (c, e), times in found.items() if times > 1)


def import_csv(files: Files, language: str, raw: bytes, by: str, on: date, *, numbers_ok: bool = False) -> Incoming:
    """Takes the translations of a table over, found by context and English; raises EditError (file)."""
    lines = list(_rows(decoded(raw), language))
    texts: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        texts.setdefault((line.context, line.msgid), set()).add(line.text)
    times = Counter((line.context, line.msgid) for line in lines)
    once = {(line.context, line.msgid): line for line in lines}
    judged = [
        _Line(line.context, line.msgid, line.text, fault=line.fault or (_TWICE if times[key] > 1 else "")) for key, line in once.items()
    ]
    return _taken(files, language, DOMAINS, judged, by, on, numbers_ok)


def _rows(text: str, language: str) -> Iterable[_Line]:
    head = text.split("\n", 1)[0]
    # Where a comma is the decimal point, spreadsheet programs part cells with a semicolon.
    mark = max(",;\t", key=head.count)
    try:
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise EditError("file", f"The table cannot be read ({error}). Save it anew as “CSV UTF-8”.") from error
    for row in rows:
        if not set(COLUMNS[:4]) <= set(row) or None in row or None in row.values():
            raise EditError("file", f"Each row needs these columns: {', '.join(COLUMNS)}. Do not add, remove or rename any.")
        cells = {name: unguarded(cell) for name, cell in row.items()}
        strange = "" if cells["language"] == language else f"This row is of the language “{cells['language']}”."
        yield _Line(cells["context"], cells["english"].replace("\r\n", "\n"), cells["translation"], fault=strange)


def _taken(
    files: Files, language: str, domains: Iterable[str], lines: Iterable[_Line], by: str, on: date, numbers_ok: bool
) -> Incoming:
    """Judges each line as one typed by hand would be judged. An empty translation says nothing."""
    if language not in languages(files):
        raise EditError("language", "There is no such language.")
    ours = {entry.key: entry for entry in entries(files, language) if entry.domain in domains}
    accepted: dict[Entry, str] = {}
    refused, unknown = [], []
    for line in lines:
        entry, words = ours.get((line.context, line.msgid)), tidied(line.msgid, line.text)
        if entry is None:
            unknown.append((line.context, line.msgid))
        elif line.fault:
            refused.append((line.context, line.msgid, line.fault))
        elif _is_new(entry, words, line.clears):
            reason = fault(entry, words, numbers_ok)
            if reason:
                refused.append((line.context, line.msgid, reason))
            else:
                accepted[entry] = words
    differences = tuple(Difference(entry.context, entry.msgid, entry.msgstr, words) for entry, words in accepted.items())
    return Incoming(_written(files, language, accepted, by, on), differences, tuple(refused), tuple(unknown))


def _is_new(entry: Entry, words: str, clears: bool) -> bool:
    """clears: the file says of each entry whether it is up to date (PO does), so the same words may confirm an outdated one."""
    return bool(words) and not is_said(entry, words) and (clears or words != entry.msgstr)


def _written(files: Files, language: str, accepted: Mapping[Entry, str], by: str, on: date) -> Changes:
    changes = {}
    for domain in sorted({entry.domain for entry in accepted}):
        found = catalogue(files, language, domain)
        for entry, words in accepted.items():
            if entry.domain == domain:
                put(found.get(entry.msgid, entry.context), words, by, on)
        changes[path_of(language, domain)] = print_catalog(found)
    return changes
