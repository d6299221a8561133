"""Words are found in a document whatever its white space, and a selection becomes whole words, never half of one."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import DocumentError
from bot.core.passages import digest, find, passage, spaced

TEXT = ("The chief said:\n“We don’t  ask about\u00a0status, and cannot hold 1,000 people.”\n"
        "他说我们不问身份。 لا نسألُ عن الأوراق. Nou pa mande papye.")


@pytest.mark.parametrize("words, shown", [
    pytest.param("We don’t ask about status", "We don’t  ask about\u00a0status", id="other white space"),
    pytest.param("said: “We", "said:\n“We", id="over a line"),
    pytest.param("我们不问", "我们不问", id="chinese"),
    pytest.param("نسألُ عن", "نسألُ عن", id="arabic with its marks"),
    pytest.param("We don't ask", None, id="straight apostrophe"),
    pytest.param("we don’t ask", None, id="small letter"),
    pytest.param("status. and", None, id="a dot is no wildcard"),
    pytest.param("", None, id="nothing"),
    pytest.param(" \n", None, id="white space alone"),
])
def test_words_are_found_with_their_own_white_space(words: str, shown: str | None) -> None:
    """The span holds the words as the document has them; any other letter is not found."""
    span = find(TEXT, words)
    assert (TEXT[slice(*span)] if span else None) == shown


@given(st.text("ab. \n\u00a0", max_size=12), st.text("ab. \n\u00a0", min_size=1, max_size=4).filter(str.strip))
def test_finding_and_the_check_agree(text: str, words: str) -> None:
    """What can be found is what `confianza check --documents` takes as standing there."""
    span = find(text, words)
    assert (span is not None) == (spaced(words) in spaced(text))
    assert span is None or spaced(text[slice(*span)]) == spaced(words)


@pytest.mark.parametrize("selected, whole", [
    pytest.param("ask about", "ask about", id="exact"),
    pytest.param("  ask about\u00a0", "ask about", id="white space at both ends"),
    pytest.param("on’t  as", "don’t  ask", id="touched words come whole, white space as it is"),
    pytest.param("We don", "We don’t", id="the not of don’t is not lost"),
    pytest.param("can", "cannot", id="the not of cannot is not lost"),
    pytest.param("hold 1", "hold 1,000", id="a number is not cut"),
    pytest.param("status", "status", id="no mark after the word"),
    pytest.param("们不问", "们不问", id="chinese has no spaces to widen to"),
    pytest.param("سأل", "نسألُ", id="arabic with its vowel sign"),
    pytest.param("ou pa man", "Nou pa mande", id="creole"),
])
def test_a_selection_becomes_whole_words(selected: str, whole: str) -> None:
    """A quotation begins and ends with whole words and holds them as they stand in the document."""
    start = TEXT.index(selected)
    assert passage(TEXT, start, start + len(selected)) == whole


@pytest.mark.parametrize("start, end", [
    pytest.param(3, 3, id="nothing"), pytest.param(5, 2, id="backwards"), pytest.param(-3, 5, id="before the text"),
    pytest.param(0, 9999, id="beyond the text"), pytest.param(15, 16, id="a line break"),
])
def test_a_selection_without_words_is_refused(start: int, end: int) -> None:
    """Offsets that hold no words of the text are an error with a code."""
    with pytest.raises(DocumentError) as caught:
        passage(TEXT, start, end)
    assert caught.value.code == "nothing-selected"


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_a_passage_always_stands_in_its_document(start: int, end: int) -> None:
    """Whatever is selected, the quotation is a piece of the text and holds all selected words."""
    if start < end and TEXT[start:end].strip():
        words = passage(TEXT, start, end)
        assert words in TEXT and TEXT[start:end].strip() in words and words == words.strip()


def test_the_digest_is_that_of_the_sources() -> None:
    """Quotations carry the SHA-256 of their words in UTF-8."""
    assert digest("papye’w") == hashlib.sha256("papye’w".encode()).hexdigest()
