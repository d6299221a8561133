"""The plain-text face of an answer: for the terminal, for a page reader, and as the source of text messages."""

from __future__ import annotations

from bot.core.content import Content
from bot.core.direction import isolated
from bot.core.reply import Reply, ShownContact, ShownLaw, ShownQuote


def plain(reply: Reply, content: Content) -> str:
    """Returns the whole answer as text, parts divided by empty lines."""
    def heading(key: str) -> str:
        return content.phrase(reply.language, key).upper() if reply.direction == "ltr" else content.phrase(reply.language, key)

    parts = [reply.text, *reply.notices]
    parts += _section(heading("heading_steps"), [f"{n}. {s}" for n, s in enumerate(reply.steps, 1)])
    parts += _section(heading("heading_quotes"), [_quote(q, reply, content) for q in reply.quotes])
    parts += _section(heading("heading_laws"), [_law(law, reply, content) for law in reply.laws])
    parts += _section(heading("heading_caution"), [reply.caution] if reply.caution else [])
    parts += _section(heading("heading_contacts"), [_contact(c, reply) for c in reply.contacts])
    parts += _section(heading("heading_next"), [f"{n}. {s.label}" for n, s in enumerate(reply.suggestions, 1)])
    return "\n\n".join(parts)


def _section(title: str, lines: list[str]) -> list[str]:
    return ["\n".join([title, *lines])] if lines else []


def _quote(quote: ShownQuote, reply: Reply, content: Content) -> str:
    said = quote.text if quote.kind == "paraphrase" else f"“{quote.text}”"
    lines = [isolated(said, reply.direction), f"  {quote.attribution}"]
    if quote.translation:
        lines.append(f"  {content.phrase(reply.language, 'unofficial_translation')}: {quote.translation}")
    lines += [f"  {extra}" for extra in (quote.context, quote.said_in) if extra]
    if quote.url:
        lines.append(f"  {isolated(quote.url, reply.direction)}")
    return "\n".join(lines)


def _law(law: ShownLaw, reply: Reply, content: Content) -> str:
    lines = [law.text, f"  {law.label} {law.status_text}"]
    if law.original:
        lines.append(f"  {isolated(f'“{law.original}”', reply.direction)}")
    if law.translation:
        lines.append(f"  {content.phrase(reply.language, 'unofficial_translation')}: {law.translation}")
    if law.url:
        lines.append(f"  {isolated(law.url, reply.direction)}")
    return "\n".join(lines)


def _contact(contact: ShownContact, reply: Reply) -> str:
    lines = [contact.name]
    numbers = [contact.phone_display] if contact.phone_display else []
    lines += [f"  {isolated(number, reply.direction)}" for number in numbers]
    lines += [f"  {label}: {isolated(display, reply.direction)}" for label, _, display in contact.lines]
    lines += [f"  {isolated(contact.url, reply.direction)}"] if contact.url else []
    lines += [f"  {note}" for note in (contact.hours, contact.notes, contact.checked_text) if note]
    return "\n".join(lines)
