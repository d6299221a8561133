"""In which language to answer."""

from __future__ import annotations

import pytest

from bot.core.speech import Guess, Speech, choose_language


def _guess(best: str, confidence: float, second: str = "pt", second_confidence: float = 0.0, words: int = 5) -> Guess:
    return Guess(best, confidence, second, second_confidence, words)


CASES = {
    "a choice beats everything": ("ht", "en", _guess("es", 1.0), "zh", Speech("ht")),
    "a choice is never questioned": ("ht", None, _guess("es", 0.5, "pt", 0.49), None, Speech("ht")),
    "no text keeps the conversation's": (None, "ar", None, "en", Speech("ar")),
    "no text, nothing kept: the page's": (None, None, None, "pl", Speech("pl")),
    "nothing known is English": (None, None, None, None, Speech("en")),
    "a sure first message": (None, None, _guess("zh", 0.8), None, Speech("zh")),
    "a less sure first message is still followed": (None, None, _guess("fr", 0.7, "ht", 0.1), None, Speech("fr")),
    "two close languages are asked about": (None, None, _guess("es", 0.5, "pt", 0.45), None, Speech("es", ("es", "pt"))),
    "just below close is asked": (None, None, _guess("ht", 0.5, "fr", 0.26), None, Speech("ht", ("ht", "fr"))),
    "just not close is not asked": (None, None, _guess("ht", 0.5, "fr", 0.25), None, Speech("ht")),
    "the conversation's own is not questioned": (None, "es", _guess("es", 0.5, "pt", 0.45), None, Speech("es")),
    "a long sure sentence switches": (None, "en", _guess("es", 0.9, words=3), None, Speech("es")),
    "a short one does not switch": (None, "en", _guess("es", 0.99, words=2), None, Speech("en")),
    "an unsure one does not switch": (None, "en", _guess("es", 0.89, words=20), None, Speech("en")),
    "the page is a habit too": (None, None, _guess("es", 0.85, words=20), "en", Speech("en")),
    "a sure sentence beats the page": (None, None, _guess("es", 0.95, words=3), "en", Speech("es")),
    "signs without a word tell no language": (None, None, _guess("fr", 1.0, words=0), None, Speech("en")),
    "the conversation beats the page": (None, "pl", _guess("fr", 0.5), "en", Speech("pl")),
}


@pytest.mark.parametrize("explicit, kept, guess, page, expected", CASES.values(), ids=CASES.keys())
def test_choice_then_habit_then_detection(
    explicit: str | None, kept: str | None, guess: Guess | None, page: str | None, expected: Speech,
) -> None:
    """An explicit choice wins, then the conversation's language unless a long sure sentence breaks it, then what was detected."""
    assert choose_language(explicit, kept, guess, page) == expected
