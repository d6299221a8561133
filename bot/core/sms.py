"""The face of an answer on a phone: a reply becomes pieces in the order in which a frightened person needs them.

First what to do now and the short answer, then the words or the law it rests on, one person to call, the caution; steps,
the other contacts and what to ask next follow behind MORE. All quotations and laws in full come with SOURCE. Where the
helper program is away, who to call comes before what is left of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.core.content import Content
from bot.core.direction import END_ISOLATE, ISOLATE, isolated
from bot.core.notices import all_texts
from bot.core.pages import Piece, Run, sentences
from bot.core.reply import Reply, ShownContact, ShownQuote

# These say how far a translation can be trusted; they hold for the whole service and come last.
LATE_NOTICES = ("outdated_notice", "missing_notice")


def pieces(reply: Reply, content: Content, introduced: bool) -> tuple[Piece, ...]:
    """Returns the whole reply for a phone. introduced: our own introduction goes with it and says what "not advice" says."""
    announced = all_texts(reply.language, content)
    today = tuple(piece for notice in reply.notices if notice in announced for piece in sentences(notice))
    reply = replace(reply, notices=tuple(notice for notice in reply.notices if notice not in announced))
    if reply.act == "sources":
        return (*sentences(reply.short), *today, *_sources(reply, content))
    early, late = _notices(reply, content, introduced)
    choices = tuple(_choices(reply, content))
    asks = bool(reply.suggestions) and (_is_service(reply, content) or reply.suggestions[0].topic.startswith("language."))
    callable_first = next((c for c in reply.contacts if c.phone_display), None)
    if callable_first and content.phrase(reply.language, "short_answer") in reply.notices:
        called = (*sentences(reply.first or ""), *_address(callable_first, reply), *today, *early, *sentences(reply.short))
        return (*called, *(choices if asks else ()), *_rest(reply, content, callable_first), *late, *(() if asks else choices))
    return (
        *sentences(reply.first or ""),
        *(_address(callable_first, reply) if callable_first and reply.first else ()),
        *sentences(reply.short),
        *today,
        *(choices if asks else ()),
        *early,
        *_basis(reply, content),
        *(replace(p, forward=True) for p in (_address(callable_first, reply) if callable_first and not reply.first else ())),
        *_rest(reply, content, callable_first),
        *late,
        *(() if asks else choices),
        *(sentences(content.phrase(reply.language, "sms_sources")) if reply.quotes or reply.laws else ()),
    )


def _rest(reply: Reply, content: Content, called: ShownContact | None) -> Iterator[Piece]:
    """The caution, what to do step by step, everyone to call."""
    yield from sentences(reply.caution or "")
    yield from (Piece((Run(f"- {step}"),)) for step in reply.steps)
    yield from _contacts(reply, content, called)


def _is_service(reply: Reply, content: Content) -> bool:
    return reply.topic in content.topics and content.topics[reply.topic or ""].is_service


def _notices(reply: Reply, content: Content, introduced: bool) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Returns the notices of the answer (that of a draft in short, on the first page if it fits), and those that can wait."""
    def phrase(key: str) -> str:
        return content.phrase(reply.language, key)

    shorter = {phrase("draft_notice"): phrase("sms_draft")}
    dropped = {phrase("not_advice")} if introduced else set()
    waiting = {phrase(key) for key in LATE_NOTICES}
    kept = [notice for notice in reply.notices if notice not in dropped]
    early = tuple(
        replace(piece, forward=notice in shorter)
        for notice in kept if notice not in waiting for piece in sentences(shorter.get(notice, notice))
    )
    late = tuple(piece for notice in kept if notice in waiting for piece in sentences(notice))
    return early, late


def _quote(quote: ShownQuote, reply: Reply, content: Content, cite: str) -> Iterator[Piece]:
    """The passage with its citation, never parted; then its translation and what must stand beside it."""
    marks = ("", "") if quote.kind == "paraphrase" else ("“", "”")
    yield from _passage(quote.text, marks, cite, quote.translation, reply, content)
    yield from sentences(quote.context or "")


def _passage(text: str, marks: tuple[str, str], cite: str, translation: str | None, reply: Reply, content: Content) -> Iterator[Piece]:
    """English words to the letter, isolated where text runs from right to left, and their unofficial translation."""
    start, end = (ISOLATE, END_ISOLATE) if reply.direction == "rtl" else ("", "")
    yield Piece((Run(f"{start}{marks[0]}"), Run(text, own=False), Run(f"{marks[1]}{end}{cite}", solid=True)))
    if translation:
        yield from sentences(f"{content.phrase(reply.language, 'unofficial_translation')}: {translation}")


def _basis(reply: Reply, content: Content) -> Iterator[Piece]:
    """The first words that the answer rests on; where there are none, the first law by name, with its status."""
    for quote in reply.quotes[:1]:
        yield from _quote(quote, reply, content, f" ({quote.cite})")
    if reply.laws and not reply.quotes:
        yield Piece((Run(f"({reply.laws[0].cite}. {reply.laws[0].status_text})", solid=True),))


def _contacts(reply: Reply, content: Content, first: ShownContact | None) -> Iterator[Piece]:
    """Everyone who can help; where there is a number, what to know before calling it."""
    for contact in reply.contacts:
        yield from _address(contact, reply) if contact is not first else (Piece((Run(f"{contact.name}:"),)),)
        for label, _, display in contact.lines:
            yield Piece((Run(f"{label}:\n"), Run(isolated(display, reply.direction), solid=True)))
        if contact.phone_display or contact.lines:
            yield from sentences(contact.hours or "")
            yield from sentences(contact.notes)
    unchecked = [c for c in reply.contacts if not c.checked_on]
    yield from (piece for c in reply.contacts if c.checked_on for piece in sentences(f"{c.name}: {c.checked_text}"))
    key = "contacts_unchecked" if len(unchecked) > 1 else "never_checked"
    yield from sentences(content.phrase(reply.language, key)) if unchecked else ()


def _address(contact: ShownContact, reply: Reply) -> tuple[Piece, ...]:
    """A name and, on a line of its own, its number, or its page where there is no number."""
    where = contact.phone_display or contact.url
    name = Run(contact.name, solid=True)
    if not where:
        return (Piece((name,)),)
    return (Piece((Run(f"{contact.name}\n", solid=True), Run(isolated(where, reply.direction), own=False, solid=True))),)


def _choices(reply: Reply, content: Content) -> Iterator[Piece]:
    if reply.suggestions:
        yield from sentences(content.phrase(reply.language, "sms_choose"))
    for number, suggestion in enumerate(reply.suggestions, 1):
        yield Piece((Run(f"{number} {suggestion.label}"),))


def _sources(reply: Reply, content: Content) -> Iterator[Piece]:
    """Each source in full: the words, who, which post, where printed, when, and the link on a line of its own."""
    for quote in reply.quotes:
        yield from _quote(quote, reply, content, "")
        yield Piece((Run(quote.attribution, solid=True),))
        yield from sentences(quote.said_in or "", glue=" ")
        yield from _link(quote.url, reply)
    for law in reply.laws:
        if law.original:
            yield from _passage(law.original, ("“", "”"), f" ({law.cite})", law.translation, reply, content)
        yield from sentences(f"{law.text} {law.label} {law.status_text}")
        yield from _link(law.url, reply)


def _link(url: str | None, reply: Reply) -> Iterator[Piece]:
    if url:
        yield Piece((Run(isolated(url, reply.direction), own=False, solid=True),))
