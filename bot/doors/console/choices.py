"""What the form of an answer offers to choose from: passages by source, laws, contacts, topics, kinds of help, towns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.content import Content
from bot.doors.console.words import say
from bot.edits.answers import Answer

SECTIONS = "ABCDE"
FIRST_CHARACTERS = 70


@dataclass(frozen=True)
class Group:
    """Options below one heading: (id, label)."""

    heading: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choices:
    """What may be chosen, by list. kinds: of help, by their ids; towns: (id, name)."""

    groups: Mapping[str, tuple[Group, ...]]
    kinds: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]

    def known(self) -> dict[str, frozenset[str]]:
        """Returns the ids of each list."""
        ids = {name: frozenset(id_ for group in groups for id_, _ in group.options) for name, groups in self.groups.items()}
        return {**ids, "kinds": frozenset(self.kinds), "towns": frozenset(id_ for id_, _ in self.towns)}


def choices(content: Content, answer: Answer | None = None) -> Choices:
    """Returns the choices of a content; what the answer has already is among them, even where residents no longer see it."""
    held = answer.prefer if answer else ()
    groups = {
        "quotes": tuple(_passages(content)),
        "laws": (Group("", tuple((law.id, f"{law.cite}: {_first(law.says)}") for law in content.laws.values())),),
        "prefer": (Group("", (*((c.id, c.name) for c in content.contacts.values()), *_hidden(held, content.contacts))),),
        "next": tuple(_topics(content)),
    }
    return Choices(groups, tuple(_kinds(content, answer)), tuple(_towns(content, answer)))


def section_name(section: str, content: Content) -> str:
    """Returns the heading of a section; talk about the service has none that residents see."""
    key = f"section_{section}"
    return content.phrases[key] if key in content.phrases else say("section_service")


def _passages(content: Content) -> Iterable[Group]:
    documents = dict.fromkeys(quote.document.id for quote in content.quotes.values())
    for id_ in documents:
        quotes = [quote for quote in content.quotes.values() if quote.document.id == id_]
        document = quotes[0].document
        heading = f"{document.title or document.publisher}, {document.publisher}, {document.date}"
        yield Group(heading, tuple((q.id, f"{q.speaker}: “{_first(q.text)}”") for q in quotes))


def _topics(content: Content) -> Iterable[Group]:
    for section in SECTIONS:
        topics = [topic for topic in content.topics.values() if topic.section == section]
        if topics:
            yield Group(section_name(section, content), tuple((topic.id, topic.title) for topic in topics))


def _kinds(content: Content, answer: Answer | None) -> Iterable[str]:
    """The answer's own come first in their order, which says who is shown first."""
    every = {kind for contact in content.contacts.values() for kind in contact.kinds}
    own = answer.kinds if answer else ()
    return (*own, *sorted(every - set(own)))


def _towns(content: Content, answer: Answer | None) -> Iterable[tuple[str, str]]:
    """Towns that we hold statements of, and those that the answer names already."""
    own = answer.towns if answer else {}
    return ((town.id, town.name) for town in content.towns.values() if town.statements or town.id in own)


def _hidden(ids: Iterable[str], table: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    return ((id_, say("choice_hidden", choice=id_)) for id_ in ids if id_ not in table)


def _first(text: str) -> str:
    return text if len(text) <= FIRST_CHARACTERS else f"{text[:FIRST_CHARACTERS].rsplit(' ', 1)[0]} …"
