"""Pieces of a document: every sentence can be chosen, and what is cut up joins to the same text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.passages import passage
from bot.core.pieces import pieces, stretches, trimmed

TEXTS = st.text(alphabet="a b\n.,;“”\"?é李。لا👮\u00a0", max_size=60)


@pytest.mark.parametrize("text, expected", [
    pytest.param("We ask no one. Nobody!\nNot here", ["We ask no one.", "Nobody!", "Not here"], id="sentences and lines"),
    pytest.param("The chief said, “We treat everyone the same,” and left.", ["The chief said", "We treat everyone the same", "and left."],
                 id="words within quotation marks"),
    pytest.param('He said "no."', ["He said", "no."], id="straight marks"),
    pytest.param("Nou pa mande papye (janmè.) Vini.", ["Nou pa mande papye (janmè.)", "Vini."], id="a bracket after the point"),
    pytest.param("我们不问。他说“不问身份”。", ["我们不问。", "他说", "不问身份"], id="Chinese without spaces"),
    pytest.param("لا نسأل. هل هذا صحيح؟ نعم", ["لا نسأل.", "هل هذا صحيح؟", "نعم"], id="Arabic"),
    pytest.param("\n ”… \n", [], id="no words"),
    pytest.param("", [], id="nothing"),
])
def test_pieces(text: str, expected: list[str]) -> None:
    """Sentences, and their parts within quotation marks, are rows of their own; marks alone are none."""
    assert [text[start:end] for start, end in pieces(text)] == expected


@given(TEXTS)
def test_pieces_lose_no_word(text: str) -> None:
    """Pieces stand in order without overlap, and every letter is in one of them."""
    found = pieces(text)
    assert all(start < end for start, end in found) and list(found) == sorted(found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert sum(c.isalnum() for c in text) == sum(c.isalnum() for start, end in found for c in text[start:end])


@pytest.mark.parametrize("first, last, expected", [
    pytest.param(0, 0, "We treat everyone, Duff said.", id="nothing goes"),
    pytest.param(0, 2, "We treat everyone", id="the comma before what goes at the end"),
    pytest.param(1, 1, "treat everyone, Duff", id="both ends"),
    pytest.param(4, 0, "said.", id="the last word stays"),
    pytest.param(3, 2, "", id="nothing is left"),
    pytest.param(0, 9, "", id="more than there are"),
])
def test_trimmed(first: int, last: int, expected: str) -> None:
    """So many words go at each end."""
    text = "Yes. We treat everyone, Duff said. No."
    start, end = trimmed(text, (5, 34), first, last)
    assert text[start:end] == expected


@given(TEXTS, st.integers(0, 4), st.integers(0, 4))
def test_what_is_trimmed_lies_within(text: str, first: int, last: int) -> None:
    """No choice reaches beyond the sentences that were chosen."""
    for start, end in pieces(text):
        one, other = trimmed(text, (start, end), first, last)
        assert start <= one <= other <= end


def test_stretches_know_their_passages() -> None:
    """Passages may overlap; each ends in one stretch."""
    found = list(stretches("one two three four", {"a": (0, 7), "b": (4, 13), "c": (4, 13)}))
    assert [(part.text, part.inside, part.ending) for part in found] == [
        ("one ", ("a",), ()), ("two", ("a", "b", "c"), ("a",)), (" three", ("b", "c"), ("b", "c")), (" four", (), ()),
    ]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_stretches_join_to_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Marking passages changes no character, and each that holds words ends exactly once."""
    passages = {str(n): (min(s, len(text)), min(e, len(text))) for n, (s, e) in enumerate(spans) if min(s, len(text)) < min(e, len(text))}
    found = list(stretches(text, passages))
    assert "".join(part.text for part in found) == text
    assert sorted(name for part in found for name in part.ending) == sorted(passages)


def test_a_sentence_that_is_chosen_can_be_quoted() -> None:
    """What a piece gives is what a selection with a pointer gives."""
    text = "Ask.\nPolice officers shall not inquire. No."
    (_, span, _) = pieces(text)
    assert passage(text, *span) == "Police officers shall not inquire."
