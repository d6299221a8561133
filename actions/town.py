"""Remembers the town and says the last answer again for it."""

from __future__ import annotations

from actions.conversation import TurnAction


class InformTown(TurnAction):
    """The town that a message names."""

    intent = "inform_town"

    def name(self) -> str:
        return "action_inform_town"
