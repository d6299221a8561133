"""Has a crowd say everything it has to say, each at its time, and keeps what came back. First it asks alone what is to be expected."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from raid.crowd import SMS, Person, Script, area, phone
from raid.talking import Heard, Said, Talker

from bot.settings import Settings

# Nobody sends before the one before has gone out; beyond the last message's time a run ends within so many seconds.
GRACE_SECONDS = 40.0
AT_ONCE = 400


@dataclass(frozen=True)
class Sent:
    """One message that was sent, and what came of it. copy: 0 for the message, 1 for the provider's repeat of it; at: seconds."""

    person: Person
    line: int
    copy: int
    at: float
    seconds: float
    heard: Heard
    receipt: str = ""


def receipt(seed: int, person: int, line: int) -> str:
    """The provider's id of a message: the same one for its repeats, another one in every run."""
    return "SM" + hashlib.sha256(f"{seed}-{person}-{line}".encode()).hexdigest()[:32]


async def expected(settings: Settings, scripts: Sequence[Script], seed: int, part: int = 0) -> dict[tuple[int, int], Heard]:
    """Says every script once, one message after the other, to a quiet service: what everyone must hear later, by script and line.

    part: of the run; in each there are people whom the service does not know yet.
    """
    talker = Talker(settings)
    heard: dict[tuple[int, int], Heard] = {}
    lot = random.Random(f"{seed} {part}")
    try:
        for script in scripts:
            token = ""
            for line, text in enumerate(script.lines):
                said = Said(script, text, phone(area(seed, part), script.number), f"SM{lot.getrandbits(128):032x}", token)
                heard[script.number, line], _ = await talker.say(said)
                token = heard[script.number, line].token or token
    finally:
        await talker.close()
    return heard


class Storm:
    """One run: the crowd, and what it heard. tell: called about once a second with the seconds since the start."""

    def __init__(self, settings: Settings, people: Sequence[Person], seed: int) -> None:
        self._settings, self._people, self._seed = settings, people, seed
        self.sent: list[Sent] = []

    async def blow(self, during: Callable[[float], None] | None = None) -> list[Sent]:
        """Sends everything; ends by itself. during: called in a thread of its own with the time that the storm began."""
        self._talker, self._places = Talker(self._settings), asyncio.Semaphore(AT_ONCE)
        self._began = time.monotonic()
        ends = max(person.times[-1] for person in self._people) + GRACE_SECONDS
        beside = asyncio.get_running_loop().run_in_executor(None, during, self._began) if during else None
        tasks = [asyncio.create_task(self._live(person)) for person in self._people]
        try:
            await asyncio.wait(tasks, timeout=ends)
            if beside:
                await beside
        finally:
            for task in tasks:
                task.cancel()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
            await self._talker.close()
        for error in (end for end in ends if isinstance(end, Exception)):  # a mistake of the benchmark's own is no lost message
            raise error
        return self.sent

    async def _live(self, person: Person) -> None:
        """One person's day: waits for the time of each line, and, unless impatient, for the answer to the one before."""
        token, going = "", []
        for line, at in enumerate(person.times):
            await asyncio.sleep(max(0.0, self._began + at - time.monotonic()))
            last = line == len(person.times) - 1
            manner = "plain" if person.manner == "broken" and not last else person.manner
            said = Said(person.script, person.script.lines[line], person.phone, receipt(self._seed, person.number, line), token, manner)
            if line in person.copies:
                going.append(asyncio.create_task(self._again(person, line, said, person.copies[line])))
            if person.script.channel == SMS and not person.waits:
                going.append(asyncio.create_task(self._send(person, line, 0, said)))
            else:
                heard = await self._send(person, line, 0, said)
                token = heard.token or token
        await asyncio.gather(*going)

    async def _again(self, person: Person, line: int, said: Said, after: float) -> None:
        await asyncio.sleep(after + 0.02)
        await self._send(person, line, 1, said)

    async def _send(self, person: Person, line: int, copy: int, said: Said) -> Heard:
        async with self._places:
            at = time.monotonic() - self._began
            heard, seconds = await self._talker.say(said)
        self.sent.append(Sent(person, line, copy, at, seconds, heard, said.receipt if said.script.channel == SMS else ""))
        return heard
