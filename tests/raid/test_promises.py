"""Each broken promise is seen, and a run that broke none is praised for it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from raid.promises import broken
from raid.report import publish, render

KEPT: dict[str, Any] = {
    "messages": 90, "people": 30, "seconds": 60.0, "fault": "none", "limits": "raid", "outcomes": {"full": 88, "left": 2}, "lost": 0,
    "without_contact": 0, "mixed": 0, "logged": 0, "calm": 24, "calm_full": 24, "copies": 5, "copies_differ": 0, "phone_messages": 60,
    "phone_turns": 60, "web_answered": 28, "web_turns": 29, "web_left": 2, "examples": [], "busy": False, "taken": "2026-11-22",
    "by_channel": {name: {"messages": 30, "p50": 0.1, "p95": 0.2, "p99": 0.3, "max": 1.0} for name in ("sms", "api", "page")},
    "memory": {"rasa": (250.0, 251.0)}, "machine": {"system": "Linux", "processor": "A", "cores": 2, "gigabytes": 24},
    "course": [{"at": 0.0, "rate": 1.5, "short": 0.0, "p50": 0.1, "max": 1.0}],
}
BREACHES = {
    "an error": ({"outcomes": {"error": 1}}, "1 messages got an error"),
    "nothing": ({"outcomes": {"nothing": 1}}, "1 messages got nothing"),
    "somebody else's": ({"outcomes": {"foreign": 1}}, "1 messages got somebody else's answer"),
    "silence": ({"outcomes": {"silence": 1}}, "1 messages were met with silence"),
    "another answer": ({"outcomes": {"other": 1}}, "1 messages got another answer than on a quiet day"),
    "lost": ({"lost": 1}, "1 messages were never sent"),
    "nobody to call": ({"without_contact": 1}, "1 short answers named nobody to call"),
    "mixed": ({"mixed": 1}, "1 chats got mixed up"),
    "logged": ({"logged": 1}, "1 texts, numbers or chats stand in a log"),
    "not healed": ({"calm_full": 23}, "afterwards only 23 of 24 answers were full and right"),
    "two answers": ({"copies_differ": 1}, "1 repeated messages got two answers"),
    "twice by phone": ({"phone_turns": 61}, "61 turns for 60 messages by phone"),
    "lost by phone": ({"phone_turns": 59}, "59 turns for 60 messages by phone"),
    "twice on the web": ({"web_turns": 31}, "31 turns for 28 messages of the web"),
    "late": ({"by_channel": {**KEPT["by_channel"], "sms": {"max": 10.1}}}, "sms: an answer took 10.1 s"),
}


def test_a_good_day() -> None:
    """Nothing to say."""
    assert broken(KEPT) == []


@pytest.mark.parametrize("change, said", BREACHES.values(), ids=BREACHES.keys())
def test_each_breach_is_seen(change: dict[str, Any], said: str) -> None:
    """One wrong figure is one sentence."""
    assert broken({**KEPT, **change}) == [said]


def test_a_restarted_service_may_say_it_otherwise() -> None:
    """It no longer knows what was talked about."""
    assert broken({**KEPT, "fault": "rasa", "outcomes": {"other": 3, "short": 9}}) == []


def test_after_a_short_answer_the_next_may_be_another() -> None:
    """Rasa was not asked, so it knows nothing of the question before."""
    assert broken({**KEPT, "outcomes": {"short": 1, "other": 1}}) == []


def test_the_document_says_what_was_broken(tmp_path: Any) -> None:
    """A promise that a run broke stands in the document; the plot is a picture."""
    results = {"none, raid limits": KEPT, "rasa, raid limits": {**KEPT, "fault": "rasa", "lost": 7}}
    assert "No promise was broken" in render(results) and "7 messages were never sent" in render(results)
    publish(results, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"raid-day.md", "raid-day.svg"}
    assert ElementTree.parse(tmp_path / "raid-day.svg").find("{http://www.w3.org/2000/svg}title") is not None
