"""One message from a phone in the making: what it says, what is held of its sender, what the door may say itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings

from bot.core.compose import compose
from bot.core.content import Content
from bot.core.direction import isolated
from bot.core.faces import alone
from bot.core.keywords import Keyword
from bot.doors.public.phones import threads
from bot.doors.public.phones.inbound import Inbound

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """A message in the making: what it says, what is held of its sender, until when it must be answered (monotonic)."""

    message: Inbound
    content: Content
    thread: threads.Thread
    keyword: Keyword | None
    deadline: float
    in_turn: bool = True
    generation: int = 0

    @property
    def language(self) -> str:
        """The language for what the door says itself: the keyword's own, the chat's, English."""
        return (self.keyword.language if self.keyword else "") or self.thread.language or "en"

    @property
    def talk(self) -> str:
        """What Rasa knows the chat by: the pseudonym, with a number once the sender was forgotten."""
        return f"{self.message.sender}-{self.generation}" if self.generation else self.message.sender

    def say(self, key: str, **values: str) -> Texts:
        """One of our sentences as a message of its own."""
        direction = self.content.languages[self.language].direction
        shown = {name: isolated(value, direction) for name, value in values.items()}
        return self.show(self.content.phrase(self.language, key, **shown))

    def show(self, text: str) -> Texts:
        """Our own words as a message of its own."""
        return (alone(text, self.message.channel),)


def hotline(content: Content) -> str:
    """The number of the first contact in the whole state that has one; our page where nobody may be shown."""
    return _hotline(content, settings.CONFIANZA.today())


@lru_cache(maxsize=2)
def _hotline(content: Content, today: date) -> str:
    contacts = compose("need_lawyer", "en", None, content, today).contacts
    return str(next((c.phone_display for c in contacts if c.phone_display), settings.CONFIANZA.public_url))
