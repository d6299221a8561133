"""The try page: what the running bot understands, the answer on every channel, and silence about what was written."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from bot.core.diagnosis import diagnose
from bot.core.errors import BrainError
from bot.core.exchange import Memory, Question, Setting
from bot.core.speech import Guess
from bot.core.turn import respond
from bot.doors.console import desk, trying
from bot.doors.console.models import Entry
from tests.doors.console.conftest import Console

QUESTION = "Èske polis New Haven ka mande m papye?"
LIMITS = {"threshold": 0.425, "ambiguity": 0.05, "strangeness": 4.0}
SURE = Guess("ht", 0.97, "fr", 0.02, 6)


@dataclass
class StandIn:
    """Answers as Rasa and its action would, over JSON. question, doubt: what every message is understood as."""

    question: Question = field(default_factory=lambda: Question(
        "police_ask_status", ranking=(("police_ask_status", 0.9), ("trust_act", 0.06), ("raids_now", 0.02)), guess=SURE, town="new-haven"))
    missed: tuple[str, ...] = ()
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    change: dict[str, Any] = field(default_factory=dict)
    broken: bool = False

    def ask(self, sender: str, message: str, metadata: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((sender, message, metadata))
        if self.broken:
            raise BrainError("Rasa did not answer")
        reply = respond(self.question, Memory(), Setting(desk.live(), desk.today())).reply
        told = {"diagnosis": diagnose(self.question, {"missed": self.missed, "limits": LIMITS}).payload()}
        return dict(json.loads(json.dumps({**reply.payload(), "confidence": 0.9, **told, **self.change})))


@pytest.fixture
def brain(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    stand_in = StandIn()
    monkeypatch.setattr(trying, "brain", lambda: stand_in)
    return stand_in


def tried(console: Console, **form: str) -> Any:
    return console.as_().post(reverse("try"), {"text": QUESTION, **form})


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_what_was_understood_stands_above_the_answer(console: Console, brain: StandIn) -> None:
    """Language with runner-up and certainty, town, topic with its chance, the next topics, and that the bot answers."""
    page = text_of(tried(console))
    second = desk.live().topics["trust_act"].title
    for part in ("Kreyòl ayisyen: 97%", "Français: 2%", "Sure.", "New Haven", "90%", "6%", "It answers.", second):
        assert part in page, part


def test_the_answer_comes_on_every_channel(console: Console, brain: StandIn) -> None:
    """Web page, text messages and WhatsApp stand side by side in the resident's language."""
    page = text_of(tried(console))
    assert all(heading in page for heading in ("Web page", "Text message (SMS)", "WhatsApp")) and 'lang="ht"' in page


def test_the_bot_is_asked_as_the_console(console: Console, brain: StandIn) -> None:
    """The message goes out as it is, under a new pseudonym each time, with what was chosen and the console's name."""
    tried(console, language="pt", town="norwalk")
    tried(console)
    (first, message, metadata), (second, _, guessing) = brain.asked
    assert message == QUESTION and metadata == {"language": "pt", "town": "norwalk", "page_language": None, "channel": "console"}
    assert guessing["language"] is None and guessing["town"] is None
    assert first != second and first.startswith("console-")


@pytest.mark.parametrize(("missed", "sentence"), [
    pytest.param("threshold", "The best topic has 40%; it needs 42.5%.", id="improbable"),
    pytest.param("ambiguity", "only 2% ahead of the second; it needs 5%", id="two are close"),
    pytest.param("strangeness", "must be 4 times as likely", id="none of our business"),
])
def test_why_the_bot_asks_back(console: Console, brain: StandIn, missed: str, sentence: str) -> None:
    """Each limit that is missed is named with what was measured and what it needs."""
    brain.question = Question("nlu_fallback", ranking=(("nlu_fallback", 0.6), ("trust_act", 0.4), ("raids_now", 0.38)), guess=SURE)
    brain.missed = (missed,)
    page = text_of(tried(console))
    assert "It asks back instead of answering." in page and sentence in page


def test_two_close_languages(console: Console, brain: StandIn) -> None:
    """Where the answer asks for the language, the page says so and does not call the guess sure."""
    brain.question = Question("greet", ranking=(("greet", 0.9),), guess=Guess("es", 0.5, "pt", 0.45, 3))
    page = text_of(tried(console))
    assert "Not sure: the two are close." in page and "Sure." not in page


