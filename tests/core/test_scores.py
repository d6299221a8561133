"""The figures of an evaluation, checked against figures worked out by hand."""

from __future__ import annotations

import pytest

from bot.core.scores import FALLBACK, OUT_OF_SCOPE, Judged, figures, report


def _judged(
    intent: str, best: str, given: str | None = None, language: str = "es", heard: str | None = None, register: str = "plain",
) -> Judged:
    return Judged(language, intent, register, "texto", heard or language, best, given or best)


ROWS = [
    _judged("greet", "greet"),
    _judged("trust_act", "trust_act", FALLBACK, language="zh"),
    _judged("trust_act", "sanctuary", language="zh", heard="en"),
    _judged("trust_act", "sanctuary", OUT_OF_SCOPE, register="slang"),
    _judged(OUT_OF_SCOPE, "greet", register="slang"),
    _judged(OUT_OF_SCOPE, OUT_OF_SCOPE),
    _judged(OUT_OF_SCOPE, "greet", FALLBACK, language="ar"),
]

BY_HAND = {
    "messages": 7,
    "language_accuracy": 0.8571,  # 6 of 7
    "intent_accuracy": 0.4286,  # 3 of 7
    "answered": 0.5,  # 2 of the 4 that belong to us
    "right_of_answered": 0.5,  # 1 of those 2
    "false_answers": 0.3333,  # 1 of the 3 that do not
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_figure_is_what_is_counted_by_hand(name: str) -> None:
    """Each share counts over the right messages: in scope, answered, or out of scope."""
    assert figures(ROWS)[name] == BY_HAND[name]


def test_a_share_of_nothing_is_no_number() -> None:
    """Where no message counts towards a figure it is None, neither 0 nor perfect."""
    assert figures([]) == {**dict.fromkeys(BY_HAND), "messages": 0}
    assert figures([_judged("greet", "greet")])["false_answers"] is None


@pytest.mark.parametrize("given, answered", [("greet", True), (FALLBACK, False), (OUT_OF_SCOPE, False)])
def test_a_question_back_is_no_answer(given: str, answered: bool) -> None:
    """Only a topic's answer counts as answered; a question back and "I cannot help with that" do not."""
    assert _judged("greet", "greet", given).answered is answered


def test_the_report_divides_by_language_and_register() -> None:
    """Each language and register has the figures of its own messages, in alphabetical order."""
    told = report(ROWS)
    assert list(told["by_language"]) == ["ar", "es", "zh"] and list(told["by_register"]) == ["plain", "slang"]
    assert told["by_language"]["zh"] == figures(ROWS[1:3])
    assert sum(part["messages"] for part in told["by_register"].values()) == told["messages"] == 7


def test_confusions_are_the_commonest_first() -> None:
    """What was taken for what, by the first intent, the commonest first, and no more than asked for."""
    first = {"intent": "trust_act", "taken_for": "sanctuary", "count": 2}
    second = {"intent": OUT_OF_SCOPE, "taken_for": "greet", "count": 2}
    assert report(ROWS)["confusions"] == [first, second]
    assert report([*ROWS, ROWS[4]], worst=1)["confusions"] == [{**second, "count": 3}]
