"""Changes the language of a conversation and says the last answer again in it."""

from __future__ import annotations

from actions.conversation import TurnAction


class ChangeLanguage(TurnAction):
    """The language a message asks for, or the list of all."""

    intent = "change_language"

    def name(self) -> str:
        return "action_change_language"
