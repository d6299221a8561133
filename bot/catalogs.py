"""Babel catalogues: writes locales/*.pot, brings each language's .po files up to date, reads them back.

English is the msgid. When the English changes, Babel's update either marks the old translation fuzzy or drops it;
both are shown to residents with a notice, never silently.
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.core.errors import ContentError
from bot.strings import DOMAINS, segments

_PO_LINE = re.compile(r'^(msg\w+(\[\d\])? )?"([^"\\]|\\.)*"$')
NO_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)


def template(domain: str, answers: Path) -> Catalog:
    """Returns the catalogue of all English segments of a domain, without translations."""
    catalog = Catalog(project="Confianza", charset="utf-8", fuzzy=False)
    for segment in segments(domain, answers):
        comments = [segment.comment] if segment.comment else []
        catalog.add(segment.text, locations=[(segment.file, None)], auto_comments=comments, context=segment.context)
    return catalog


def read_catalog(path: Path, language: str) -> Catalog:
    """Reads one .po file; raises ContentError with file, line and remedy."""
    try:
        _refuse_lost_quotes(path)
        with path.open("rb") as file:
            # The locale is left out: Babel knows no plural rules that we use, and not every language of ours.
            return read_po(file, domain=path.stem, charset="utf-8", abort_invalid=True)
    except FileNotFoundError as error:
        raise ContentError(f"{path}: this catalogue is missing; run `make strings`") from error
    except PoFileError as error:
        raise ContentError(f"{path}:{error.lineno + 1}: not a valid PO file; mend that line") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise ContentError(f"{path}: cannot be read as a {language} catalogue; save it as UTF-8 PO ({error})") from error


def _refuse_lost_quotes(path: Path) -> None:
    """Babel reads `msgstr "Bonjou` as "Bonjo"; a letter of a word or a digit of a number would go without a trace."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#") and not _PO_LINE.match(line.strip()):
            raise ContentError(f"{path}:{number}: not a PO line (each text stands in one pair of quotation marks); mend that line")


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
    known = {(message.context, message.string) for message in catalog if message.id}
    catalog.update(fresh, update_header_comment=False)
    _drop_strangers(catalog, known)
    return _write(path, catalog)


def _drop_strangers(catalog: Catalog, known: set[tuple[str | None, object]]) -> None:
    """Takes a guessed translation away that is of another piece: Babel lends that of a like sentence elsewhere."""
    for message in catalog:
        if message.id and message.fuzzy and (message.context, message.string) not in known:
            message.string = ""
            message.flags.discard("fuzzy")


def _write(path: Path, catalog: Catalog) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Dates in the header would change the file at every run, and the diff would hide what a translator did.
    catalog.creation_date = catalog.revision_date = NO_DATE
    with path.open("wb") as file:
        write_po(file, catalog, width=0, omit_header=False, ignore_obsolete=True, include_lineno=False)
    return path
