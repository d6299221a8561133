"""A running Rasa takes over a new model within seconds, without a restart and without dropping a message.

The new model is loaded and tried in a thread while the old one goes on answering. Then one assignment puts it in its place:
a message that has begun ends with the model it began with, the next one gets the new. Trackers and locks stay where they are.
A model that cannot be loaded changes nothing.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

LOOK_EVERY_SECONDS = 2.0
# What a new model must be able to read before it answers anybody.
TRIAL = "hello"

logger = logging.getLogger(__name__)


class Reloading:
    """Watches a model's file for the agent that a Sanic app serves. Make it before the app loads the model for the first time."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._seen = _identity(model)

    async def begin(self, app: Any, _loop: Any) -> None:
        """Starts to watch; a listener for "after_server_start"."""
        app.ctx.reloading = asyncio.create_task(self._watch(app))  # kept, or the loop would drop it

    async def _watch(self, app: Any) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            await self.look(app.ctx.agent)

    async def look(self, agent: Agent) -> bool:
        """Takes a changed model over; True where it did so."""
        found = _identity(self._model)
        if found in (None, self._seen):
            return False
        self._seen = found
        try:
            processor = await asyncio.get_running_loop().run_in_executor(None, _load, self._model, agent)
        except Exception as error:  # whatever is wrong with a file, the old model goes on
            logger.error("a model could not be loaded", exc_info=error)
            return False
        _swap(agent, processor)
        del processor
        await asyncio.get_running_loop().run_in_executor(None, _give_back_memory)
        return True


def _load(model: Path, agent: Agent) -> MessageProcessor:
    """Makes a processor of the new model beside the agent's own, with the same stores, and tries it."""
    processor = MessageProcessor(
        model_path=str(model), tracker_store=agent.tracker_store, lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint, generator=agent.nlg, http_interpreter=agent.http_interpreter,
    )
    asyncio.run(processor.parse_message(UserMessage(TRIAL)))
    return processor


def _swap(agent: Agent, processor: MessageProcessor) -> None:
    """Puts the new model in its place. No await stands between the lines, so that no message sees half of it."""
    agent.processor = processor
    agent.domain = processor.domain
    agent.tracker_store.domain = processor.domain
    if isinstance(agent.nlg, TemplatedNaturalLanguageGenerator):
        agent.nlg.responses = processor.domain.responses


def _identity(path: Path) -> tuple[int, int, int] | None:
    """Returns what tells one file from its successor; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _give_back_memory() -> None:
    """Lets the old model go, and has the C library give its pages back, which it would keep for itself."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return  # another C library than glibc has none
