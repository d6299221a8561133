"""Not understood: the nearest topics as choices; the second time the menu and a person."""

from __future__ import annotations

from actions.conversation import TurnAction


class Clarify(TurnAction):
    """One question with two or three choices."""

    intent = "nlu_fallback"

    def name(self) -> str:
        return "action_clarify"
