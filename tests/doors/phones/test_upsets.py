"""Clocks that are set, processes that die, chats that are forgotten: by phone everybody is answered all the same, in time and once."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache

from bot.doors.public.phones import queues, receipts
from tests.doors.conftest import Door

DAY = 24 * 3600
QUESTION = "Will police ask my status?"


def said(door: Door, body: str, **parameters: str) -> list[str]:
    return [message.text for message in door.text(body, **parameters)]


class Wall:
    """The machine's clock, which can be set; the one that only goes on is left alone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self._real = monkeypatch, time.time

    def set(self, seconds: float) -> None:
        self._patch.setattr(time, "time", lambda: self._real() + seconds)
        self._patch.setattr(time, "time_ns", lambda: int((self._real() + seconds) * 1e9))


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)


@pytest.mark.parametrize("jump", [DAY, -DAY, 3600, -3600], ids=["a day on", "a day back", "summer ends", "summer begins"])
def test_a_repeat_over_a_jump_is_the_same_answer(door: Door, wall: Wall, jump: int) -> None:
    """The clock is set between a message and the provider's second copy of it: one turn, one answer."""
    first = said(door, QUESTION, MessageSid="SM1")
    wall.set(jump)
    assert said(door, QUESTION, MessageSid="SM1") == first
    assert len(door.brain.asked) == 1


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_nothing_is_kept_longer_because_of_a_jump(door: Door, wall: Wall, jump: int) -> None:
    """Thirty minutes are thirty minutes, whatever somebody does to the clock."""
    cache.set("short", "kept", 0.2)
    wall.set(jump)
    assert cache.get("short") == "kept"
    time.sleep(0.25)
    assert cache.get("short") is None


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_queue_that_was_lost_holds_nobody_up(door: Door, wall: Wall, jump: int) -> None:
    """The store loses a sender's queue, the clock has been set, and a new queue begins while the old one's last is still being served."""
    with queues.place("sender", time.monotonic() + 5):
        cache.delete("ticket:sender")
        wall.set(jump)
        with queues.place("sender", time.monotonic() + 5) as in_turn:
            assert in_turn
    with queues.place("sender", time.monotonic() + 5) as in_turn:
        assert in_turn


def test_a_claim_of_a_dead_process_ends(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process died at its message: the provider's later try is answered, though another process remembers the claim."""
    monkeypatch.setattr(receipts, "WORKING_SECONDS", 0.2)
    assert receipts.claim("one")
    assert not receipts.claim("one")
    time.sleep(0.25)
    assert receipts.claim("one")


def test_what_was_answered_stays_answered(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim may end long before the reply that was made: the repeat gets that one."""
    monkeypatch.setattr(receipts, "WORKING_SECONDS", 0.05)
    assert receipts.claim("one")
    receipts.keep("one", ["said"])
    time.sleep(0.1)
    assert not receipts.claim("one")
    assert receipts.reply("one", time.monotonic()) == ("said",)


@pytest.mark.parametrize("word, language", [("más", "es"), ("więcej", "pl"), ("plis", "ht"), ("更多", "zh")])
def test_a_keyword_says_its_language_where_the_chat_is_forgotten(door: Door, word: str, language: str) -> None:
    """MORE in Polish, half an hour too late, is not answered in English."""
    said(door, word)
    assert {memory.language for memory in door.brain.memories.values()} == {language}
