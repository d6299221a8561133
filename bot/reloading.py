"""A running Rasa takes over a new model within seconds, without a restart and without dropping a message.

The new model is loaded and tried in a thread while the old one goes on answering. Then one assignment puts it in its place:
a message that has begun ends with the model it began with, the next one gets the new. Trackers and locks stay where they are.
A model that cannot be loaded, or that no training wrote down (`learning.modelhashes`), changes nothing.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

from bot.core.errors import ConfianzaError
from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import digest

LOOK_EVERY_SECONDS = 2.0
# By then every message that began with the old model has its answer: until the last of them has, nothing of it can be given back.
ENDED_WITHIN_SECONDS = 6.0
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3  # malloc.h
ONE_ARRAY_BYTES = 1024 * 1024  # larger than anything that a message needs
# What a new model must be able to read before it answers anybody.
TRIAL = "hello"

logger = logging.getLogger(__name__)


class Reloading:
    """Watches a model's file for the agent that a Sanic app serves. Make it before the app loads the model for the first time."""

    def __init__(self, model: Path, hashes: ModelHashes) -> None:
        self._model, self._hashes = model, hashes
        self._seen, self._loaded = self._look(), digest(model)
        _keep_memory_together()

    async def begin(self, app: Any, _loop: Any) -> None:
        """Starts to watch; a listener for "after_server_start"."""
        app.ctx.reloading = asyncio.create_task(self._watch(app))  # kept, or the loop would drop it

    async def _watch(self, app: Any) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            await self.look(app.ctx.agent)

    async def look(self, agent: Agent) -> bool:
        """Takes a changed model over; True where it did so."""
        found = self._look()
        if found == self._seen:
            return False
        self._seen = found
        try:
            processor = await asyncio.get_running_loop().run_in_executor(None, self._new, agent)
        except ConfianzaError as error:
            print(f"confianza: {error}", file=sys.stderr)  # our own sentence; what libraries say is cut down
            return False
        except Exception as error:  # whatever is wrong with a file, the old model goes on
            logger.error("a model could not be loaded", exc_info=error)
            return False
        if processor is None:
            return False
        _swap(agent, processor)
        del processor
        loop = asyncio.get_running_loop()
        loop.call_later(ENDED_WITHIN_SECONDS, loop.run_in_executor, None, _give_back_memory)
        return True

    def _look(self) -> tuple[object, object]:
        """What has to change before the model is looked at again: its file, or the list of those that may be loaded."""
        return _identity(self._model), _identity(self._hashes.path)

    def _new(self, agent: Agent) -> MessageProcessor | None:
        """Loads the model where it is another one than before; raises ModelError where it may not be loaded."""
        hashed = digest(self._model)
        if hashed in ("", self._loaded):
            return None
        self._hashes.need(self._model)
        processor = _load(self._model, agent)
        self._loaded = hashed
        return processor


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


def _keep_memory_together() -> None:
    """Has glibc take all threads' memory from one place, and a model's arrays from the system, to which they go back whole.

    Else what the thread that loads a model leaves behind stays in a place of its own, and the second model lies among small things.
    """
    with suppress(OSError, AttributeError):  # another C library than glibc has none
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, ONE_ARRAY_BYTES)


def _give_back_memory() -> None:
    """Lets the old model go, and has the C library give its pages back, which it would keep for itself."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return  # another C library than glibc has none
