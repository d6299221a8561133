"""Rasa's memory of conversations: slots only, bounded, gone 30 minutes after the last message, never on disk.

No text is kept, neither the resident's nor ours. Since only slots are kept, a conversation's thousandth turn costs what its
second does. They lie in this process (`slotmemory`), or in Redis where several Rasas share them (`sharedslots`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import read_settings
from bot.slotmemory import FORGET_AFTER_SECONDS as FORGET_AFTER_SECONDS  # noqa: PLC0414  (what the privacy page promises)
from bot.slotmemory import OwnMemory, SlotMemory

FORGOTTEN = "forgotten"


class ForgetfulTrackerStore(TrackerStore):
    """Keeps slot -> value a conversation. Never raises: Rasa would put the whole tracker, text and all, into a memory without end.

    memory: where; by default Redis if the settings name one, else this process.
    """

    def __init__(self, domain: Domain, event_broker: EventBroker | None = None, memory: SlotMemory | None = None, **kwargs: Any) -> None:
        self._memory = memory or _memory()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the slots that are set; forgets the conversation where it asked for that."""
        slots = {name: slot.value for name, slot in tracker.slots.items() if slot.has_been_set}
        if slots.get(FORGOTTEN):
            await self._memory.forget(tracker.sender_id)
        elif slots:
            await self._memory.keep(tracker.sender_id, slots)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Returns a fresh tracker with the kept slots, waiting for a message; None where nothing is kept."""
        slots = await self._memory.read(sender_id)
        if slots is None:
            return None
        events = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        events += [SlotSet(name, value) for name, value in slots.items()]
        return DialogueStateTracker.from_events(sender_id, [*events, ActionExecuted(ACTION_LISTEN_NAME)], self.domain.slots)

    async def retrieve_full_tracker(self, sender_id: str) -> DialogueStateTracker | None:
        """There is no more than `retrieve` gives."""
        return await self.retrieve(sender_id)

    async def keys(self) -> Iterable[str]:
        """Returns the pseudonyms of the conversations that are kept, as far as they are known."""
        return await self._memory.senders()


def _memory() -> SlotMemory:
    settings = read_settings()
    if settings.redis_url is None:
        return OwnMemory()
    from bot.sharedmemory import SharedMemory  # noqa: PLC0415  (Redis's client takes 9 MB that others do without)
    from bot.sharedslots import SharedSlots  # noqa: PLC0415  (as above)

    return SharedSlots(SharedMemory(str(settings.redis_url), str(settings.secret_key), settings.redis_may_persist))
