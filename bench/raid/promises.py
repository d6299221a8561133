"""What is promised for the day of a raid, held against the figures of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from raid.crowd import API, PAGE, SMS
from raid.faults import FAULTS
from raid.judging import ERROR, FOREIGN, LIMIT, NOTHING, OTHER, SHORT, SILENCE

# Seconds until an answer, short where it must be, is there while something is down.
WITHIN = {SMS: 8.0, API: 6.0, PAGE: 6.0}


def broken(figures: Mapping[str, Any], slack: float = 2.0) -> list[str]:
    """Returns the promises that a run broke, in words. slack: seconds that a busy machine may take longer."""
    return [*_answers(figures), *_once(figures), *_times(figures, slack)]


def _answers(figures: Mapping[str, Any]) -> Iterator[str]:
    outcomes, fault = figures["outcomes"], FAULTS[figures["fault"]]
    wrong = {ERROR: "got an error", NOTHING: "got nothing", FOREIGN: "got somebody else's answer"}
    if figures["limits"] == "raid":
        wrong[SILENCE] = "were met with silence"
    if not fault.forgets and not (outcomes.get(SHORT) or outcomes.get(LIMIT)):  # of a question not put to it Rasa knows nothing later
        wrong[OTHER] = "got another answer than on a quiet day"
    yield from (f"{outcomes[kind]} messages {what}" for kind, what in wrong.items() if outcomes.get(kind))
    for name, what in (("lost", "messages were never sent"), ("without_contact", "short answers named nobody to call"),
                       ("mixed", "chats got mixed up"), ("logged", "texts, numbers or chats stand in a log")):
        if figures[name]:
            yield f"{figures[name]} {what}"
    if figures["limits"] == "raid" and figures["calm_full"] < figures["calm"]:  # else the day's segments may be spent
        yield f"afterwards only {figures['calm_full']} of {figures['calm']} answers were full and right"


def _once(figures: Mapping[str, Any]) -> Iterator[str]:
    """One turn a message: counted by the door's log, which has gaps where the disk was full."""
    fault = FAULTS[figures["fault"]]
    if figures["copies_differ"] and not fault.repeats:
        yield f"{figures['copies_differ']} repeated messages got two answers"
    if fault.unlogged:
        return
    most = figures["phone_messages"] + (figures["copies"] if fault.repeats else 0)
    if not figures["phone_messages"] <= figures["phone_turns"] <= most:
        yield f"{figures['phone_turns']} turns for {figures['phone_messages']} messages by phone"
    if not figures["web_answered"] <= figures["web_turns"] <= figures["web_answered"] + figures["web_left"]:
        yield f"{figures['web_turns']} turns for {figures['web_answered']} messages of the web"


def _times(figures: Mapping[str, Any], slack: float) -> Iterator[str]:
    for channel, seconds in WITHIN.items():
        longest = figures["by_channel"][channel]["max"]
        if longest > seconds + slack:
            yield f"{channel}: an answer took {longest:.1f} s"
