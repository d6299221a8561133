"""Answers one message from a phone: once, in order, within limits; keywords first, then Rasa, then pages for its screen."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.conf import settings

from bot.core.faces import pages
from bot.core.reply import Reply, read_payload
from bot.core.segments import count
from bot.core.text import clean
from bot.doors.public import errors, service
from bot.doors.public.phones import limits, queues, receipts, threads
from bot.doors.public.phones.call import Call, Texts, hotline
from bot.doors.public.phones.inbound import Inbound

logger = logging.getLogger("confianza.door")
# Providers wait 15 s; what is not there after 8 becomes the short answer.
WITHIN_SECONDS = 8.0


def answer(message: Inbound) -> Texts | None:
    """Returns the texts to send, in order; () is silence, None means that a repeat's first copy is still at work."""
    if not message.answerable:
        return ()
    deadline = time.monotonic() + WITHIN_SECONDS
    if not receipts.claim(message.receipt):
        return receipts.reply(message.receipt, deadline)
    try:
        with queues.place(message.sender, deadline) as in_turn:
            texts = _answered(message, deadline, in_turn)
            receipts.keep(message.receipt, texts)
    except Exception:
        receipts.release(message.receipt)
        raise
    return texts


def _answered(message: Inbound, deadline: float, in_turn: bool) -> Texts:
    started = time.perf_counter()
    content = service.library().content
    keyword = service.keywords(content).read(clean(message.text))
    generation = threads.generation_of(message.sender)
    call = Call(message, content, threads.read(message.sender), keyword, deadline, in_turn, generation)
    kind = _kind(call)
    texts = KINDS[kind](call)
    segments = sum(count(text).segments if message.channel == "sms" else 1 for text in texts)
    limits.spend(segments)
    logger.info(json.dumps({"event": "phone", "kind": kind, "channel": message.channel, "messages": len(texts), "segments": segments,
                            "ms": round((time.perf_counter() - started) * 1000)}))
    return texts


def _kind(call: Call) -> str:
    """Says what is to be done: silence and its end come before everything, then the limits, then what was written."""
    told, word = call.message.told, call.keyword.kind if call.keyword else ""
    stopped = threads.is_stopped(call.message.sender, call.message.was)
    if "stop" in (told, word):
        return "silence" if stopped or told else "stop"
    if stopped:
        return "restart" if "start" in (told, word) else "erase" if word == "forget" else "silence"
    return "forget" if word == "forget" else _within_limits(call, word)


def _within_limits(call: Call, word: str) -> str:
    verdict = limits.judge(call.message.sender, settings.CONFIANZA.phone)
    if verdict is not limits.Verdict.ANSWER:
        return str(verdict.value)
    if call.message.told:
        return "silence"  # the provider has answered
    if not clean(call.message.text):
        return "no_text"
    return word if word in ("help", "more", "start", "choice") else "ask"


def _stop(call: Call) -> Texts:
    threads.stop(call.message.sender)
    _erase(call)
    return _confirmed(call, "sms_stopped")


def _confirmed(call: Call, key: str) -> Texts:
    """What was done is said a few times an hour; nobody can spend everybody's segments with it."""
    return call.say(key) if limits.may_confirm(call.message.sender) else ()


def _silence(call: Call) -> Texts:
    if call.message.told == "stop":
        threads.stop(call.message.sender)
        _erase(call)
    return ()


def _restart(call: Call) -> Texts:
    threads.start(call.message.sender, call.message.was)
    threads.write(call.message.sender, threads.Thread(language=call.language), call.generation)
    return () if call.message.told else _confirmed(call, "sms_started")


def _erase(call: Call) -> Texts:
    """What is held of the chat goes, here and in Rasa; a silence stays."""
    threads.erase(call.message.sender)
    if call.thread.introduced:
        service.forget(call.talk, call.message.channel)
    return ()


def _forget(call: Call) -> Texts:
    """Over the limit too: nobody has to wait to be forgotten. The chat's language counts, not that of the word."""
    _erase(call)
    return _confirmed(replace(call, keyword=None) if call.thread.language else call, "sms_forgotten")


def _tell(call: Call) -> Texts:
    return call.say("sms_limit", phone=hotline(call.content))


def _help(call: Call) -> Texts:
    return call.say("sms_help", phone=hotline(call.content))


def _no_text(call: Call) -> Texts:
    return call.say("sms_text_only")


def _more(call: Call) -> Texts:
    """The next page; where there is none, what comes next is the resident's to say. Of content that changed since then, none: the
    answer as it is now begins anew."""
    if not call.thread.pages:
        return call.say("sms_no_more") if call.thread.introduced else _ask(call)
    topic = call.content.topics.get(call.thread.topic)
    if topic and (not topic.is_offered or call.thread.version != service.version()):
        kept = replace(call.thread, pages=())
        return _reply(replace(call, thread=kept), service.Asked(topic=topic.id, page_language=call.thread.language or None))
    page, *rest = call.thread.pages
    threads.write(call.message.sender, replace(call.thread, pages=tuple(rest)), call.generation)
    return (page,)


def _start(call: Call) -> Texts:
    """How a chat is opened from a flyer: a greeting in the word's language."""
    return _reply(call, service.Asked(topic="greet", page_language=call.language))


def _choice(call: Call) -> Texts:
    """A digit is the choice that this phone has shown last."""
    number = int(call.keyword.value) if call.keyword else 0
    if not 1 <= number <= len(call.thread.choices):
        return _ask(call)
    return _reply(call, service.Asked(topic=call.thread.choices[number - 1], page_language=call.thread.language or None))


def _ask(call: Call) -> Texts:
    """The chat's language is a hint; where there is no chat (any more), that of a keyword is: MÁS is no English."""
    spoken = call.thread.language or (call.keyword.language if call.keyword else "")
    asked = service.Asked(message=call.message.text, page_language=spoken or None)
    refused = service.refusal(asked, call.content)
    return call.show(errors.sentence(refused.code, call.language)) if refused else _reply(call, asked)


def _reply(call: Call, asked: service.Asked) -> Texts:
    seconds = call.deadline - time.monotonic() if call.in_turn else 0.0
    payload = service.turn(call.talk, asked, call.message.channel, min(seconds, service.TURN_SECONDS))
    return _paged(replace(call, keyword=None), read_payload(payload))


def _paged(call: Call, reply: Reply) -> Texts:
    """The first page now, the rest behind MORE; who we are goes along the first time."""
    sender, thread = call.message.sender, replace(call.thread, language=reply.language)
    call = replace(call, thread=thread)
    if reply.act == "forget":
        threads.erase(sender)
        return _confirmed(call, "sms_forgotten")
    if reply.act == "repeat" and thread.pages:
        return _more(call)
    introduced = thread.introduced
    first, *rest = pages(reply, call.content, call.message.channel, introduced=not introduced)
    choices = tuple(suggestion.topic for suggestion in reply.suggestions)
    held = replace(thread, introduced=True, topic=reply.topic or "", pages=tuple(rest), choices=choices,
                   version=service.version())
    threads.write(sender, held, call.generation)
    return (first,) if introduced else (first, *call.say("sms_first"))


KINDS: Mapping[str, Callable[[Call], Texts]] = {
    "stop": _stop, "silence": _silence, "silent": _silence, "restart": _restart, "erase": _erase, "forget": _forget, "tell": _tell,
    "help": _help, "no_text": _no_text, "more": _more, "start": _start, "choice": _choice, "ask": _ask,
}
