"""What an action sends besides the answer, and to whom."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import Answer
from actions.conversation import TurnAction
from actions.fallback import Clarify
from bot.brain import Brain
from bot.core.diagnosis import read_diagnosis
from bot.settings import ROOT
from bot.yamlfile import read_yaml
from tests.running import Service

RANKING = [{"name": "police_ask_status", "confidence": 0.9}, {"name": "trust_act", "confidence": 0.06}]
GUESS = {"best": "ht", "confidence": 0.97, "second": "fr", "second_confidence": 0.02, "words": 6}
PIPELINE = read_yaml(ROOT / "config.yml")["pipeline"]
LIMITS = {name: PIPELINE[-1][name] for name in ("threshold", "ambiguity", "strangeness")}
MESSAGE = {
    "text": "Èske polis New Haven ka mande m papye?", "intent": RANKING[0], "intent_ranking": RANKING, "language_guess": GUESS,
    "entities": [{"entity": "town", "value": "new-haven"}], "town_alone": False, "doubt": {"missed": [], "limits": LIMITS},
}


def payload_of(action: TurnAction, metadata: dict[str, Any] | None, **message: Any) -> dict[str, Any]:
    """Runs an action on one message of a new conversation and returns what it sends."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker("a", {}, {**MESSAGE, "metadata": metadata, **message}, [], False, None, {}, "action_listen")
    asyncio.run(action.run(dispatcher, tracker, {}))
    return dict(dispatcher.messages[0]["custom"])


@pytest.mark.parametrize("metadata", [
    pytest.param({"channel": "web"}, id="the page"), pytest.param({"channel": "sms"}, id="a text message"),
    pytest.param({"channel": "whatsapp"}, id="WhatsApp"), pytest.param({"channel": "Console"}, id="nearly the console's name"),
    pytest.param({"channel": None}, id="no channel"), pytest.param({}, id="nothing said"), pytest.param(None, id="no metadata at all"),
])
def test_only_the_console_learns_how_an_answer_came_about(metadata: dict[str, Any] | None) -> None:
    """Residents' channels get the answer and nothing about its making."""
    assert "diagnosis" not in payload_of(Answer(), metadata)


def test_the_console_learns_it() -> None:
    """Guess, ranking, town and limits stand beside the same answer that a resident gets."""
    told = payload_of(Answer(), {"channel": "console"})
    found = read_diagnosis(told.pop("diagnosis"))
    assert told == payload_of(Answer(), {"channel": "web"})
    assert found.guess and found.guess.best == "ht" and found.town == "new-haven" and not found.asked_back
    assert [name for name, _ in found.ranking] == ["police_ask_status", "trust_act"] and dict(found.limits) == LIMITS


def test_the_console_learns_why_the_bot_asks_back() -> None:
    """The action of the fallback names the limit that was missed."""
    fallback = {"name": "nlu_fallback", "confidence": 0.7}
    low = [{"name": "police_ask_status", "confidence": 0.3}, {"name": "trust_act", "confidence": 0.2}]
    told = payload_of(Clarify(), {"channel": "console"}, intent=fallback, intent_ranking=[fallback, *low],
                      doubt={"missed": ["threshold"], "limits": LIMITS})
    found = read_diagnosis(told["diagnosis"])
    assert found.asked_back and found.missed == ("threshold",) and found.ranking[0] == ("police_ask_status", 0.3)


def test_a_model_that_says_nothing_of_limits_is_no_trouble() -> None:
    """A model made before limits were told still answers the console."""
    assert read_diagnosis(payload_of(Answer(), {"channel": "console"}, doubt=None)["diagnosis"]).missed == ()


def test_no_public_door_names_itself_the_console(root: Path) -> None:
    """The name of the console's channel stands nowhere in the public door's code."""
    sources = [path.read_text(encoding="utf-8") for path in (root / "bot" / "doors" / "public").rglob("*.py")]
    assert sources and not [text for text in sources if "diagnosis" in text or '"console"' in text]


@pytest.mark.rasa
def test_the_running_bot_tells_the_console_alone(service: Service) -> None:
    """Through Rasa itself the console gets guess, town, ranking and limits; another channel gets none of it."""
    brain, asked = Brain(service.settings.rasa_url), "Èske polis New Haven ka mande m papye?"
    assert "diagnosis" not in brain.ask("a", asked, {"channel": "web"})
    found = read_diagnosis(brain.ask("b", asked, {"channel": "console"})["diagnosis"])
    assert found.guess and found.guess.best == "ht" and found.town == "new-haven"
    assert len(found.ranking) == 5 and dict(found.limits) == LIMITS
    assert found.asked_back is bool(found.missed)
