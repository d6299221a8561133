"""Segments are counted as phone companies bill them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.segments import GSM, UCS2, count, forcing, plainer

# text -> encoding, units, segments
COUNTED = {
    "nothing": ("", GSM, 0, 0),
    "160 letters": ("a" * 160, GSM, 160, 1),
    "161 letters": ("a" * 161, GSM, 161, 2),
    "306 letters": ("a" * 306, GSM, 306, 2),
    "307 letters": ("a" * 307, GSM, 307, 3),
    "459 letters": ("a" * 459, GSM, 459, 3),
    "80 braces take two septets each": ("{" * 80, GSM, 160, 1),
    "a euro sign is not divided between segments": ("a" * 152 + "€" + "a" * 10, GSM, 164, 2),
    "euro signs at every border": ("a" * 152 + "€" * 77, GSM, 306, 3),
    "Spanish signs of GSM-7": ("¿Qué pasó? ¡Ñandú!".replace("ó", "o").replace("ú", "u"), GSM, 18, 1),
    "Spanish ó is not in GSM-7": ("¿Qué pasó?", UCS2, 10, 1),
    "70 Chinese characters": ("中" * 70, UCS2, 70, 1),
    "71 Chinese characters": ("中" * 71, UCS2, 71, 2),
    "268 Arabic letters": ("ش" * 268, UCS2, 268, 4),
    "269 Arabic letters": ("ش" * 269, UCS2, 269, 5),
    "35 emoji": ("😀" * 35, UCS2, 70, 1),
    "an emoji is not divided between segments": ("a" * 66 + "😀" + "a" * 10, UCS2, 78, 2),
    "emoji at the border": ("ś" + "😀" * 66, UCS2, 133, 2),
    "emoji at the border, one unit moved": ("śś" + "😀" * 66, UCS2, 134, 3),
    "one emoji turns the whole message": ("a" * 152 + "😀", UCS2, 154, 3),
}


@pytest.mark.parametrize("text, encoding, units, segments", COUNTED.values(), ids=COUNTED)
def test_counts(text: str, encoding: str, units: int, segments: int) -> None:
    """Encoding, units and segments follow the standard's tables, to the unit."""
    counted = count(text)
    assert (counted.encoding, counted.units, counted.segments) == (encoding, units, segments)


PLAINER = {
    "Spanish": ("Elijo guardar silencio, ¿sí? Próximo año", "Elijo guardar silencio, ¿si? Proximo año"),
    "Portuguese": ("não, coração, São, você", "nao, coracao, Sao, voce"),
    "French": ("C’est “là”, être, œuvre…", 'C\'est "là", etre, oeuvre...'),
    "Creole": ("Èske ou genyen dwa? Wè, pòt", "Eske ou genyen dwa? Wè, pòt"),
    "Polish": ("Zażółć gęślą jaźń, ŁÓDŹ", "Zazolc gesla jazn, LODZ"),
    "dashes and spaces": ("a – b — c\u00a0d", "a - b - c d"),
    "Chinese stays": ("“警察”来了…", '"警察"来了...'),
    "Arabic stays, with its joiners": ("می\u200cخواهم شرطة", "می\u200cخواهم شرطة"),
    "emoji stays": ("ok 😀", "ok 😀"),
}


@pytest.mark.parametrize("text, plain", PLAINER.values(), ids=PLAINER)
def test_our_own_words_in_plainer_letters(text: str, plain: str) -> None:
    """Marks go only where the bare letter is GSM-7; other scripts and joiners are never stripped."""
    assert plainer(text) == plain


@given(st.text(max_size=400))
def test_plainer_letters_never_lose_a_character(text: str) -> None:
    """Whatever is written, nothing disappears and nothing becomes a question mark."""
    changed = plainer(text)
    assert len(changed) >= len(text)
    assert changed.count("?") == text.count("?")


@given(st.text(max_size=700))
def test_segments_hold_the_units(text: str) -> None:
    """There are enough segments for the units and never one too many by more than a divided character costs."""
    counted = count(text)
    room = {GSM: (160, 153), UCS2: (70, 67)}[counted.encoding]
    assert counted.units <= (room[0] if counted.segments == 1 else room[1] * counted.segments)
    assert (counted.segments == 0) == (text == "")


def test_the_characters_that_force_the_dearer_encoding() -> None:
    """Each is named once, in order."""
    assert forcing("não “ok” não ç") == ("ã", "“", "”", "ç")
