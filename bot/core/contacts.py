"""Which contacts stand under an answer: by kind and town, at most three, a number among them where there is one.

A contact that nobody checked for a year is not shown to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.core.content import Contact, Content, Topic

MOST = 3
EVERYWHERE = ("statewide", "national")
# After so many days editors are asked to call; after so many residents no longer see the contact.
UNCHECKED_DAYS, HIDDEN_DAYS = 180, 365


def age(contact: Contact, today: date) -> int:
    """Returns the days since somebody last checked a contact; where nobody ever did, since we took it in."""
    return (today - (contact.last_checked or contact.added)).days


def is_hidden(contact: Contact, today: date) -> bool:
    """True where a contact was not checked for more than a year; the emergency number never hides."""
    return "emergency" not in contact.kinds and age(contact, today) > HIDDEN_DAYS


def choose_contacts(topic: Topic, town: str | None, content: Content, today: date) -> tuple[Contact, ...]:
    """Returns at most three contacts, preferred ones first; where a town is named its own, then statewide, then national."""
    usable = [c for c in content.contacts.values() if _serves(c, town) and not is_hidden(c, today)]
    wanted = [c for c in usable if c.id in topic.preferred_contacts or set(c.kinds) & set(topic.contact_kinds)]
    ranked = sorted(wanted, key=lambda c: _rank(c, topic, town))
    return _with_a_number(ranked[:MOST], ranked[MOST:])


def _serves(contact: Contact, town: str | None) -> bool:
    if town and town in contact.serves:
        return True
    return any(area in contact.serves for area in EVERYWHERE)


def _rank(contact: Contact, topic: Topic, town: str | None) -> tuple[int, int, int, int]:
    preferred = topic.preferred_contacts
    always_first = 0 if contact.id == "emergency-911" else 1
    nearness = 0 if town and town in contact.serves else 1 if "statewide" in contact.serves else 2
    choice = preferred.index(contact.id) if contact.id in preferred else len(preferred)
    kind = min((topic.contact_kinds.index(k) for k in contact.kinds if k in topic.contact_kinds), default=99)
    return (always_first, 0 if contact.id in preferred else 1, nearness if town else 0, choice * 100 + kind)


def _with_a_number(shown: list[Contact], rest: Iterable[Contact]) -> tuple[Contact, ...]:
    """Puts the best contact that has a number in the last place where none of the shown has one."""
    if shown and not any(c.phone or c.phone_display for c in shown):
        callable_one = next((c for c in rest if c.phone or c.phone_display), None)
        if callable_one:
            shown = [*shown[: MOST - 1], callable_one]
    return tuple(shown)
