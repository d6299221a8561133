"""Switching an answer off at once, and on again: who may, why, and what residents get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bot.core.faces import answered
from bot.doors.console.desk import drafts, repository, today
from bot.doors.console.models import Entry
from bot.library import load
from tests.doors.console.conftest import Console

TOPIC = "police_ask_status"
WHY = "A reader says that the number is wrong."


def press(client: Any, way: str, why: str = WHY, topic: str = TOPIC) -> Any:
    return client.post(reverse(f"answer_{way}", args=[topic]), {"why": why})


@pytest.mark.parametrize("role", ["editor", "approver", "administrator"])
def test_off_is_at_once_and_by_one_person(console: Console, checkout: Path, role: str) -> None:
    """No draft waits: the file says who, when and why, and residents get one sentence and the contacts."""
    client = console.as_(role, name="Nadia K.", username="nadia.k")
    assert press(client, "off").headers["Location"] == reverse("answer", args=[TOPIC])
    content = load(checkout)
    off = content.topics[TOPIC].off
    assert (off.by, off.on, off.why) == ("Nadia K.", today(), WHY) and drafts().all() == []
    reply = answered(content, TOPIC, "ar", None, today(), "")
    assert reply.text == content.phrase("ar", "answer_off") and reply.contacts and not reply.steps
    change = repository().history(most=1)[0]
    assert (change.author.name, change.trailers["Kind"], change.trailers["About"], change.why) == ("Nadia K.", "switch", TOPIC, WHY)
    assert Entry.objects.get(what="answer-off").about == TOPIC


def test_the_question_before_changes_nothing(console: Console, checkout: Path) -> None:
    """Opening the page asks; only sending it switches."""
    head = repository().head()
    assert "Switch off now" in console.as_("editor").get(reverse("answer_off", args=[TOPIC])).content.decode()
    assert repository().head() == head


@pytest.mark.parametrize("way", ["off", "on"])
def test_a_reason_is_needed(console: Console, checkout: Path, way: str) -> None:
    """The next person has to know."""
    response = press(console.as_("editor", "approver"), way, why="  ")
    assert response.status_code == 400 and 'id="id_why_error"' in response.content.decode()


def test_on_again_needs_an_approver(console: Console, checkout: Path) -> None:
    """It is the dangerous direction."""
    editor, approver = console.as_("editor"), console.as_("approver")
    press(editor, "off")
    assert press(editor, "on").status_code == 403 and load(checkout).topics[TOPIC].off
    text = approver.get(reverse("answer", args=[TOPIC])).content.decode()
    assert WHY in text and reverse("answer_on", args=[TOPIC]) in text
    press(approver, "on", why="The number was looked up.")
    assert load(checkout).topics[TOPIC].off is None
    assert [entry.what for entry in Entry.objects.order_by("id") if entry.what.startswith("answer-")] == ["answer-off", "answer-on"]


@pytest.mark.parametrize(("way", "topic", "message"), [
    pytest.param("on", TOPIC, "not switched off", id="on twice"),
    pytest.param("off", "greet", "no contacts", id="an answer that would leave nobody to ask"),
])
def test_what_cannot_be_switched(console: Console, checkout: Path, way: str, topic: str, message: str) -> None:
    """The page says why, and nothing changes."""
    head = repository().head()
    response = press(console.as_("editor", "approver"), way, topic=topic)
    assert response.status_code == 400 and message in response.content.decode() and repository().head() == head


def test_off_twice(console: Console, checkout: Path) -> None:
    """The first reason stays."""
    client = console.as_("editor")
    press(client, "off")
    assert press(client, "off", why="Another.").status_code == 400 and load(checkout).topics[TOPIC].off.why == WHY
