"""What several Rasas remember together: slots in Redis, which lets them go by itself 30 minutes after the last message.

While Redis cannot be reached, each Rasa remembers by itself: a resident is rather answered by a bot that has forgotten the town
than not at all. What was said meanwhile counts once Redis is back, and who asked to be forgotten meanwhile is forgotten there then.
"""

from __future__ import annotations

import json
import time

from bot.core.errors import OutageError
from bot.sharedmemory import SharedMemory
from bot.slotmemory import FORGET_AFTER_SECONDS, OwnMemory, Slots

KIND = "slots"


class SharedSlots:
    """A `SlotMemory` in Redis. Values are compact JSON; keys are keyed hashes of pseudonyms."""

    def __init__(self, shared: SharedMemory) -> None:
        self._shared = shared
        self._meanwhile = OwnMemory()
        # Conversations that Redis has still to forget, and when it will have done so by itself.
        self._owed: dict[str, float] = {}

    async def keep(self, sender: str, slots: Slots) -> None:
        """See `SlotMemory`."""
        key, value = self._shared.key(KIND, sender), json.dumps(slots, ensure_ascii=False, separators=(",", ":"))
        try:
            await self._pay()
            await self._shared.ask(lambda redis: redis.set(key, value, ex=FORGET_AFTER_SECONDS))
        except OutageError:
            await self._meanwhile.keep(sender, slots)
        else:
            await self._meanwhile.forget(sender)

    async def read(self, sender: str) -> Slots | None:
        """See `SlotMemory`; what was said during an outage is newer than what Redis holds."""
        key = self._shared.key(KIND, sender)
        meanwhile = await self._meanwhile.read(sender)
        if meanwhile is not None:
            return meanwhile
        try:
            await self._pay()
            return _slots(await self._shared.ask(lambda redis: redis.get(key)))
        except OutageError:
            return None

    async def forget(self, sender: str) -> None:
        """See `SlotMemory`; what Redis cannot be told now it is told as soon as it answers."""
        await self._meanwhile.forget(sender)
        self._owed[self._shared.key(KIND, sender)] = time.monotonic() + FORGET_AFTER_SECONDS
        try:
            await self._pay()
        except OutageError:
            return

    async def senders(self) -> list[str]:
        """Returns those of an outage only: what lies in Redis cannot be turned back into names."""
        return await self._meanwhile.senders()

    async def _pay(self) -> None:
        """Has Redis forget what it could not be told; raises OutageError, then the rest is owed still."""
        now = time.monotonic()
        self._owed = {key: ends for key, ends in self._owed.items() if ends >= now}
        keys = list(self._owed)
        if keys:
            await self._shared.ask(lambda redis: redis.delete(*keys))
            for key in keys:
                self._owed.pop(key, None)


def _slots(value: str | None) -> Slots | None:
    """Reads what lies in Redis; what no Rasa of ours can have written is nothing."""
    try:
        slots = json.loads(value) if value else None
    except ValueError:
        return None
    return slots if isinstance(slots, dict) else None
