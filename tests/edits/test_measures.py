"""Counting a sentence while it is written: room, reading, the price as a text message and the character that makes it."""

from __future__ import annotations

import pytest

from bot.core.segments import GSM, UCS2
from bot.edits.measures import HARD, PLAIN, UNRATED, WORDY, character_name, measure

LEVELS = [
    pytest.param("No.", UNRATED, id="too few words to say"),
    pytest.param("You may stay quiet. You can ask for help.", PLAIN, id="short sentences"),
    pytest.param("Ask the officers for their names and their badge numbers before you open the door of the apartment.", WORDY,
                 id="one long sentence"),
    pytest.param("Municipal representatives accommodate individuals irrespective of status.", HARD, id="officialese"),
]


@pytest.mark.parametrize(("text", "level"), LEVELS)
def test_how_hard_it_reads(text: str, level: str) -> None:
    """Up to year 6 is plain, up to 8 better shorter, above that not taken; of a few words nothing is said."""
    assert measure(text).level == level


@pytest.mark.parametrize(("text", "replaced", "costly", "encoding"), [
    pytest.param("Ask: \"Am I free to go?\"", (), (), GSM, id="plain quotes"),
    pytest.param("Ask: “Am I free to go?” It’s your right.", ("“", "”", "’"), (), GSM, id="curly quotes become plain"),
    pytest.param("Café Zoë", ("ë",), (), GSM, id="a letter with a mark that the phone's alphabet has, and one it has not"),
    pytest.param("Show the card 🪪 now.", (), ("🪪",), UCS2, id="an emoji stays"),
    pytest.param("“Yes” 是", ("“", "”"), ("是",), UCS2, id="another script stays"),
    pytest.param("", (), (), GSM, id="nothing"),
])
def test_what_forces_the_dear_alphabet(text: str, replaced: tuple[str, ...], costly: tuple[str, ...], encoding: str) -> None:
    """What a phone message replaces by itself is told apart from what costs more."""
    found = measure(text)
    assert (found.replaced, found.costly, found.cost.encoding) == (replaced, costly, encoding)


@pytest.mark.parametrize(("text", "limit", "over"), [
    pytest.param("x" * 300, 300, 0, id="fits"),
    pytest.param("x" * 301, 300, 1, id="one too many"),
    pytest.param("x" * 999, 0, 0, id="no limit"),
    pytest.param("  a   b\n c ", 5, 0, id="spaces as they are kept"),
])
def test_room(text: str, limit: int, over: int) -> None:
    """Characters count as they will be kept."""
    assert measure(text, limit).over == over


def test_segments_are_those_of_the_cheaper_way() -> None:
    """Plain quotes save a segment, and the phone message gets them."""
    text = "“" + "a" * 150 + "”"
    assert measure(text).cost.segments == 1


@pytest.mark.parametrize(("char", "name"), [("“", "left double quotation mark"), ("\ue000", "U+E000")])
def test_names(char: str, name: str) -> None:
    """A character is named so that it can be found on the page."""
    assert character_name(char) == name
