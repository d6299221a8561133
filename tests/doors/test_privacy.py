"""What the page about privacy promises is what the program does."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache

from bot import trackers
from bot.core.content import Content
from bot.core.tally import LEAST
from bot.doors.public import forgetful
from bot.doors.public.phones import limits, receipts, threads
from bot.settings import ConsoleSettings
from tests.doors.conftest import Door

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")


def test_the_days_and_minutes_are_the_programs(content: Content) -> None:
    """30 minutes, 60 days, an hour: as in the code."""
    text = " ".join(line for part in content.pages["privacy"].parts for line in part.lines)
    assert f"{trackers.FORGET_AFTER_SECONDS // 60} minutes after your last message" in text
    assert f"erase it after {threads.KEPT_SECONDS // 60} minutes" in text
    assert f"stays for {receipts.KEPT_SECONDS // 60} minutes" in text
    assert f"up to {threads.STOPPED_SECONDS // 86400} days that a number sent STOP" in text
    assert limits.HOUR == 3600


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_same_figures(language: str, content: Content) -> None:
    """No language promises other minutes or days."""
    for part in content.pages["privacy"].parts:
        for line in part.lines:
            said = content.say(language, "page.privacy", line).text
            assert sorted(re.findall(r"\d+", said)) == sorted(re.findall(r"\d+", line)), said


@pytest.mark.parametrize("inbox", [False, True], ids=["off", "on"])
def test_the_page_says_what_the_inbox_keeps(inbox: bool, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where questions are kept, the page says so and promises nothing else; where not, it does not speak of it."""
    monkeypatch.setattr(django_settings, "CONFIANZA", replace(door.settings, console=ConsoleSettings(inbox=inbox)))
    page = door.client.get("/en/privacy").content.decode()
    assert ("Questions we could not answer" in page, "we may keep some of its words" in page) == (inbox, inbox)
    assert ("We do not store what you write" in page, "Our computer has none of your messages to give" in page) == (not inbox, not inbox)
    for heading in ("What we do not keep", "If a court or an agency asks us for records", "What we count"):
        assert page.count(heading) == 1
    assert "There is no login, no cookie and no tracking." in page


def test_counts_are_the_pages(content: Content) -> None:
    """The page says ten, as the program does."""
    text = " ".join(line for part in content.pages["privacy"].parts for line in part.lines)
    assert "We count topics and languages by week. We keep only numbers of ten or more." in text
    assert LEAST == 10


def test_what_has_expired_leaves_the_memory_by_itself(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on a silent server: no later message is needed."""
    monkeypatch.setattr(forgetful, "SWEEP_EVERY_SECONDS", 0.1)
    forgetful.ForgetfulCache._timer = None
    cache.set("soon", "gone", 0.05)
    held = cache._cache
    assert any("soon" in key for key in held)
    deadline = time.monotonic() + 5
    while any("soon" in key for key in held) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any("soon" in key for key in held)


def test_the_sweeper_does_not_hold_the_process() -> None:
    """It is a daemon: the service ends when it is told to."""
    cache.set("a", "b", 10)
    assert all(thread.daemon for thread in threading.enumerate() if isinstance(thread, threading.Timer))


def test_stop_forgets_on_the_web_too(door: Door) -> None:
    """The page says FORGET or STOP, so both do it, wherever somebody writes."""
    first = door.client.post("/api/messages", data={"message": "hello"}, content_type="application/json").json()
    body = {"message": "stop", "conversation": first["conversation"]}
    assert door.client.post("/api/messages", data=body, content_type="application/json").status_code == 200
    assert door.brain.asked[-1][1] == "/forget"
