"""Pieces of another direction inside right-to-left text stay in one piece."""

from __future__ import annotations

import pytest

from bot.core.content import Content
from bot.core.direction import END_ISOLATE, ISOLATE, isolate_english, isolated, placed

SAID = {
    "English in brackets": ("قولوا: «لا.» (“No.”) ثم", f"قولوا: «لا.» ({ISOLATE}“No.”{END_ISOLATE}) ثم"),
    "with old direction marks": ("قولوا (\u200e“No, thanks.”\u200e)", f"قولوا ({ISOLATE}“No, thanks.”{END_ISOLATE})"),
    "two of them": ("“A” و “B”", f"{ISOLATE}“A”{END_ISOLATE} و {ISOLATE}“B”{END_ISOLATE}"),
    "Arabic in curly marks": ("قال “نعم”", "قال “نعم”"),
    "single words stay": ("وكالة ICE (warrant)", "وكالة ICE (warrant)"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("text, shown", SAID.values(), ids=SAID)
def test_quoted_english_is_isolated(text: str, shown: str) -> None:
    """Quoted English gets its own direction; everything else stays letter by letter."""
    assert isolate_english(text) == shown


def test_numbers_are_isolated_only_where_it_is_needed() -> None:
    """A left-to-right language needs no marks, and they would cost a segment."""
    assert isolated("911", "ltr") == "911"
    assert isolated("911", "rtl") == f"{ISOLATE}911{END_ISOLATE}"


def test_every_isolate_is_closed(content: Content) -> None:
    """In every Arabic sentence, marks come in pairs."""
    for said in content.translations["ar"].values():
        shown = isolate_english(said.text)
        assert shown.count(ISOLATE) == shown.count(END_ISOLATE)


@pytest.mark.parametrize("text, in_english, direction, shown", [
    pytest.param("Stay calm.", True, "rtl", f"{ISOLATE}Stay calm.{END_ISOLATE}", id="English for want of Arabic"),
    pytest.param("ابق هادئاً (“No.”)", False, "rtl", f"ابق هادئاً ({ISOLATE}“No.”{END_ISOLATE})", id="Arabic with an English word"),
    pytest.param("Stay calm.", True, "ltr", "Stay calm.", id="English for want of Polish"),
])
def test_a_sentence_keeps_its_own_direction(text: str, in_english: bool, direction: str, shown: str) -> None:
    """A whole English sentence in Arabic text is one piece, so that its full stop stays at its end."""
    assert placed(text, in_english, direction) == shown
