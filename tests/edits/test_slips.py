"""A slip of the pen leaves translations valid; what turns the meaning is none."""

from __future__ import annotations

import pytest

from bot.edits.slips import is_slip


@pytest.mark.parametrize(("old", "new"), [
    pytest.param("You do not have to opne.", "You do not have to open.", id="two letters"),
    pytest.param("Ask a lawyer , now", "Ask a lawyer, now.", id="signs"),
    pytest.param("ask for a Lawyer", "Ask for a lawyer", id="capitals"),
])
def test_slips(old: str, new: str) -> None:
    """Letters and signs may change."""
    assert is_slip(old, new)


@pytest.mark.parametrize(("old", "new"), [
    pytest.param("You do not have to open.", "You do have to open.", id="a not is lost"),
    pytest.param("You must open.", "You may open.", id="must and may"),
    pytest.param("They count.", "They don’t count.", id="a short not"),
    pytest.param("within 48 hours", "within 48 days", id="hours and days"),
    pytest.param("on 1 October", "on 1 April", id="months"),
    pytest.param("Stay calm.", "Leave the house.", id="another sentence"),
    pytest.param("Call a lawyer.", "Call a lawyer. Pay them.", id="a sentence more"),
])
def test_no_slips(old: str, new: str) -> None:
    """What turns the meaning needs its translations looked at."""
    assert not is_slip(old, new)
