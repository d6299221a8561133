"""Between Rasa's tracker and the core: tracker -> question and memory, turn -> slots and payload."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.core.content import Content
from bot.core.diagnosis import CONSOLE, diagnose
from bot.core.exchange import Memory, Question, Setting
from bot.core.speech import Guess
from bot.core.turn import respond
from bot.library import Library
from bot.settings import ROOT, Settings, read_settings


@lru_cache(maxsize=1)
def library() -> Library:
    """The content, read once and watched for changes."""
    return Library(ROOT)


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return read_settings()


class TurnAction(Action, ABC):
    """An action that takes one turn; `intent` overrides what was understood where the action means one thing only."""

    intent: ClassVar[str | None] = None

    @abstractmethod
    def name(self) -> str:
        """Rasa's name of the action. Abstract, so that rasa_sdk does not take this class for an action itself."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answers with one payload and remembers the new slots."""
        setting = Setting(library().content, _settings().today(), _settings().public_url)
        before = read_memory(tracker)
        question = read_question(tracker, self.intent)
        turn = respond(question, before, setting)
        dispatcher.utter_message(json_message={**turn.reply.payload(), "confidence": _confidence(tracker), **_diagnosis(question, tracker)})
        return write_memory(before, turn.memory)


def read_question(tracker: Tracker, intent: str | None = None) -> Question:
    """Reads what the last message was understood as, with what the door said about it."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    guess = message.get("language_guess")
    entities = {e["entity"]: e["value"] for e in reversed(message.get("entities") or [])}
    content = library().content
    wanted = str(entities.get("language") or "")
    return Question(
        intent=intent or _named(message.get("text"), content) or (message.get("intent") or {}).get("name") or "nlu_fallback",
        text=content.languages[wanted].name if wanted in content.languages else message.get("text") or "",
        ranking=tuple((r["name"], r["confidence"]) for r in message.get("intent_ranking") or () if r["name"]),
        town=entities.get("town"),
        guess=Guess(**guess) if guess else None,
        explicit_language=metadata.get("language"),
        page_language=metadata.get("page_language"),
        chosen_town=metadata.get("town"),
        number=int(entities["number"]) if "number" in entities else None,
        town_alone=bool(message.get("town_alone")),
    )


def _named(text: str | None, content: Content) -> str | None:
    """The topic that a command of the door's names: advocates can add one that the running model has not learned yet."""
    name = (text or "").removeprefix("/")
    return name if text == f"/{name}" and name in content.topics else None


def read_memory(tracker: Tracker) -> Memory:
    """Reads the slots."""
    slot = tracker.get_slot
    return Memory(
        language=slot("language"), explicit=bool(slot("explicit")), town=slot("town"), topic=slot("topic"),
        choices=tuple(slot("choices") or ()), misses=int(slot("misses") or 0), advised=bool(slot("advised")),
    )


def write_memory(before: Memory, after: Memory) -> list[EventType]:
    """Returns the slots that changed, then the wait for the next message."""
    changed = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    slots = [SlotSet(name, list(value) if isinstance(value, tuple) else value) for name, value in changed.items()]
    # Saying what comes next spares Rasa a second run of its policies, a sixth of the turn's time.
    return [*slots, FollowupAction("action_listen")]


def _confidence(tracker: Tracker) -> float:
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def _diagnosis(question: Question, tracker: Tracker) -> dict[str, Any]:
    """What the advocates' console is told besides the answer: how it came about. Nobody else is."""
    if (tracker.latest_message.get("metadata") or {}).get("channel") != CONSOLE:
        return {}
    return {"diagnosis": diagnose(question, tracker.latest_message.get("doubt")).payload()}
