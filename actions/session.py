"""Forgets a conversation on request."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import TurnAction


class Forget(TurnAction):
    """Erases what is remembered and says so, in the language spoken until then."""

    intent = "forget"

    def name(self) -> str:
        return "action_forget"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answers; the mark `forgotten` makes the tracker store drop the conversation."""
        events = await super().run(dispatcher, tracker, domain)
        return [SlotSet("forgotten", True), *events]
