"""Not understood: the nearest topics as choices, then the menu and a person."""

from __future__ import annotations

from dataclasses import replace

from bot.core.compose import compose, suggestions
from bot.core.exchange import Exchange, Turn

MOST_CHOICES = 3
LEAST_CHOICES = 2
LEAST_CHANCE = 0.04


def deny(turn: Exchange) -> Turn:
    """A "no" to offered choices is a miss: the next step is the menu and a person."""
    return _menu_and_person(turn) if turn.memory.misses else turn.say("deny")


def clarify(turn: Exchange) -> Turn:
    """Not understood: the nearest topics as choices; a town alone continues the topic; the second miss gives the menu."""
    if turn.question.town and turn.memory.topic:
        return turn.say(turn.memory.topic)
    near = _nearest(turn)
    if turn.memory.misses or not near:
        return _menu_and_person(turn)
    text = turn.phrase("fallback_choices" if len(near) > 2 else "clarify")
    urgent = turn.setting.content.topics["emergency"].first if "emergency" in near else None
    if urgent:  # better one line too many than a call made too late
        urgent = turn.setting.content.say(turn.speech.language, "emergency", urgent).text
    said = turn.say("menu_help", text=f"{urgent}\n{text}" if urgent else text, short=text, first=urgent,
                    suggestions=suggestions(near, turn.speech.language, turn.setting.content))
    return replace(said, memory=replace(said.memory, misses=1))


def _nearest(turn: Exchange) -> tuple[str, ...]:
    topics = turn.setting.content.topics
    offered = [(n, p) for n, p in turn.question.ranking if n in topics and topics[n].is_offered]
    named = [(n, p) for n, p in offered if n not in ("out_of_scope", "affirm", "deny", "goodbye", "thanks")]
    likely = sum(chance >= LEAST_CHANCE for _, chance in named[:MOST_CHOICES])
    shown = max(likely, LEAST_CHOICES) if likely else 0  # one choice alone would be no question
    return tuple(name for name, _ in named[:shown])


def _menu_and_person(turn: Exchange) -> Turn:
    text = turn.phrase("fallback_menu")
    language, setting = turn.speech.language, turn.setting
    contacts = compose("local_help", language, turn.memory.town, setting.content, setting.today).contacts
    return turn.say("menu_help", text=text, short=text, contacts=contacts)
