"""An answer as each channel shows it: the reply for a page, and the messages that a phone gets, one after the other.

The public door sends with it and the advocates' console previews with it, so that a preview is what a phone gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.content import Content, Language
from bot.core.exchange import Memory, Question, Setting
from bot.core.pages import SMS, WHATSAPP, Face, Piece, Run, paginate
from bot.core.reply import Reply
from bot.core.segments import Count, count
from bot.core.sms import pieces
from bot.core.turn import respond

FACES: Mapping[str, Face] = {"sms": SMS, "whatsapp": WHATSAPP}
# When a message comes: at once, with the first answer of a chat, or when the resident sends MORE.
AT_ONCE, WELCOME, ON_MORE = "at_once", "welcome", "on_more"


@dataclass(frozen=True)
class Message:
    """One message on a phone: its text, what it costs, and when it comes (AT_ONCE, WELCOME or ON_MORE)."""

    text: str
    count: Count
    when: str


@dataclass(frozen=True)
class Faces:
    """A reply on every channel. words: our phrases in the reply's language, by key; town: its name there, or ""."""

    language: Language
    town: str
    reply: Reply
    words: Mapping[str, str]
    sms: tuple[Message, ...]
    whatsapp: tuple[Message, ...]

    @property
    def segments(self) -> int:
        """What the whole answer costs as text messages, with our introduction, when every page is asked for."""
        return sum(message.count.segments for message in self.sms)


def pages(reply: Reply, content: Content, channel: str, introduced: bool) -> tuple[str, ...]:
    """Returns a reply as the messages of a channel ("sms", "whatsapp"), in order; each but the last ends with how to get the next.

    introduced: our own introduction goes along with the first.
    """
    return paginate(pieces(reply, content, introduced), FACES[channel], content.phrase(reply.language, "sms_more"))


def alone(text: str, channel: str) -> str:
    """Returns our own words as one message of a channel."""
    return FACES[channel].write((Piece((Run(text),)),))


def faces(reply: Reply, content: Content) -> Faces:
    """Returns a reply as each channel shows it at the beginning of a chat; raises KeyError for an unknown language."""
    town = content.towns.get(reply.town or "")
    return Faces(
        language=content.languages[reply.language],
        town=content.say(reply.language, "town", town.name).text if town else "",
        reply=reply,
        words={key: content.say(reply.language, key, english).text for key, english in content.phrases.items()},
        sms=_messages(reply, content, "sms"),
        whatsapp=_messages(reply, content, "whatsapp"),
    )


def answered(content: Content, topic: str, language: str, town: str | None, today: date, url: str) -> Reply:
    """Returns what a resident gets who asks for a topic first of all; raises KeyError for an unknown topic, language or town."""
    wanted = content.topics[topic].id, content.languages[language].code, content.towns[town].id if town else None
    question = Question(intent=wanted[0], explicit_language=wanted[1], chosen_town=wanted[2])
    return respond(question, Memory(), Setting(content, today, url)).reply


def _messages(reply: Reply, content: Content, channel: str) -> tuple[Message, ...]:
    first, *rest = pages(reply, content, channel, introduced=True)
    welcome = alone(content.phrase(reply.language, "sms_first"), channel)
    order = [(first, AT_ONCE), (welcome, WELCOME), *((page, ON_MORE) for page in rest)]
    return tuple(Message(text, count(text), when) for text, when in order)
