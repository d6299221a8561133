"""What is remembered of conversations in this process: slots only, bounded, gone 30 minutes after the last message."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import Any, Protocol

FORGET_AFTER_SECONDS = 30 * 60
MOST_CONVERSATIONS = 20_000
Slots = dict[str, Any]


class SlotMemory(Protocol):
    """Where slots are kept. What cannot be kept or read is as if it were forgotten: no method raises."""

    async def keep(self, sender: str, slots: Slots) -> None:
        """Keeps a conversation's slots for half an hour from now."""

    async def read(self, sender: str) -> Slots | None:
        """Returns a conversation's slots; None where nothing is kept."""

    async def forget(self, sender: str) -> None:
        """Forgets a conversation at once."""

    async def senders(self) -> list[str]:
        """Returns the pseudonyms of the conversations that are kept, as far as they are known."""


class OwnMemory:
    """Slots of conversations in this process's memory, the most recently used last."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._kept: OrderedDict[str, tuple[float, Slots]] = OrderedDict()

    async def keep(self, sender: str, slots: Slots) -> None:
        """See `SlotMemory`; over the bound the conversation that was silent longest goes."""
        self._kept[sender] = (time.monotonic() + FORGET_AFTER_SECONDS, slots)
        self._kept.move_to_end(sender)
        self._sweep()
        self._sweep_in_time()

    async def read(self, sender: str) -> Slots | None:
        """See `SlotMemory`."""
        self._sweep()
        return self._kept[sender][1] if sender in self._kept else None

    async def forget(self, sender: str) -> None:
        """See `SlotMemory`."""
        self._kept.pop(sender, None)

    async def senders(self) -> list[str]:
        """See `SlotMemory`."""
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
