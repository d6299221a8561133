"""What the operator learns of a turn: numbers by week, and, where that is switched on, redacted questions without an answer.

Nothing here disturbs an answer, whatever goes wrong; what goes wrong is told without a word of what was asked.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from bot.core.content import Content
from bot.core.privacy import redact
from bot.core.tally import turn_cells, vote_cells
from bot.core.vocabulary import Vocabulary
from bot.counts import counts
from bot.inbox import Question, inbox
from bot.settings import ROOT
from bot.vocabulary import read_vocabulary

# What was taken for none of our topics is looked at too: it may have been one, or should become one.
NOT_OURS = "out_of_scope"
logger = logging.getLogger("confianza.door")
# How the bot says that it has not understood.
ASKS_BACK = ("fallback_choices", "clarify", "fallback_menu")
_ready: dict[str, tuple[Content, Vocabulary]] = {}
_reading = threading.Lock()


def observe(payload: Mapping[str, Any], text: str, channel: str, content: Content) -> None:
    """Counts a turn; keeps its question, redacted, where it has no answer. text: what was asked freely, "" for a command."""
    with _undisturbed():
        ours, language = settings.CONFIANZA, payload["language"]
        answered = _answered(payload, content) if text else None
        counts(ours.state).add(turn_cells(payload["topic"], language, channel, answered), ours.today())
        if ours.console.inbox and channel == "web" and text and (answered is False or payload["topic"] == NOT_OURS):
            _keep(text, language, content)


def observe_vote(topic: str, helped: bool) -> None:
    """Counts one "did this help?"."""
    with _undisturbed():
        counts(settings.CONFIANZA.state).add(vote_cells(topic, helped), settings.CONFIANZA.today())


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # a resident's answer comes before every number
        logger.info(json.dumps({"event": "observe", "done": False, "error": type(error).__name__}))


def _answered(payload: Mapping[str, Any], content: Content) -> bool | None:
    """Returns whether a question was answered; None for courtesies, talk about the service, and answers switched off."""
    topic, language = payload["topic"], payload["language"]
    if topic is None or payload["short"] in {content.phrase(language, key) for key in ASKS_BACK}:
        return False
    known = content.topics.get(topic)
    if known is None or not known.is_offered or (known.is_service and not known.first):
        return None
    return True


def _keep(text: str, language: str, content: Content) -> None:
    """Redacts a question and puts it into the inbox; until the vocabulary is read, questions are let go rather than kept."""
    ready = _ready.get(language)
    if ready is None or ready[0] is not content:
        _begin(language, content)
    if ready is not None:
        inbox(settings.CONFIANZA).put(Question(language, redact(text, ready[1])))


def _begin(language: str, content: Content) -> None:
    """Reads beside the answer: nobody waits for it."""
    threading.Thread(target=_prepare, args=(language, content), daemon=True).start()


def _prepare(language: str, content: Content) -> None:
    """Reads a language's vocabulary, which takes about a second; one thread at a time."""
    with _reading, _undisturbed():
        ready = _ready.get(language)
        if ready is None or ready[0] is not content:
            _ready[language] = (content, read_vocabulary(language, content, ROOT))
