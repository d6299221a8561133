"""What the door's pages share: the content, the brain, the keyword table, and how one message is answered."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from bot.brain import Brain, intent_message
from bot.core.content import Content
from bot.core.errors import BrainError
from bot.core.keywords import Keywords, keyword_table
from bot.core.spare import short_answer
from bot.core.spoken import likely_language
from bot.core.text import MAX_CHARACTERS, clean
from bot.doors.public import conversations, observing
from bot.doors.public.patience import Patience
from bot.doors.public.promises import true_answer
from bot.library import Library
from bot.settings import ROOT

logger = logging.getLogger("confianza.door")
# The server has 128 threads: some stay free for webhooks and pages.
MOST_AT_ONCE = 96
TURN_SECONDS = 5.0
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class Refused:
    """A message that is not answered: an HTTP status and an error code."""

    status: int
    code: str


@dataclass(frozen=True)
class Asked:
    """One message as it came in, unchecked; `page_language` is only a hint, `language` was chosen."""

    message: str = ""
    conversation: str = ""
    language: str | None = None
    town: str | None = None
    topic: str | None = None
    page_language: str | None = None


@lru_cache(maxsize=1)
def library() -> Library:
    """The content, read once and watched for changes."""
    return Library(ROOT)


def version() -> str:
    """A mark of the content that is live."""
    return library().version


@lru_cache(maxsize=1)
def brain() -> Brain:
    """The client that asks Rasa."""
    return Brain(*settings.CONFIANZA.rasa_urls)


@lru_cache(maxsize=1)
def patience() -> Patience:
    """How long asking Rasa is worth the wait."""
    return Patience(len(settings.CONFIANZA.rasa_urls))


@lru_cache(maxsize=2)
def keywords(content: Content) -> Keywords:
    """The table of messages with a fixed meaning, made once for each version of the content."""
    return keyword_table(content)


def answer(asked: Asked) -> dict[str, Any] | Refused:
    """Answers one message from the web with the API's object, or says why not."""
    refused = refusal(asked, library().content)
    if refused:
        return refused
    token = conversations.read(asked.conversation) if asked.conversation else conversations.new()
    if token is None:
        return Refused(400, "conversation")
    if not _places.acquire(blocking=False):
        return Refused(429, "busy")
    try:
        return _api_object(turn(token.sender, asked, "web"), token)
    finally:
        _places.release()


def refusal(asked: Asked, content: Content) -> Refused | None:
    """Returns why a message is not answered, or None."""
    text = clean(asked.message)
    checks = (
        (asked.language and asked.language not in content.languages, 400, "language"),
        (asked.town and asked.town not in content.towns, 400, "town"),
        (asked.topic and not _command(asked.topic, content), 400, "topic"),
        (len(asked.message) > MAX_CHARACTERS, 413, "too-long"),
        (not asked.topic and not text, 400, "empty"),
        (not asked.topic and text.startswith("/"), 400, "command"),
    )
    return next((Refused(status, code) for wrong, status, code in checks if wrong), None)


def turn(sender: str, asked: Asked, channel: str, seconds: float = TURN_SECONDS) -> dict[str, Any]:
    """Takes one turn and returns the action's payload; the short answer where Rasa gives none within so many seconds.

    sender: the conversation's pseudonym. The message must have passed `refusal`.
    """
    started = time.perf_counter()
    content = library().content
    text = clean(asked.message)
    message = _command(asked.topic, content) if asked.topic else _keyword_command(text, content) or text
    metadata = {"language": asked.language, "town": asked.town, "page_language": asked.page_language, "channel": channel}
    try:
        with patience().attempt(seconds) as left:
            payload = brain().ask(sender, message, metadata, left)
    except BrainError:
        payload = _spare(asked, text, content)
    payload = true_answer(payload, channel, content)
    log = {"event": "answer", "topic": payload["topic"], "language": payload["language"], "channel": channel,
           "ms": round((time.perf_counter() - started) * 1000)}
    logger.info(json.dumps(log))
    observing.observe(payload, text if message == text else "", channel, content)
    return payload


def forget(sender: str, channel: str) -> None:
    """Makes Rasa forget a conversation; where it cannot be reached, its memory ends by itself."""
    try:
        brain().ask(sender, intent_message("forget"), {"channel": channel})
    except BrainError:
        logger.info(json.dumps({"event": "forget", "done": False}))


def _spare(asked: Asked, text: str, content: Content) -> dict[str, Any]:
    language = asked.language or likely_language(text, asked.page_language, content)
    if asked.topic in content.topics:
        text = content.say(language, asked.topic or "", content.topics[asked.topic or ""].title).text
    reply = short_answer(text, language, asked.town, content, settings.CONFIANZA.today())
    return {**reply.payload(), "confidence": 0.0}


def _api_object(payload: dict[str, Any], token: conversations.Conversation) -> dict[str, Any]:
    outer = {k: payload.pop(k) for k in ("language", "direction", "topic", "confidence")}
    return {"conversation": token.text, **outer, "reply": payload}


def _command(value: str | None, content: Content) -> str:
    """Returns the command for a suggestion's value, or "" where it is none of ours."""
    if value in content.topics:
        return intent_message(str(value))
    if value and value.startswith("language.") and value[9:] in content.languages:
        return intent_message("change_language", language=value[9:])
    return ""


def _keyword_command(text: str, content: Content) -> str | None:
    keyword = keywords(content).read(text)
    if keyword is None:
        return None
    entity = {"choice": "number", "language": "language"}.get(keyword.kind)
    return intent_message(keyword.intent, **({entity: keyword.value} if entity else {}))
