"""Notices that hold for some days: which are in force, for which towns, and how they come to stand in a reply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.content import Content, Notice
from bot.core.direction import placed
from bot.core.reply import Reply
from bot.core.states import IN_ENGLISH, Said, notice_keys

# Of the talk about the service only these carry notices: how a chat begins, and where one looks around.
OPENING = ("greet", "menu_help")
# Characters: a notice goes before the rest of an answer, on a phone too. A translation may need more room.
NOTICE_LIMIT, TRANSLATED_NOTICE_LIMIT = 160, 200


def in_force(content: Content, today: date) -> tuple[Notice, ...]:
    """Returns the notices of today; the first and the last day count."""
    return tuple(notice for notice in content.notices if notice.starts <= today <= notice.ends)


def announced(notice: Notice, language: str, content: Content) -> Said:
    """Returns a notice in a language; one that is only for some towns begins with their names."""
    said = content.say(language, notice.context, notice.text)
    text = placed(said.text, said.state in IN_ENGLISH, content.languages[language].direction)
    names = " / ".join(content.say(language, "town", content.towns[town].name).text for town in notice.towns)
    return Said(f"{names}: {text}" if names else text, said.state)


def of_page(content: Content, today: date, town: str | None = None) -> tuple[Notice, ...]:
    """Returns what a page shows: for a town its own notices and the general ones; where no town is named, all of them."""
    return tuple(n for n in in_force(content, today) if not n.towns or town is None or town in n.towns)


def announce(reply: Reply, content: Content, today: date) -> Reply:
    """Returns the reply with the notices of today before its own: the general ones, and those for the town that was named."""
    topic = content.topics.get(reply.topic or "")
    if topic and topic.is_service and topic.id not in OPENING:
        return reply
    named = (n for n in in_force(content, today) if not n.towns or reply.town in n.towns)
    shown = [announced(notice, reply.language, content) for notice in named]
    trust = [content.phrase(reply.language, key) for key in notice_keys({said.state for said in shown})] if shown else []
    late = [notice for notice in trust if notice not in reply.notices]
    return replace(reply, notices=(*(said.text for said in shown), *reply.notices, *late))


def all_texts(language: str, content: Content) -> frozenset[str]:
    """Returns every notice as it stands in replies of a language, by which a phone tells them from an answer's own."""
    return frozenset(announced(notice, language, content).text for notice in content.notices)


def faults(notice: Notice, content: Content) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with a notice, each with a remedy."""
    if not notice.text.strip():
        yield "it says nothing", "write what residents shall read, or take the notice out"
    if len(notice.text) > NOTICE_LIMIT:
        yield f"{len(notice.text)} characters, at most {NOTICE_LIMIT} fit", "say it shorter"
    if notice.ends < notice.starts:
        yield f"it ends on {notice.ends}, before it starts", "correct the dates"
    if set(notice.text) & set("{}"):
        yield "there is a brace in it", "nothing is filled in here; write the words themselves"
    for town in (town for town in notice.towns if town not in content.towns):
        yield f"the unknown town '{town}'", "correct the id, or add it in data/answers/towns.yml"
