"""Rasa's memory of conversations: slots only, in this process's memory, bounded, gone 30 minutes after the last message.

No text is kept, neither the resident's nor ours, and nothing is ever written to disk. Since only slots are kept, a
conversation's thousandth turn costs what its second does.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

FORGET_AFTER_SECONDS = 30 * 60
MOST_CONVERSATIONS = 20_000
FORGOTTEN = "forgotten"


class ForgetfulTrackerStore(TrackerStore):
    """Keeps slot -> value a conversation, the most recently used last."""

    def __init__(self, domain: Domain, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._kept: OrderedDict[str, tuple[float, dict[str, Any]]] = OrderedDict()
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the slots that are set; forgets the conversation where it asked for that."""
        slots = {name: slot.value for name, slot in tracker.slots.items() if slot.has_been_set}
        if slots.get(FORGOTTEN):
            self._kept.pop(tracker.sender_id, None)
            return
        self._kept[tracker.sender_id] = (time.monotonic() + FORGET_AFTER_SECONDS, slots)
        self._kept.move_to_end(tracker.sender_id)
        self._sweep()
        self._sweep_in_time()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Returns a fresh tracker with the kept slots, waiting for a message; None where nothing is kept."""
        self._sweep()
        if sender_id not in self._kept:
            return None
        _, slots = self._kept[sender_id]
        events = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        events += [SlotSet(name, value) for name, value in slots.items()]
        return DialogueStateTracker.from_events(sender_id, [*events, ActionExecuted(ACTION_LISTEN_NAME)], self.domain.slots)

    async def retrieve_full_tracker(self, sender_id: str) -> DialogueStateTracker | None:
        """There is no more than `retrieve` gives."""
        return await self.retrieve(sender_id)

    async def keys(self) -> Iterable[str]:
        """Returns the pseudonyms of the conversations that are kept."""
        self._sweep()
        return list(self._kept)

    def _sweep_in_time(self) -> None:
        """Sees to it that the oldest goes when its time has come, also where no further message arrives."""
        if self._timer is None and self._kept:
            ends, _ = next(iter(self._kept.values()))
            self._timer = asyncio.get_running_loop().call_later(max(0.0, ends - time.monotonic()) + 1, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self._sweep()
        self._sweep_in_time()

    def _sweep(self) -> None:
        """Drops what has expired, oldest first, and what is over the bound."""
        now = time.monotonic()
        while self._kept:
            oldest = next(iter(self._kept))
            if len(self._kept) <= MOST_CONVERSATIONS and self._kept[oldest][0] >= now:
                return
            del self._kept[oldest]
