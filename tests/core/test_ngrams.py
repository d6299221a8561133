"""The pieces that the models count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ngrams import LONGEST, both, char_ngrams, word_tokens

GRAMS = {
    "one letter": ("a", [" ", "a", " ", " a", "a ", " a "]),
    "two words are counted apart": ("y a", [" ", "y", " ", " y", "y ", " y ", " ", "a", " ", " a", "a ", " a "]),
    "nothing": ("", []),
    "spaces": ("  ", []),
}

HELD = {
    "Creole": ("lapolis", ["l", "pol", "polis", " lapo", "olis "]),
    "Arabic": ("الشرطة", ["شرط", "رطه "]),
    "Chinese: one and two characters": ("移民局在门口", ["移", "移民", "民局", "门口"]),
}

TOKENS = {
    "Polish, folded": ("Źródło prawa?", ["=zrodlo", "=prawa"]),
    "an apostrophe stays": ("M’ap tann", ["=m'ap", "=tann"]),
    "Arabic, one form for each letter": ("إقامة", ["=اقامه"]),
    "Chinese": ("移民局", ["=移民局"]),
    "nothing": ("?!", []),
}


@pytest.mark.parametrize("text, expected", GRAMS.values(), ids=GRAMS.keys())
def test_ngrams_are_those_of_each_padded_word(text: str, expected: list[str]) -> None:
    """Each word stands between one space on both sides, and all its runs of one to five are counted, none across words."""
    assert char_ngrams(text) == expected


@pytest.mark.parametrize("text, expected", HELD.values(), ids=HELD.keys())
def test_ngrams_hold_the_pieces_that_tell(text: str, expected: list[str]) -> None:
    """Beginnings, endings and middles of words are among the pieces, in every script."""
    assert set(expected) <= set(char_ngrams(text))


@pytest.mark.parametrize("text, expected", TOKENS.values(), ids=TOKENS.keys())
def test_words_are_marked(text: str, expected: list[str]) -> None:
    """Words are folded and marked, so that no word is mistaken for an n-gram."""
    assert word_tokens(text) == expected


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_pieces_are_short_and_words_apart(text: str) -> None:
    """No n-gram is longer than five, none holds an inner space, and both kinds together are just the two lists."""
    grams = char_ngrams(text)
    assert all(len(gram) <= LONGEST == 5 and " " not in gram[1:-1] for gram in grams)
    assert both(text) == grams + word_tokens(text)


@given(st.text(alphabet="abcéèñłążشرطة移民 ", max_size=30))
@settings(max_examples=60, deadline=None)
def test_case_makes_no_difference(text: str) -> None:
    """A text in capitals has the same pieces."""
    assert both(text.upper()) == both(text)
