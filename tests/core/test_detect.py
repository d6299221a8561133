"""Which language a text is in: script, the model's opinion, a second one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.detect import UNSURE_BELOW, blend, by_script, guess, needs_second_opinion
from bot.core.speech import Guess

SCRIPTS = {
    "Chinese": ("移民局在我家门口", "zh"),
    "one Chinese character among Latin": ("Norwalk 的 police", "zh"),
    "Arabic": ("هل الشرطة تسأل", "ar"),
    "Arabic with a Latin town": ("شرطة Norwalk", "ar"),
    "Arabizi is Latin": ("3andi so2al", None),
    "an Arabic question mark alone": ("ICE؟", None),
    "Arabic digits alone": ("٩١١", None),
    "Chinese signs alone": ("ICE？。", None),
    "Polish": ("źródło", None),
    "nothing": ("", None),
}

OPINION = {"en": 0.5, "es": 0.3, "ht": 0.1, "ar": 0.06, "zh": 0.04}
CODES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
SHARES = st.lists(st.floats(0.001, 1), min_size=8, max_size=8).map(lambda x: {c: v / sum(x) for c, v in zip(CODES, x)})


@pytest.mark.parametrize("text, code", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_script_decides_chinese_and_arabic(text: str, code: str | None) -> None:
    """One letter of these scripts is enough; signs and digits are not letters."""
    assert by_script(text) == code


@pytest.mark.parametrize("confidence, needed", [(0.79, True), (0.8, False), (1.0, False)])
def test_a_second_opinion_is_asked_where_the_first_is_unsure(confidence: float, needed: bool) -> None:
    """Below 0.8 the model alone is not enough."""
    assert UNSURE_BELOW == 0.8
    assert needs_second_opinion({"es": confidence, "pt": 1 - confidence}) is needed


def test_the_second_opinion_moves_the_first() -> None:
    """Where the model wavers between two, the one that the second names wins; where it is sure, the second cannot turn it."""
    wavering, sure = {"es": 0.51, "pt": 0.49, "ar": 0.0}, {"es": 0.98, "pt": 0.02, "ar": 0.0}
    assert max(blend(wavering, {"pt": 1.0}), key=blend(wavering, {"pt": 1.0}).__getitem__) == "pt"
    assert blend(sure, {"pt": 1.0})["es"] > blend(sure, {"pt": 1.0})["pt"] > sure["pt"]


def test_a_language_the_second_cannot_know_is_not_lost() -> None:
    """Arabizi is Arabic in Latin letters, which the second opinion never names: Arabic keeps its lead over it."""
    blended = blend({"ar": 0.7, "en": 0.2, "ht": 0.1}, {"en": 0.9})
    assert max(blended, key=lambda code: blended[code]) == "ar"


def test_no_second_opinion_leaves_the_first_as_it_is() -> None:
    """Where the second sees nothing it knows ("911?"), no language gains and none loses."""
    assert blend(OPINION, {}) == pytest.approx(OPINION, abs=1e-3)


@given(SHARES, SHARES)
@settings(max_examples=60, deadline=None)
def test_a_blend_is_an_opinion(first: dict[str, float], second: dict[str, float]) -> None:
    """Blended weights are probabilities over the same languages."""
    blended = blend(first, second)
    assert set(blended) == set(first)
    assert sum(blended.values()) == pytest.approx(1) and min(blended.values()) >= 0


GUESSES = {
    "the best two": ("kote m ka jwenn avoka", {"fr": 0.2, "ht": 0.75, "es": 0.05}, Guess("ht", 0.75, "fr", 0.2, 5)),
    "English counts half": ("can ICE come in", {"en": 0.8, "es": 0.6}, Guess("es", 0.6, "en", 0.4, 4)),
    "clear English stays English": ("can ICE come in", {"en": 1.6, "es": 0.2}, Guess("en", 0.8, "es", 0.2, 4)),
    "Chinese needs a character": ("ni hao", {"zh": 0.9, "fr": 0.06, "es": 0.04}, Guess("fr", 0.6, "es", 0.4, 2)),
    "Arabizi may be Arabic": ("3andi so2al", {"ar": 0.9, "fr": 0.1}, Guess("ar", 0.9, "fr", 0.1, 2)),
    "Arabic script against any opinion": ("هل الشرطة تسأل عن أوراقي", {"en": 1.0, "es": 0.0}, Guess("ar", 1.0, "en", 0.0, 5)),
    "a Chinese sentence counts as several words": ("移民局", {"en": 1.0, "es": 0.0}, Guess("zh", 1.0, "en", 0.0, 3)),
    "signs are no words": ("?!", {"pl": 0.7, "es": 0.3}, Guess("pl", 0.7, "es", 0.3, 0)),
}


@pytest.mark.parametrize("text, opinion, expected", GUESSES.values(), ids=GUESSES.keys())
def test_a_guess_names_the_two_likeliest(text: str, opinion: dict[str, float], expected: Guess) -> None:
    """Script is certain; otherwise the two likeliest languages stand with their shares and the number of words, English at half."""
    found = guess(text, opinion)
    assert (found.best, found.second, found.words) == (expected.best, expected.second, expected.words)
    assert (found.confidence, found.second_confidence) == pytest.approx((expected.confidence, expected.second_confidence))
