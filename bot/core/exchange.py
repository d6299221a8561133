"""What a turn is made of: the question, the memory, the setting; and the turn in the making, which says topics and remembers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from bot.core.compose import compose, language_choices
from bot.core.content import Content
from bot.core.reply import Reply
from bot.core.speech import Guess, Speech


@dataclass(frozen=True)
class Question:
    """What one message was understood as. ranking: intents with their probability, best first."""

    intent: str
    text: str = ""
    ranking: tuple[tuple[str, float], ...] = ()
    town: str | None = None
    guess: Guess | None = None
    explicit_language: str | None = None
    page_language: str | None = None
    chosen_town: str | None = None
    number: int | None = None
    town_alone: bool = False


@dataclass(frozen=True)
class Memory:
    """All that is remembered of a conversation; no text, nothing about the person."""

    language: str | None = None
    explicit: bool = False
    town: str | None = None
    topic: str | None = None
    choices: tuple[str, ...] = ()
    misses: int = 0
    advised: bool = False


@dataclass(frozen=True)
class Turn:
    """What to say and what to remember."""

    reply: Reply
    memory: Memory


@dataclass(frozen=True)
class Setting:
    """What a turn needs besides the question: what we may say, today's date, our public address."""

    content: Content
    today: date
    url: str = ""


@dataclass(frozen=True)
class Exchange:
    """A turn in the making: language and town are decided."""

    question: Question
    memory: Memory
    setting: Setting
    speech: Speech = field(default_factory=lambda: Speech("en"))

    def say(self, topic: str, **changes: object) -> Turn:
        """Answers with a topic and remembers it where one may come back to it."""
        content = self.setting.content
        values = {"url": self.setting.url, "town": self._town_name()}
        reply = compose(topic, self.speech.language, self.memory.town, content, self.setting.today, values)
        return self.done(replace(reply, **changes), topic)  # type: ignore[arg-type]

    def done(self, reply: Reply, topic: str | None) -> Turn:
        """Closes the turn: the disclaimer once, choices numbered as shown, misses forgotten."""
        real = topic is not None and not self.setting.content.topics[topic].is_service
        notices = reply.notices
        if real and not self.memory.advised:
            notices = (self.phrase("not_advice"), *notices)
        reply = self._ask_language(replace(reply, notices=notices))
        memory = replace(
            self.memory, topic=topic if real else self.memory.topic, advised=self.memory.advised or real,
            choices=tuple(s.topic for s in reply.suggestions), misses=0,
        )
        return Turn(reply, memory)

    def phrase(self, key: str, /, **values: object) -> str:
        return self.setting.content.phrase(self.speech.language, key, **values)

    def _ask_language(self, reply: Reply) -> Reply:
        """Where two languages are close, asks once, in both, below the answer: the answer itself never waits."""
        if not self.speech.ask:
            return reply
        content = self.setting.content
        names = [content.languages[code].name for code in self.speech.ask]
        asked = tuple(content.phrase(code, "language_unsure", first=names[0], second=names[1]) for code in self.speech.ask)
        choices = language_choices(self.speech.ask, content)
        return replace(reply, notices=(*reply.notices, *asked), suggestions=(*choices, *reply.suggestions))

    def _town_name(self) -> str:
        content = self.setting.content
        if not self.memory.town:
            return content.phrase(self.speech.language, "town_any")
        return content.say(self.speech.language, "town", content.towns[self.memory.town].name).text
