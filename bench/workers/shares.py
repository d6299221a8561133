"""Where a message's milliseconds go inside Rasa: shares.py <actions port> <outcome.json>; the action server must be running there.

The brain as it runs, without its web server: every call is timed from outside by this thread's processor time, so that a busy machine
changes little. What is neither one of our components nor the call of an action is Rasa's own.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "bench")]
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "CONFIANZA_ACTIONS_PORT": sys.argv[1]}

from bot.absent import leave_out  # noqa: E402
from bot.discretion import be_discreet  # noqa: E402

be_discreet()
leave_out()

from messages import conversations  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.core.agent import Agent, load_agent  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402

from bot.nlu.cautious_fallback import CautiousFallback  # noqa: E402
from bot.nlu.language_identifier import LanguageIdentifier  # noqa: E402
from bot.nlu.sentence_encoder import SentenceEncoder  # noqa: E402
from bot.nlu.topic_classifier import TopicClassifier  # noqa: E402
from bot.nlu.town_extractor import TownExtractor  # noqa: E402
from bot.shortcuts import close_session, take_shortcuts  # noqa: E402

MESSAGES, FIRST = 400, 40
PARTS: dict[str, tuple[Any, str]] = {
    "language": (LanguageIdentifier, "process"), "encode": (SentenceEncoder, "process"), "town": (TownExtractor, "process"),
    "topic": (TopicClassifier, "process"), "doubt": (CautiousFallback, "process"), "action": (RemoteAction, "run"),
    "all": (Agent, "handle_message"),
}
TIMES: dict[str, list[float]] = defaultdict(list)


def timed(call: Callable[..., Any], times: list[float]) -> Callable[..., Any]:
    """Returns the same function, which notes the milliseconds of each call. One message is under way at a time, so nothing else counts."""

    async def waited(*args: Any, **kwargs: Any) -> Any:
        began = time.thread_time()
        try:
            return await call(*args, **kwargs)
        finally:
            times.append((time.thread_time() - began) * 1000)

    def direct(*args: Any, **kwargs: Any) -> Any:
        began = time.thread_time()
        try:
            return call(*args, **kwargs)
        finally:
            times.append((time.thread_time() - began) * 1000)

    return waited if asyncio.iscoroutinefunction(call) else direct


async def say(agent: Agent, messages: int) -> None:
    """Says the benchmark's messages, one after the other; raises RuntimeError where one gets no answer."""
    for number, conversation in enumerate(conversations(messages)):
        for message in conversation:
            channel = CollectingOutputChannel()
            await agent.handle_message(UserMessage(message, channel, f"web-{messages}-{number}", input_channel="rest", metadata={}))
            if not any("custom" in said for said in channel.messages):
                raise RuntimeError("a message got no answer")


async def main() -> None:
    """Says some messages to warm up, then writes the milliseconds of each part of the others."""
    take_shortcuts()
    for part, (owner, name) in PARTS.items():
        setattr(owner, name, timed(getattr(owner, name), TIMES[part]))  # before the model is loaded, which takes the functions as they are
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    agent = await load_agent(str(ROOT / "models" / "confianza.tar.gz"), endpoints=endpoints, loop=asyncio.get_running_loop())
    await say(agent, FIRST)
    for times in TIMES.values():
        times.clear()
    await say(agent, MESSAGES)
    Path(sys.argv[2]).write_text(json.dumps(TIMES), encoding="utf-8")
    await close_session(SimpleNamespace(ctx=SimpleNamespace(agent=agent)), None)


if __name__ == "__main__":
    asyncio.run(main())
