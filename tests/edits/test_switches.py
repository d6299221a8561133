"""What acts at once: an answer off and on again, a notice that ends by itself."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import EditError
from bot.edits.answers import path_of
from bot.edits.switches import NOTICES, add_notice, end_notice, switch_off, switch_on
from bot.history.candidate import judge, read_content
from bot.history.files import Files

TODAY, LATER = date(2026, 11, 22), date(2026, 11, 24)


def test_off_and_on_again(files: Files) -> None:
    """Switching off adds one line; switching on again gives the file back as it was, to the letter."""
    off = files.changed(switch_off(files, "plate_readers", "Ana", TODAY, "The city changed: “it”"))
    assert not judge(off)
    topic = read_content(off).topics["plate_readers"]
    assert topic.off
    assert (topic.off.by, topic.off.on, topic.off.why) == ("Ana", TODAY, "The city changed: “it”")
    on = off.changed(switch_on(off, "plate_readers"))
    assert on.read(path_of("plate_readers")) == files.read(path_of("plate_readers"))


def test_off_needs_a_reason_and_happens_once(files: Files) -> None:
    """Switching off says why; what is off cannot be switched off again, what is on not on."""
    with pytest.raises(EditError):
        switch_off(files, "plate_readers", "Ana", TODAY, "  ")
    off = files.changed(switch_off(files, "plate_readers", "Ana", TODAY, "why"))
    with pytest.raises(EditError, match="already"):
        switch_off(off, "plate_readers", "Bo", TODAY, "why")
    with pytest.raises(EditError, match="not switched off"):
        switch_on(files, "plate_readers")


def test_notices_come_and_go(files: Files) -> None:
    """Two notices pass the check and have names of their own; taken away again, the file is as it was."""
    text = "ICE was seen in Norwalk today: stay calm. “Know your rights.”"
    one = files.changed(add_notice(files, text, TODAY, LATER, "Ana", ("norwalk",)))
    two = one.changed(add_notice(one, "The office is closed on Friday.", TODAY, TODAY, "Bo", ()))
    assert not judge(two)
    notices = {n.id: n for n in read_content(two).notices} if not isinstance(read_content(two).notices, dict) else read_content(two).notices
    assert set(notices) == {"2026-11-22", "2026-11-22-2"}
    assert notices["2026-11-22"].text == text
    none = two.changed(end_notice(two, "2026-11-22"))
    none = none.changed(end_notice(none, "2026-11-22-2"))
    assert none.read(NOTICES) == files.read(NOTICES)
    with pytest.raises(EditError):
        end_notice(none, "2026-11-22")


@pytest.mark.parametrize(("text", "starts", "ends", "field"), [
    pytest.param("", TODAY, LATER, "text", id="nothing said"),
    pytest.param("x" * 161, TODAY, LATER, "text", id="too long"),
    pytest.param("See {url}", TODAY, LATER, "text", id="braces"),
    pytest.param("Hello.", LATER, TODAY, "ends", id="ends before it starts"),
    pytest.param("Hello.", TODAY, date(2027, 11, 22), "ends", id="a year long"),
])
def test_refused_notices(files: Files, text: str, starts: date, ends: date, field: str) -> None:
    """A notice is short, dated, and ends."""
    with pytest.raises(EditError) as refused:
        add_notice(files, text, starts, ends, "Ana", ())
    assert refused.value.field == field
