"""What is measured of a running bot, from outside: readiness, latency, throughput, a long conversation, memory."""

from __future__ import annotations

import math
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests
from bots import Bot, UnansweredError
from messages import conversations, one_conversation
from program import BenchError, Program

ALONE = 300
CLIENTS = 8
TOGETHER = 800
LONG = 1000
EARLY = slice(4, 15)  # messages 5 to 15
LATE = slice(989, 1000)  # messages 990 to 1000
READY_SECONDS = 180
TALK_SECONDS = 300
MOST_UNANSWERED = 0.05


@dataclass
class Talk:
    """What one client saw: the milliseconds of each answer in order, and how many messages got none."""

    times: list[float] = field(default_factory=list)
    unanswered: int = 0


def until_ready(bot: Bot, program: Program) -> float:
    """Returns the seconds from the program's start to its first real answer."""
    with local_session() as session:
        while program.seconds() < READY_SECONDS:
            program.need_running()
            if bot.ready(session):
                return program.seconds()
            time.sleep(0.1)
    program.need_running()
    raise BenchError(f"not ready after {READY_SECONDS} s")


def alone(bot: Bot) -> dict[str, float]:
    """One client, conversation after conversation."""
    times = _enough(talk(bot, conversations(ALONE), threading.Event())).times
    return {"p50": statistics.median(times), "p95": percentile(times, 95), "unanswered": ALONE - len(times)}


def together(bot: Bot) -> dict[str, float]:
    """Several clients at once, each in its own thread, with its own connection and conversations."""
    stopped = threading.Event()
    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        futures = [pool.submit(talk, bot, conversations(TOGETHER // CLIENTS, first), stopped) for first in range(CLIENTS)]
        try:
            talks = [future.result() for future in futures]
        finally:
            stopped.set()  # on Ctrl-C the threads end after the message they are at
    seconds = time.perf_counter() - started
    all_talks = _enough(Talk([ms for one in talks for ms in one.times], sum(one.unanswered for one in talks)))
    return {"rate": len(all_talks.times) / seconds, "together_p50": statistics.median(all_talks.times), "unanswered": all_talks.unanswered}


def long_conversation(bot: Bot) -> dict[str, float]:
    """One conversation: what its first messages take, and what its last."""
    said = talk(bot, [one_conversation(LONG)], threading.Event())
    if said.unanswered:
        raise BenchError(f"{said.unanswered} messages of the long conversation got no full answer, so it cannot be compared")
    return {"early": statistics.median(said.times[EARLY]), "late": statistics.median(said.times[LATE]), "unanswered": 0}


def memory(program: Program) -> dict[str, float]:
    """The memory of all the bot's processes together."""
    resident = program.memory()
    return {"pss": resident.pss, "rss": resident.rss} if resident else {}


def talk(bot: Bot, wanted: Iterable[Sequence[str]], stopped: threading.Event, said: Talk | None = None,
         within: float = TALK_SECONDS) -> Talk:
    """Says all messages of all conversations, one after the other; ends early once `stopped` is set.

    said: where to write what was seen, for whoever wants to look meanwhile; within: seconds until it is an error.
    """
    said = said or Talk()
    until = time.monotonic() + within
    with local_session() as session:
        for conversation in wanted:
            token = ""
            for message in conversation:
                if stopped.is_set():
                    return said
                if time.monotonic() > until:
                    raise BenchError(f"the messages were not answered within {within:.0f} s")
                token = _say(bot, session, message, token, said)
    return said


def _say(bot: Bot, session: requests.Session, message: str, token: str, said: Talk) -> str:
    started = time.perf_counter()
    try:
        token = bot.ask(session, message, token)
    except UnansweredError:
        said.unanswered += 1
        return token
    said.times.append((time.perf_counter() - started) * 1000)
    return token


def local_session() -> requests.Session:
    """A session that no proxy of the machine gets to see."""
    session = requests.Session()
    session.trust_env = False
    return session


def percentile(values: Sequence[float], percent: int) -> float:
    """Returns the smallest value that at least `percent` of all values do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def _enough(said: Talk) -> Talk:
    total = len(said.times) + said.unanswered
    if said.unanswered > total * MOST_UNANSWERED:
        raise BenchError(f"{said.unanswered} of {total} messages got no full answer, so times would mean nothing")
    return said
