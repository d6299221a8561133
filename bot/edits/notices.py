"""The notices in the file: which run, which come, which are over; and one written anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.core.content import Notice
from bot.core.errors import EditError
from bot.edits.numbers import refuse_forbidden
from bot.edits.switches import NOTICES, add_notice, end_notice
from bot.history.files import Changes, Files
from bot.records import notice
from bot.strings import AnswerFiles


@dataclass(frozen=True)
class Wanted:
    """A notice as an editor wants it; towns: ids, none for everybody."""

    text: str
    starts: date
    ends: date
    towns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """All notices, parted by a day, each part in the order of their days."""

    running: tuple[Notice, ...]
    coming: tuple[Notice, ...]
    past: tuple[Notice, ...]


def read(files: Files) -> tuple[Notice, ...]:
    """Returns the notices in the order of the file."""
    return tuple(map(notice, AnswerFiles(files).record("notices.yml") or ()))


def find(files: Files, id_: str) -> Notice:
    """Returns one notice; raises EditError where it is not there."""
    found = next((one for one in read(files) if one.id == id_), None)
    if found is None:
        raise EditError("", "this notice is not here any more")
    return found


def board(notices: Iterable[Notice], today: date) -> Board:
    """Parts notices into running, coming and past ones; the first and the last day count as running."""
    rows = sorted(notices, key=lambda one: (one.starts, one.ends, one.id))
    return Board(
        running=tuple(one for one in rows if one.starts <= today <= one.ends),
        coming=tuple(one for one in rows if today < one.starts),
        past=tuple(one for one in rows if one.ends < today and one.starts <= today),
    )


def written(files: Files, wanted: Wanted, by: str, today: date, instead_of: str = "") -> Changes:
    """Returns the changes that add a notice, or write the one named by `instead_of` anew; raises EditError beside a field.

    A translation stays where the words of a notice stay.
    """
    refuse_forbidden(files, {"text": wanted.text})
    if wanted.ends < today:
        raise EditError("ends", "this day is over; nobody would see the notice")
    before = files
    if instead_of:
        find(files, instead_of)
        before = files.changed({NOTICES: end_notice(files, instead_of)[NOTICES]})
    changes = add_notice(before, wanted.text, wanted.starts, wanted.ends, by, wanted.towns)
    if instead_of and changes[NOTICES] == files.read(NOTICES):
        raise EditError("", "nothing was changed")
    return changes


def new_id(files: Files, changes: Changes) -> str:
    """Returns the id of the notice that the changes bring."""
    there = read(files)
    return next((one.id for one in read(files.changed(changes)) if one not in there), "")
