"""What the door keeps of a turn: numbers, and redacted questions where that is switched on; never at an answer's cost."""

from __future__ import annotations

import html
import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings

from bot.core.content import Content
from bot.core.reply import Reply
from bot.counts import counts
from bot.doors.public import observing
from bot.inbox import inbox
from bot.settings import ConsoleSettings
from bot.vocabulary import read_vocabulary
from tests.doors.conftest import Door

ASKED_BACK = "Which of these do you mean?"


@pytest.fixture(autouse=True)
def _vocabulary(content: Content) -> Iterator[None]:
    observing._ready["en"] = (content, read_vocabulary("en", content, observing.ROOT))
    yield
    observing._ready.clear()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the door logs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("confianza").addHandler(handler)
    yield written
    logging.getLogger("confianza").removeHandler(handler)


def cells(door: Door) -> dict[str, int]:
    return {cell: n for week in counts(door.settings.state)._waiting.values() for cell, n in week.items()}


def held(door: Door) -> list[str]:
    return [question.text for question in inbox(door.settings)._questions]


def ask(door: Door, **body: Any) -> None:
    assert door.client.post("/api/messages", data=body, content_type="application/json").status_code == 200


def switch_on(door: Door) -> None:
    door.settings = replace(door.settings, console=ConsoleSettings(inbox=True))
    django_settings.CONFIANZA = door.settings


def at_a_loss(door: Door, monkeypatch: pytest.MonkeyPatch, content: Content, topic: str | None = "menu_help") -> None:
    """The brain asks back, whatever it is asked."""
    told = Reply("en", "ltr", topic, ASKED_BACK, short=content.phrase("en", "clarify")).payload()
    monkeypatch.setattr(door.brain, "ask", lambda *_, **__: {**told, "confidence": 0.2})


def test_a_question_on_the_web_is_counted(door: Door) -> None:
    """Topic, language, both, channel, and that it was answered."""
    ask(door, message="do the police ask for papers")
    assert cells(door) == {"topic/police_ask_status": 1, "language/en": 1, "topic_language/police_ask_status/en": 1, "channel/web": 1,
                           "answered/en": 1}


def test_a_text_message_is_counted(door: Door) -> None:
    """By its channel."""
    door.text("do the police ask for papers")
    assert cells(door)["channel/sms"] == 1


@pytest.mark.parametrize("body", [
    pytest.param({"topic": "trust_act"}, id="a tap"), pytest.param({"message": "menu"}, id="a keyword"),
    pytest.param({"message": "ESPAÑOL"}, id="a language"),
])
def test_a_tap_and_a_keyword_are_no_questions(body: dict[str, str], door: Door) -> None:
    """They are counted by topic and language; only what is written freely is answered or not."""
    ask(door, **body)
    assert cells(door)["channel/web"] == 1
    assert not [cell for cell in cells(door) if cell.startswith(("answered", "asked_back"))]


def test_asking_back_is_counted(door: Door, monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """A question that was not understood, with a topic of the menu or none."""
    for topic in ("menu_help", None):
        at_a_loss(door, monkeypatch, content, topic)
        ask(door, message="what about my brother and the police")
    assert cells(door)["asked_back/en"] == 2
    assert "answered/en" not in cells(door)


def test_no_answer_of_rasa_is_neither(door: Door) -> None:
    """The menu of a broken brain says nothing about the question."""
    door.brain.broken = True
    ask(door, message="qwertz asdf")
    assert not {"answered/en", "asked_back/en"} & set(cells(door))


def test_a_vote_is_counted(door: Door) -> None:
    """Yes and no, by topic."""
    body = urlencode({"topic": "trust_act", "helped": "no"})
    door.client.post("/en/helped", data=body, content_type="application/x-www-form-urlencoded")
    assert cells(door) == {"helped/trust_act/no": 1}


def test_a_broken_counter_disturbs_no_answer(door: Door, monkeypatch: pytest.MonkeyPatch, log: io.StringIO) -> None:
    """Whatever goes wrong, the answer comes; the log names the error's kind and no word of the question."""
    def broken(*_: object) -> None:
        raise RuntimeError("do the police ask")

    monkeypatch.setattr(observing, "counts", broken)
    ask(door, message="do the police ask for papers")
    logged = log.getvalue()
    assert "RuntimeError" in logged and "police ask" not in logged


def test_nothing_is_kept_while_the_inbox_is_off(door: Door, monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """That is how it is delivered."""
    at_a_loss(door, monkeypatch, content)
    ask(door, message="what about my brother and the police")
    assert held(door) == []


def test_an_unanswered_question_is_kept_redacted(
    door: Door, monkeypatch: pytest.MonkeyPatch, content: Content, log: io.StringIO
) -> None:
    """From the web; nothing from a phone, which is told so. Names and numbers never, neither in memory nor in the log."""
    switch_on(door)
    at_a_loss(door, monkeypatch, content)
    ask(door, message="what about my brother Juan Pérez, call 203-555-0123")
    ask(door, message="they took maria from the police, 12 Maple Street")
    door.text("they took maria from the police, 12 Maple Street")
    assert held(door) == ["what about my brother ▢, call ▢", "they took ▢ from the police, ▢"]
    logged = log.getvalue()
    assert not [word for word in ("Juan", "brother", "555", "Maple", "maria") if word in logged]


def test_what_was_taken_for_no_topic_of_ours_is_kept(door: Door, monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """It may have been one of our topics, or should become one; it counts neither as answered nor as asked back."""
    switch_on(door)
    told = Reply("en", "ltr", "out_of_scope", "x", first="x", short="x").payload()
    monkeypatch.setattr(door.brain, "ask", lambda *_, **__: {**told, "confidence": 0.9})
    ask(door, message="what about my brother and the police")
    assert held(door) == ["what about my brother and the police"]


@pytest.mark.parametrize("message", ["do the police ask for papers", "menu", "2", "stop", "qwertz asdf"])
def test_what_has_an_answer_is_not_kept(message: str, door: Door, monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """Nor commands, digits, or a text of which nothing is left."""
    switch_on(door)
    if message != "do the police ask for papers":
        at_a_loss(door, monkeypatch, content)
    ask(door, message=message)
    assert held(door) == []


def test_until_the_vocabulary_is_read_questions_are_let_go(door: Door, monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """No raw text waits for it; it is read beside, once, and then questions are kept."""
    switch_on(door)
    at_a_loss(door, monkeypatch, content)
    observing._ready.clear()
    started: list[Any] = []
    monkeypatch.setattr(observing, "_begin", lambda *args: started.append(args))
    ask(door, message="what about my brother and the police")
    assert held(door) == []
    assert started == [("en", content)]
    observing._prepare(*started[0])
    ask(door, message="what about my brother and the police")
    assert held(door) == ["what about my brother and the police"]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ht", "zh", "ar", "pl"])
def test_no_page_and_no_answer_promises_too_much(door: Door, content: Content, language: str) -> None:
    """With the inbox on neither the chat page nor the answer about privacy says that nothing is stored."""
    promised = content.say(language, "privacy", content.topics["privacy"].short).text
    stored = content.phrase(language, "page_privacy")
    assert stored in html.unescape(door.client.get(f"/{language}/").content.decode())
    switch_on(door)
    assert stored not in html.unescape(door.client.get(f"/{language}/").content.decode())
    body = {"topic": "privacy", "language": language}
    reply = door.client.post("/api/messages", data=body, content_type="application/json").json()["reply"]
    assert promised not in reply["text"] and promised not in reply["short"] and reply["short"]
