"""A Rasa that hangs is asked by one message at a time; the others do not wait for it."""

from __future__ import annotations

import contextlib

import pytest

from bot.core.errors import BrainError
from bot.doors.public import patience
from bot.doors.public.patience import LONG_SECONDS, MOST_IN_VAIN, Patience


class Clock:
    """A clock that goes on when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Asking:
    """A patience, its clock, and questions that end as they are told."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.patience = Patience(clock=self.clock)

    def ask(self, seconds: float = 0.0, answered: bool = True) -> str:
        """Returns what became of a question: "answered", "in vain", or "not asked"."""
        asked = False
        try:
            with self.patience.attempt(5.0):
                asked = True
                self.clock.now += seconds
                if not answered:
                    raise BrainError("no answer")
        except BrainError:
            return "in vain" if asked else "not asked"
        return "answered"

    def hang(self) -> None:
        for _ in range(MOST_IN_VAIN):
            assert self.ask(LONG_SECONDS, answered=False) == "in vain"


def test_a_rasa_that_is_gone_is_asked_every_time() -> None:
    """Being refused costs nothing, and nobody must miss the moment when it is back."""
    asking = Asking()
    assert [asking.ask(0.001, answered=False) for _ in range(9)] == ["in vain"] * 9


def test_one_long_question_changes_nothing() -> None:
    """A single message may have been hard; an answer in between begins the count anew."""
    asking = Asking()
    for _ in range(5):
        assert asking.ask(LONG_SECONDS, answered=False) == "in vain"
        assert asking.ask() == "answered"


def test_while_one_tries_the_others_do_not_wait() -> None:
    """When it hangs, one message at a time finds out whether it still does."""
    asking = Asking()
    asking.hang()
    with asking.patience.attempt(5.0):
        assert [asking.ask() for _ in range(3)] == ["not asked"] * 3


def test_it_is_tried_until_it_answers() -> None:
    """Each try in vain is followed by another, never by giving up."""
    asking = Asking()
    asking.hang()
    assert [asking.ask(LONG_SECONDS, answered=False) for _ in range(5)] == ["in vain"] * 5
    assert asking.ask() == "answered"


def test_an_answer_opens_it_for_everybody() -> None:
    """The first answer is enough."""
    asking = Asking()
    asking.hang()
    assert asking.ask(1.0) == "answered"
    with asking.patience.attempt(5.0):
        assert asking.ask() == "answered"


def test_a_try_that_breaks_leaves_its_place() -> None:
    """Whatever goes wrong, the next message may try."""
    asking = Asking()
    asking.hang()
    with pytest.raises(RuntimeError), asking.patience.attempt(5.0):
        raise RuntimeError
    assert asking.ask() == "answered"


def test_more_than_it_can_answer_are_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gets no turn in time gets the short answer; as soon as one is free the next has it."""
    monkeypatch.setattr(patience, "WAIT_SECONDS", 0.05)
    asking = Asking()
    with contextlib.ExitStack() as busy:
        for _ in range(patience.MOST_AT_ONCE):
            busy.enter_context(asking.patience.attempt(5.0))
        assert asking.ask() == "not asked"
    assert asking.ask() == "answered"


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_without_time_nobody_is_asked(seconds: float) -> None:
    """A message whose turn in its sender's queue came too late is not asked, and leaves its place to others."""
    asking = Asking()
    for _ in range(2 * patience.MOST_AT_ONCE):
        with pytest.raises(BrainError), asking.patience.attempt(seconds):
            pytest.fail("there was no time")
    assert asking.ask() == "answered"
