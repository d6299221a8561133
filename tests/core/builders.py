"""Small pieces of content with sensible defaults, so that a test names only what its rule is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.core.content import Contact, Content, Document, Law, Notice, Quote, Topic

ADDED = date(2026, 11, 21)


def make_quote(name: str, scope: str = "norwalk", day: str = "2025-08-20", **changes: Any) -> Quote:
    text = f"words of {name}"
    document = Document("doc", "A title", "A paper", day, scope, None, "doc.txt", "0")
    verified = hashlib.sha256(text.encode()).hexdigest()
    quote = Quote(name, text, verified, "A speaker", "short name", "a role", "spoken", scope, None, (), document)
    return replace(quote, **changes)


def make_law(name: str, jurisdiction: str = "connecticut", **changes: Any) -> Law:
    law = Law(name, "section 1", "An act", f"what {name} says", None, None, jurisdiction, "in force", "since 2025", None, "")
    return replace(law, **changes)


def make_contact(name: str, serves: tuple[str, ...] = ("statewide",), phone: str | None = "+12032340000", **changes: Any) -> Contact:
    shown = phone and "203-234-0000"
    contact = Contact(name, name.title(), ("legal_aid",), serves, phone, shown, (), "https://example.org", None, "a note", None, ADDED)
    return replace(contact, **changes)


def make_topic(name: str = "subject", **changes: Any) -> Topic:
    topic = Topic(name, "A", "A title", None, "A short answer.", {}, (), None, (), (), (), (), (), date(2027, 1, 1))
    return replace(topic, **changes)


def make_notice(name: str = "roads", starts: date = ADDED, ends: date = date(2026, 12, 24), **changes: Any) -> Notice:
    return replace(Notice(name, "Route 7 is closed.", starts, ends, "An advocate"), **changes)


def with_only(content: Content, quotes: Iterable[Quote] = (), laws: Iterable[Law] = (), contacts: Iterable[Contact] = ()) -> Content:
    """The real languages, towns and phrases with these passages and contacts instead of the real ones."""
    return replace(
        content, quotes={q.id: q for q in quotes}, laws={law.id: law for law in laws}, contacts={c.id: c for c in contacts},
    )


def with_topic(content: Content, topic: Topic) -> Content:
    return replace(content, topics={**content.topics, topic.id: topic})
