"""Words the encoder cannot read, turned into words it can."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.wordtable import WordTable, arabizi_to_arabic, word_table

CREOLE = word_table({"lapolis": "la police", "dèyè": "derrière", "ki": "que", "ki sa": "quoi", "m'ap": "je vais", "ti": ""})
ARABIC = word_table({"شو": "ماذا", "ليش": "لماذا", "بدي": "أريد", "yalla": "هيا"}, arabizi=True)

APPLIED: dict[str, tuple[WordTable, str, str]] = {
    "a word": (CREOLE, "lapolis", "la police"),
    "case and accents do not matter": (CREOLE, "LAPOLIS deye", "la police derrière"),
    "unknown words stay as they are": (CREOLE, "Norwalk LAPOLIS", "Norwalk la police"),
    "a pair wins over its words": (CREOLE, "ki sa", "quoi"),
    "a word of a pair alone": (CREOLE, "ki lapolis", "que la police"),
    "a pair at the end": (CREOLE, "lapolis ki sa", "la police quoi"),
    "signs stay": (CREOLE, "lapolis?", "la police ?"),
    "a sign divides a pair": (CREOLE, "ki, sa", "que , sa"),
    "an emptied word leaves no gap": (CREOLE, "ti lapolis", "la police"),
    "an apostrophe of a typewriter": (CREOLE, "m'ap", "je vais"),
    "an apostrophe of a phone": (CREOLE, "m’ap", "je vais"),
    "an accent typed apart": (CREOLE, "de\u0300ye\u0300", "derrière"),
    "a dialect word": (ARABIC, "شو حقوقي؟", "ماذا حقوقي ؟"),
    "a dialect word with a vowel mark": (ARABIC, "لِيش", "لماذا"),
    "Arabizi": (ARABIC, "7okouma", "حوكوما"),
    "a Latin word of the table": (ARABIC, "Yalla", "هيا"),
    "Latin words without digits stay": (ARABIC, "Norwalk police", "Norwalk police"),
    "numbers stay": (ARABIC, "911", "911"),
    "Arabizi is read only where it is asked for": (CREOLE, "7okouma", "7okouma"),
    "nothing": (CREOLE, "", ""),
}

WRITTEN = {
    "single letters": ("7bs", "حبس"),
    "two letters for one": ("khbr", "خبر"),
    "a digit with an apostrophe": ("3'rb", "غرب"),
    "the longest first": ("shghl", "شغل"),
    "an apostrophe alone falls away": ("b'd", "بد"),
}


@pytest.mark.parametrize("table, text, expected", APPLIED.values(), ids=APPLIED.keys())
def test_words_are_turned_one_by_one(table: WordTable, text: str, expected: str) -> None:
    """Known pairs and words are replaced, everything else stays; case, accents and the kind of apostrophe do not matter."""
    assert table.apply(text) == expected


@pytest.mark.parametrize("word, arabic", WRITTEN.values(), ids=WRITTEN.keys())
def test_arabizi_is_written_in_arabic_letters(word: str, arabic: str) -> None:
    """Each Latin sound has its Arabic letter; two letters for one sound are read together."""
    assert arabizi_to_arabic(word) == arabic


def test_arabizi_is_looked_up_in_the_table() -> None:
    """An Arabizi word whose Arabic spelling is in the table gives what the table says."""
    assert word_table({"حبس": "سجن"}, arabizi=True).apply("7bs") == "سجن"


@given(st.text(alphabet="abc ABC éè شو移民 .?!'12", max_size=30))
@settings(max_examples=60, deadline=None)
def test_an_empty_table_changes_no_word(text: str) -> None:
    """Where the table knows nothing, every word is still there in its order."""
    assert word_table({}).apply(text).replace(" ", "") == text.replace(" ", "")
