"""Forgets a conversation on request."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import library, read_memory, read_question
from bot.core.compose import compose
from bot.core.plain import plain
from bot.core.speech import choose_language


class Forget(Action):
    """Erases what is remembered and says so, in the language spoken until then."""

    def name(self) -> str:
        return "action_forget"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answers, then empties all slots; the mark `forgotten` makes the tracker store drop the rest."""
        content = library().content
        question, memory = read_question(tracker), read_memory(tracker)
        language = choose_language(question.explicit_language, memory.language, None, question.page_language).language
        told = content.phrase(language, "forgotten")
        reply = compose("goodbye", language, None, content, date.today())
        payload = {**reply.payload(), "text": told, "short": told}
        dispatcher.utter_message(json_message={**payload, "confidence": 1.0, "plain": plain(reply, content).replace(reply.text, told)})
        return [AllSlotsReset(), SlotSet("forgotten", True)]
