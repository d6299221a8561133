"""What was understood of a message, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.content import Content
from bot.core.diagnosis import Diagnosis
from bot.core.direction import isolated
from bot.core.keywords import Keyword
from bot.core.reply import Reply
from bot.doors.console.words import say

# Words that a phone number's own service answers before the bot hears of them.
ON_PHONES = ("help", "more", "stop", "start", "forget")


@dataclass(frozen=True)
class Fact:
    """A row of the table: what it is about, and what there is to say; each of `more` is a sentence of its own."""

    about: str
    text: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Near:
    """A topic and how likely it is (0 to 1); `id` is "" where there is no page about it."""

    id: str
    title: str
    chance: float

    @property
    def percent(self) -> str:
        return percent(self.chance)


def facts(diagnosis: Diagnosis | None, keyword: Keyword | None, reply: Reply, content: Content) -> tuple[Fact, ...]:
    """Returns what was understood, row by row."""
    if keyword:
        return (_fixed(keyword),)
    if diagnosis is None:
        return (Fact(say("try_understood"), say("try_untold")),)
    return (_language(diagnosis, reply, content), _town(diagnosis, content), _topic(diagnosis, content), *_fallback(diagnosis))


def nearest(diagnosis: Diagnosis, content: Content) -> tuple[Near, ...]:
    """Returns the ranked topics by title."""
    return tuple(Near(name if name in content.topics else "", _title(name, content), chance) for name, chance in diagnosis.ranking)


def percent(share: float) -> str:
    """Writes a share (0 to 1) as people read it."""
    return f"{share:.1%}".replace(".0%", "%")


def _fixed(keyword: Keyword) -> Fact:
    return Fact(say("try_understood"), say(f"try_word_{keyword.kind}"), (say("try_word_phone"),) if keyword.kind in ON_PHONES else ())


def _language(diagnosis: Diagnosis, reply: Reply, content: Content) -> Fact:
    guess, spoken = diagnosis.guess, _name(reply.language, content)
    if guess is None or not guess.words:
        return Fact(say("try_language_guess"), say("try_no_guess"), (say("try_answered_in", language=spoken),))
    best, second = (_name(code, content) for code in (guess.best, guess.second))
    guessed = say("try_guessed", best=best, chance=percent(guess.confidence), second=second, other=percent(guess.second_confidence))
    return Fact(say("try_language_guess"), guessed, (_certainty(diagnosis), say("try_answered_in", language=spoken)))


def _certainty(diagnosis: Diagnosis) -> str:
    if diagnosis.ask:
        return say("try_asks_language")
    return say("try_sure" if diagnosis.is_sure else "try_unsure")


def _town(diagnosis: Diagnosis, content: Content) -> Fact:
    town = content.towns.get(diagnosis.town or "")
    alone = (say("try_town_alone"),) if diagnosis.town_alone else ()
    return Fact(say("try_town_found"), town.name if town else say("try_town_none"), alone)


def _topic(diagnosis: Diagnosis, content: Content) -> Fact:
    if not diagnosis.ranking:
        return Fact(say("try_topic"), say("try_topic_none"))
    name, chance = diagnosis.ranking[0]
    return Fact(say("try_topic"), say("try_topic_found", title=_title(name, content), chance=percent(chance)))


def _fallback(diagnosis: Diagnosis) -> Iterator[Fact]:
    if diagnosis.asked_back:
        yield Fact(say("try_fallback"), say("try_asks_back"), tuple(_reasons(diagnosis)))
    elif diagnosis.limits:
        yield Fact(say("try_fallback"), say("try_answers"))


def _reasons(diagnosis: Diagnosis) -> Iterator[str]:
    limits = diagnosis.limits
    for name in diagnosis.missed:
        if name == "strangeness":
            yield say("try_missed_strangeness", times=f"{limits[name]:g}")
        else:
            measured = diagnosis.ranking[0][1] if name == "threshold" else diagnosis.lead
            yield say(f"try_missed_{name}", measured=percent(measured), limit=percent(limits[name]))


def _name(code: str, content: Content) -> str:
    """A language's own name, isolated where it would turn the sentence around it."""
    return isolated(content.languages[code].name, content.languages[code].direction)


def _title(name: str, content: Content) -> str:
    return content.topics[name].title if name in content.topics else name
