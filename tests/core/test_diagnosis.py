"""How an answer came about: what goes from the action to the advocates' try page."""

from __future__ import annotations

import json

import pytest

from bot.core.diagnosis import RANKED, Diagnosis, diagnose, read_diagnosis
from bot.core.doubt import FALLBACK
from bot.core.exchange import Question
from bot.core.speech import Guess

SURE = Guess("ht", 0.97, "fr", 0.02, 6)
CLOSE = Guess("es", 0.5, "pt", 0.4, 3)
RANKING = ((FALLBACK, 0.6), ("trust_act", 0.4), ("sanctuary", 0.38), ("raids_now", 0.1), ("a", 0.05), ("b", 0.04), ("c", 0.03))
DOUBT = {"missed": ["threshold", "ambiguity"], "limits": {"threshold": 0.425, "ambiguity": 0.05, "strangeness": 4.0}}


def test_the_fallback_is_no_topic() -> None:
    """The ranking holds topics only, at most five, best first; that the bot asks back stands beside it."""
    found = diagnose(Question(FALLBACK, ranking=RANKING), DOUBT)
    assert found.ranking == RANKING[1:6] and len(found.ranking) == RANKED and found.asked_back
    assert found.missed == ("threshold", "ambiguity") and found.limits["threshold"] == 0.425
    assert found.lead == pytest.approx(0.02)


@pytest.mark.parametrize(("guess", "explicit", "sure", "ask"), [
    pytest.param(SURE, None, True, (), id="one language is far ahead"),
    pytest.param(CLOSE, None, False, ("es", "pt"), id="two are close: the answer asks"),
    pytest.param(CLOSE, "es", False, (), id="two are close, but one was chosen"),
    pytest.param(Guess("en", 0.9, "es", 0.1, 0), None, False, (), id="no words, no certainty"),
    pytest.param(None, None, False, (), id="no guess"),
])
def test_certainty_of_the_language(guess: Guess | None, explicit: str | None, sure: bool, ask: tuple[str, ...]) -> None:
    """Sure and asking follow the rule by which the answer's language is chosen."""
    found = diagnose(Question("greet", guess=guess, explicit_language=explicit), None)
    assert (found.is_sure, found.ask) == (sure, ask)


@pytest.mark.parametrize("question", [
    pytest.param(Question("trust_act", "x", RANKING[1:], town="new-haven", guess=SURE), id="all that can be known"),
    pytest.param(Question("inform_town", town="norwalk", town_alone=True), id="a town alone"),
    pytest.param(Question("menu_help"), id="a command: nothing was understood"),
])
@pytest.mark.parametrize("doubt", [DOUBT, None], ids=["limits known", "an older model says nothing of limits"])
def test_it_comes_back_from_json(question: Question, doubt: dict | None) -> None:
    """What the console reads is what the action has written."""
    found = diagnose(question, doubt)
    assert read_diagnosis(json.loads(json.dumps(found.payload()))) == found


def test_the_message_is_not_in_it() -> None:
    """It says what was understood, not what was written."""
    assert "papye" not in json.dumps(diagnose(Question("trust_act", "Èske yo ka mande m papye?", RANKING), DOUBT).payload())


@pytest.mark.parametrize("payload", [
    pytest.param({}, id="nothing"),
    pytest.param({**Diagnosis().payload(), "more": 1}, id="an unknown name"),
    pytest.param({**Diagnosis().payload(), "ranking": [["a", "often"]]}, id="a chance that is no number"),
    pytest.param({**Diagnosis().payload(), "guess": {"best": "en"}}, id="half a guess"),
])
def test_another_form_is_an_error(payload: dict) -> None:
    """What is no diagnosis is not taken for one."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_diagnosis(payload)