@pytest.mark.parametrize(("word", "command", "sentence"), [
    pytest.param("menu", "/menu_help", "A fixed word: the menu.", id="menu"),
    pytest.param("STOP", "/forget", "has an answer of its own", id="stop, which phones answer otherwise"),
    pytest.param("2", '/choose{"number": "2"}', "there is no list before it", id="a choice"),
    pytest.param("العربية", '/change_language{"language": "ar"}', "The name of a language", id="a language's own name"),
    pytest.param("中文", '/change_language{"language": "zh"}', "The name of a language", id="another's"),
])
def test_fixed_words_are_not_guessed(console: Console, brain: StandIn, word: str, command: str, sentence: str) -> None:
    """What the public door reads as a command is one here too, and the page says which."""
    page = text_of(tried(console, text=word))
    assert brain.asked[0][1] == command and sentence in page and "97%" not in page


@pytest.mark.parametrize(("form", "error"), [
    pytest.param({"text": ""}, "required", id="nothing"),
    pytest.param({"text": "\u0007 \u0000 \n"}, "", id="nothing but controls"),
    pytest.param({"text": '/forget{"a": 1}'}, "cannot begin with", id="a command of Rasa's"),
    pytest.param({"text": " /restart"}, "cannot begin with", id="one behind a space"),
    pytest.param({"text": "a" * 2001}, "2000", id="too long"),
    pytest.param({"language": "de"}, "", id="an unknown language"),
    pytest.param({"town": "atlantis"}, "", id="an unknown town"),
])
def test_what_is_not_asked(console: Console, brain: StandIn, form: dict[str, str], error: str) -> None:
    """The page refuses what the public door refuses, keeps the words, and asks nobody."""
    response = tried(console, **form)
    assert response.status_code == 400 and error in response.content.decode() and brain.asked == []


def test_a_silent_bot(console: Console, brain: StandIn) -> None:
    """The page says that the bot does not answer and how to start it; the message stays in its box."""
    brain.broken = True
    response = tried(console)
    assert response.status_code == 503
    assert "make run" in text_of(response) and QUESTION in response.content.decode()


@pytest.mark.parametrize("change", [
    pytest.param({"quotes": [{"id": "x"}]}, id="half a reply"), pytest.param({"language": "de"}, id="a language we do not speak"),
    pytest.param({"diagnosis": {"guess": None}}, id="half a diagnosis"),
])
def test_a_strange_answer_is_a_silent_bot(console: Console, brain: StandIn, change: dict[str, Any]) -> None:
    """What cannot be shown is said to be no answer, and is no error of the server's."""
    brain.change = change
    assert tried(console).status_code == 503


def test_an_older_bot(console: Console, brain: StandIn) -> None:
    """A bot that does not say how it came to its answer still answers."""
    brain.change = {"diagnosis": None}
    response = tried(console)
    assert response.status_code == 200 and "start it again" in text_of(response) and "WhatsApp" in text_of(response)


def test_arabic_goes_from_right_to_left(console: Console, brain: StandIn) -> None:
    """An Arabic answer stands in its own direction, and the language's name does not turn our sentence around."""
    brain.question = Question("police_ask_status", ranking=(("police_ask_status", 0.9),), guess=Guess("ar", 1.0, "en", 0.0, 4))
    page = text_of(tried(console, text="هل تسألني الشرطة عن أوراقي؟"))
    assert 'lang="ar" dir="rtl"' in page and "\u2068العربية\u2069: 100%" in page


@pytest.mark.parametrize("broken", [False, True], ids=["answered", "not answered"])
def test_nothing_of_it_is_kept(console: Console, brain: StandIn, caplog: pytest.LogCaptureFixture, broken: bool) -> None:
    """No log line, no line of the audit log, no address and no file holds what was written."""
    brain.broken = broken
    with caplog.at_level(logging.DEBUG):
        response = tried(console)
    assert "papye" not in caplog.text and not response.has_header("Location")
    assert not Entry.objects.filter(detail__contains="papye").exists()
    state = settings.CONFIANZA.state
    assert not state.exists() or not [p for p in state.rglob("*") if p.is_file() and b"papye" in p.read_bytes()]


def test_an_address_brings_no_message(console: Console, brain: StandIn) -> None:
    """Words in an address would stay in the browser's history: they are not read."""
    response = console.as_().get(reverse("try"), {"text": QUESTION})
    assert response.status_code == 200 and brain.asked == [] and QUESTION not in response.content.decode().split("<main")[1]


def test_in_spanish(console: Console, brain: StandIn) -> None:
    """The page speaks Spanish to who chose it."""
    client = console.as_()
    client.cookies["confianza_console_language"] = "es"
    page = client.post(reverse("try"), {"text": QUESTION}).content.decode()
    assert "Lo que entendió el bot" in page and "Responde." in page
