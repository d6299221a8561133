"""Notices: parted by days, written, and written anew without losing a translation of words that stay."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import EditError
from bot.edits.entries import catalogue
from bot.edits.notices import Wanted, board, find, new_id, read, written
from bot.edits.switches import NOTICES
from bot.edits.translations import translate
from bot.history.files import Files
from tests.core.builders import make_notice

TODAY, TOMORROW, LATER = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 25)
WORDS = "ICE was seen in Norwalk today. Stay calm. You may stay silent."


def with_notice(files: Files, text: str = WORDS, starts: date = TODAY, ends: date = LATER) -> Files:
    return files.changed(written(files, Wanted(text, starts, ends, ("norwalk",)), "Ana", TODAY))


def test_parted_by_days() -> None:
    """The first and the last day are running ones."""
    notices = [make_notice("over", date(2026, 11, 1), date(2026, 11, 21)), make_notice("last day", date(2026, 11, 1), TODAY),
               make_notice("first day", TODAY, LATER), make_notice("soon", TOMORROW, LATER)]
    parts = board(reversed(notices), TODAY)
    assert [[n.id for n in part] for part in (parts.running, parts.coming, parts.past)] == [["last day", "first day"], ["soon"], ["over"]]


def test_a_new_notice_has_a_name(files: Files) -> None:
    """It is found by the id that the changes bring."""
    changes = written(files, Wanted(WORDS, TODAY, LATER), "Ana", TODAY)
    found = find(files.changed(changes), new_id(files, changes))
    assert (found.text, found.starts, found.ends, found.by, found.towns) == (WORDS, TODAY, LATER, "Ana", ())


def test_written_anew_it_stands_once(files: Files) -> None:
    """The old one goes, the new one has its days, towns and words."""
    one = with_notice(files)
    two = one.changed(written(one, Wanted("It is over.", TODAY, TOMORROW), "Bo", TODAY, instead_of="2026-11-22"))
    assert [(n.id, n.text, n.ends, n.by, n.towns) for n in read(two)] == [("2026-11-22", "It is over.", TOMORROW, "Bo", ())]


def test_other_days_keep_the_translation(files: Files) -> None:
    """Whoever translated it need not do so again because it runs a day longer."""
    one = with_notice(files)
    one = one.changed(translate(one, "es", "notice.2026-11-22", WORDS, "Vieron a ICE en Norwalk hoy. Mantenga la calma.", "ana", TODAY))
    two = one.changed(written(one, Wanted(WORDS, TODAY, TOMORROW, ("norwalk",)), "Ana", TODAY, instead_of="2026-11-22"))
    message = catalogue(two, "es", "messages").get(WORDS, "notice.2026-11-22")
    assert message and message.string.startswith("Vieron") and not message.fuzzy


@pytest.mark.parametrize(("wanted", "field"), [
    pytest.param(Wanted("Call 866-347-2423.", TODAY, LATER), "text", id="a forbidden number"),
    pytest.param(Wanted(WORDS, date(2026, 11, 1), date(2026, 11, 21)), "ends", id="over already"),
    pytest.param(Wanted("x" * 161, TODAY, LATER), "text", id="too long"),
    pytest.param(Wanted(WORDS, TODAY, TODAY.replace(year=2027)), "ends", id="a year long"),
])
def test_refused(files: Files, wanted: Wanted, field: str) -> None:
    """Beside its field."""
    with pytest.raises(EditError) as refused:
        written(files, wanted, "Ana", TODAY)
    assert refused.value.field == field


def test_written_anew_needs_a_change(files: Files) -> None:
    """The same words and days by the same person change nothing; an unknown notice cannot be written anew."""
    one = with_notice(files)
    with pytest.raises(EditError, match="nothing was changed"):
        written(one, Wanted(WORDS, TODAY, LATER, ("norwalk",)), "Ana", TODAY, instead_of="2026-11-22")
    with pytest.raises(EditError, match="not here any more"):
        written(files, Wanted(WORDS, TODAY, LATER), "Ana", TODAY, instead_of="2026-11-22")
    assert NOTICES == "data/answers/notices.yml"
