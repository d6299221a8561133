"""What needs care in the content of a day: reviews and calls that are due, answers switched off, notices, where the bot does worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.core.contacts import HIDDEN_DAYS, UNCHECKED_DAYS, age
from bot.core.content import Contact, Content, Notice, Off, Topic

SOON_DAYS = 30
# Of the votes about an answer, so many must be a yes.
ENOUGH_HELPED = 0.5


@dataclass(frozen=True)
class Due:
    """Something with a day by which it wants doing. id: a topic or a contact; left: days until then, below 0 where it is past."""

    id: str
    title: str
    day: date
    left: int


@dataclass(frozen=True)
class Weak:
    """A language or a topic, and the part (0 to 1) of its questions that went well."""

    name: str
    part: float


def reviews(content: Content, today: date) -> tuple[Due, ...]:
    """Returns the answers whose review is due within thirty days, or was, the most urgent first."""
    found = (Due(t.id, t.title, t.review_by, (t.review_by - today).days) for t in content.topics.values())
    return _urgent(due for due in found if due.left <= SOON_DAYS)


def calls(content: Content, today: date) -> tuple[Due, ...]:
    """Returns the contacts that nobody checked for 180 days; `day` is the last on which residents see them.

    Left out is the emergency number, which never hides.
    """
    waiting = (c for c in content.contacts.values() if "emergency" not in c.kinds and age(c, today) > UNCHECKED_DAYS)
    return _urgent(Due(c.id, c.name, _last_shown(c), (_last_shown(c) - today).days) for c in waiting)


def never_called(content: Content) -> int:
    """Returns how many contacts nobody has ever checked."""
    return sum(contact.last_checked is None for contact in content.contacts.values())


def switched_off(content: Content) -> tuple[tuple[Topic, Off], ...]:
    """Returns the answers that residents do not get now, each with why, the longest off first."""
    found = ((topic, topic.off) for topic in content.topics.values() if topic.off)
    return tuple(sorted(found, key=lambda pair: (pair[1].on, pair[0].id)))


def notices(content: Content, today: date) -> tuple[Notice, ...]:
    """Returns the notices that run or are to come, the next to end first."""
    return tuple(sorted((n for n in content.notices if n.ends >= today), key=lambda n: (n.ends, n.id)))


def weakest(figures: Mapping[str, Any], most: int = 2) -> tuple[Weak, ...]:
    """Returns the languages in which a model answers the smallest part of our questions rightly.

    figures: a report of `bot.core.scores`; a language without a figure is passed over.
    """
    rows = ((code, row.get("answered"), row.get("right_of_answered")) for code, row in (figures.get("by_language") or {}).items())
    return least(((code, answered * right) for code, answered, right in rows if answered is not None and right is not None), most)


def least(parts: Iterable[tuple[str, float | None]], most: int = 2) -> tuple[Weak, ...]:
    """Returns the smallest parts, smallest first; what has none is passed over."""
    known = [Weak(name, part) for name, part in parts if part is not None]
    return tuple(sorted(known, key=lambda weak: (weak.part, weak.name))[:most])


def _last_shown(contact: Contact) -> date:
    return (contact.last_checked or contact.added) + timedelta(days=HIDDEN_DAYS)


def _urgent(found: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(found, key=lambda due: (due.day, due.id)))
