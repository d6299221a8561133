from __future__ import annotations

import pytest

from bot.core.accents import learn, restore

EXAMPLES = [
    ("pl", "Czy mogą mnie zatrzymać?"), ("pl", "ZATRZYMAĆ auto moga"), ("pl", "zatrzymac mnie"), ("pl", "mogą?"), ("pl", "łódź"),
    ("es", "¿La policía está aquí?"), ("es", "la policía y la policia"),
    ("es", "esta casa esta vacía"), ("zh", "警察 警察"), ("ar", "أوراق أوراق"),
]


def test_learns_how_words_are_mostly_written() -> None:
    """A word gets the accents that most people write, where at least two do; other scripts are left alone."""
    assert learn(EXAMPLES) == {"es": {"policia": "policía"}, "pl": {"moga": "mogą", "zatrzymac": "zatrzymać"}}


def test_the_order_of_examples_does_not_matter() -> None:
    """The same examples in another order give the same, also where two spellings are equally common."""
    tie = [("fr", "où"), ("fr", "où"), ("fr", "oû"), ("fr", "oû")]
    assert learn(tie) == learn(tie[::-1]) == {"fr": {"ou": "où"}}
    assert learn(EXAMPLES) == learn(EXAMPLES[::-1])


@pytest.mark.parametrize("typed, read", [
    pytest.param("moga mnie zatrzymac?", "mogą mnie zatrzymać?", id="without accents"),
    pytest.param("Zatrzymac! MOGA...", "zatrzymać! mogą...", id="capitals"),
    pytest.param("mogą mnie zatrzymać", "mogą mnie zatrzymać", id="with accents"),
    pytest.param("ICE na Main St.", "ICE na Main St.", id="unknown words"),
    pytest.param("", "", id="nothing"),
])
def test_restores_accents(typed: str, read: str) -> None:
    """Known words are spelled as they mostly are; everything else stays as it was typed."""
    assert restore(typed, learn(EXAMPLES)["pl"]) == read
