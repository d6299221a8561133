"""Answers a topic, and whatever continues one: its sources, once more, a choice from the last list, a no."""

from __future__ import annotations

from actions.conversation import TurnAction


class Answer(TurnAction):
    """The answer to the topic that was understood."""

    def name(self) -> str:
        return "action_answer"


class ShowSources(TurnAction):
    """Where the last answer comes from."""

    intent = "source_request"

    def name(self) -> str:
        return "action_show_sources"


class Repeat(TurnAction):
    """The last answer once more."""

    intent = "repeat_more"

    def name(self) -> str:
        return "action_repeat"


class Choose(TurnAction):
    """A number from the last list of choices."""

    intent = "choose"

    def name(self) -> str:
        return "action_choose"


class Deny(TurnAction):
    """A no; after choices it means that none of them fits."""

    intent = "deny"

    def name(self) -> str:
        return "action_deny"
