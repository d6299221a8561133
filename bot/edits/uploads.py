"""A file of translations that came in: which kind it is, what it would change, and where only its numbers are doubtful."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.catalogs import parse_catalog
from bot.core.errors import ContentError, EditError
from bot.edits.entries import entries
from bot.edits.sheets import COLUMNS, Difference, Incoming, import_csv, import_po
from bot.history.files import Files
from bot.strings import DOMAINS

_PO = re.compile(r'^msgid[ \t]+"', re.MULTILINE)


@dataclass(frozen=True)
class DryRun:
    """What a file would change: `sure` without any question, `whole` where somebody says that differing numbers are right."""

    sure: Incoming
    whole: Incoming

    @property
    def doubtful(self) -> tuple[Difference, ...]:
        """What is refused for its numbers alone."""
        return tuple(found for found in self.whole.accepted if found not in self.sure.accepted)


def dry_run(files: Files, language: str, text: str, by: str, on: date) -> DryRun:
    """Reads the text of a PO file or a table, whichever it is; raises EditError (file) where it is neither."""
    if not _PO.search(text):
        raw = _table(text).encode()
        return DryRun(import_csv(files, language, raw, by, on), import_csv(files, language, raw, by, on, numbers_ok=True))
    domain = _domain(files, language, text)
    return DryRun(
        import_po(files, language, domain, text, by, on), import_po(files, language, domain, text, by, on, numbers_ok=True),
    )


def _table(text: str) -> str:
    """A table without a row names no column, and would pass for one that changes nothing."""
    if not set(COLUMNS[:4]) <= set(re.findall(r"\w+", text.split("\n", 1)[0])):
        raise EditError("file", f"This is neither a PO file nor a table with the columns {', '.join(COLUMNS)}.")
    return text


def _domain(files: Files, language: str, text: str) -> str:
    """Names the catalogue that a PO file was taken from: the one that has most of its sentences."""
    try:
        keys = {(m.context or "", str(m.id)) for m in parse_catalog(text, language, "the file") if m.id}
    except ContentError as error:
        raise EditError("file", str(error)) from error
    owners = Counter(entry.domain for entry in entries(files, language) if entry.key in keys)
    return owners.most_common(1)[0][0] if owners else DOMAINS[0]
