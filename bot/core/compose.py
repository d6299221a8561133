"""Composes one answer: our sentences, quotations with their date, laws with their status, caution, contacts, next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from bot.core.contacts import choose_contacts
from bot.core.content import Contact, Content, Law, Quote, Topic
from bot.core.dates import is_old, write_date, write_month
from bot.core.direction import placed
from bot.core.quotes import Evidence, choose_evidence
from bot.core.reply import Reply, ShownContact, ShownLaw, ShownQuote, Suggestion
from bot.core.states import IN_ENGLISH, notice_keys


@dataclass
class _Voice:
    """Says English msgids in one language and remembers the states it met."""

    language: str
    content: Content
    states: set[str] = field(default_factory=set)

    def say(self, context: str, english: str) -> str:
        said = self.content.say(self.language, context, english)
        self.states.add(said.state)
        return placed(said.text, said.state in IN_ENGLISH, self.content.languages[self.language].direction)

    def phrase(self, key: str, /, **values: object) -> str:
        return self.say(key, self.content.phrases[key]).format(**values)

    def date(self, value: str) -> str:
        return write_date(value, self.content.languages[self.language])


def compose(topic_id: str, language: str, town: str | None, content: Content, today: date,
            values: dict[str, str] | None = None) -> Reply:
    """Composes the answer to a topic in a language for a town (None: not named); of one switched off only its contacts are left.

    values: what fills the topic's own braces ({url}, {town}). Raises KeyError for an unknown topic or language.
    """
    topic = content.topics[topic_id]
    voice = _Voice(language, content)
    reply = Reply(
        language=language, direction=content.languages[language].direction, topic=topic.id, town=town, text="",
        contacts=tuple(_contact(c, voice) for c in choose_contacts(topic, town, content, today)),
        suggestions=suggestions(topic.next, language, content),
    )
    return _answered(reply, topic, voice, today, values or {}) if topic.is_offered else _taken_down(reply, voice)


def _taken_down(reply: Reply, voice: _Voice) -> Reply:
    """What is left of an answer that is switched off: one sentence, and its contacts."""
    told = voice.phrase("answer_off")
    return replace(reply, text=told, short=told, notices=_trust(voice))


def _answered(reply: Reply, topic: Topic, voice: _Voice, today: date, values: dict[str, str]) -> Reply:
    evidence = choose_evidence(topic, reply.town, voice.content)
    first = voice.say(topic.id, topic.first) if topic.first else None
    short = _short(topic, reply.town, voice, values)
    reply = replace(
        reply,
        first=first,
        short=short,
        text=f"{first}\n{short}" if first else short,
        steps=tuple(voice.say(topic.id, step) for step in topic.steps),
        quotes=tuple(_quote(q, voice, today) for q in evidence.quotes),
        laws=tuple(_law(law, voice) for law in evidence.laws),
        caution=voice.say(topic.id, topic.caution) if topic.caution else None,
    )
    return _with_notices(reply, topic, evidence, voice, today)


def suggestions(topics: tuple[str, ...], language: str, content: Content) -> tuple[Suggestion, ...]:
    """Returns topics as choices with their titles in the language; those that are switched off are left out."""
    titles = ((t, content.topics[t].title) for t in topics if content.topics[t].is_offered)
    return tuple(Suggestion(t, content.say(language, t, title).text) for t, title in titles)


def language_choices(codes: tuple[str, ...], content: Content) -> tuple[Suggestion, ...]:
    """Returns languages as choices, each in its own script."""
    return tuple(Suggestion(f"language.{code}", content.languages[code].name) for code in codes)


def _short(topic: Topic, town: str | None, voice: _Voice, values: dict[str, str]) -> str:
    english = topic.towns.get(town, topic.short) if town else topic.short
    said = voice.say(topic.id, english)
    return said.format(**values) if values else said


def _quote(quote: Quote, voice: _Voice, today: date) -> ShownQuote:
    document = quote.document
    speaker, role = voice.say("speaker", quote.speaker), voice.say("role", quote.role)
    written = voice.date(document.date)
    old = is_old(document.date, today)
    label = "report_label" if quote.is_report else "quote_label"
    month = write_month(document.date, voice.content.languages[voice.language])
    return ShownQuote(
        id=quote.id, text=quote.text, lang="en", direction="ltr",
        translation=None if voice.language == "en" else voice.say(quote.id, quote.text),
        speaker=speaker, role=role, document=document.title or document.publisher, publisher=document.publisher,
        date=document.date, date_text=written, url=document.url, kind=quote.kind, town=quote.scope,
        attribution=voice.phrase(label, speaker=speaker, role=role, publisher=document.publisher, date=written),
        context=voice.say(quote.id, quote.context) if quote.context else None,
        said_in=voice.phrase("said_in", date=month) if old else None,
        cite=_cite(quote, voice, month),
        source=document.id,
    )


def _cite(quote: Quote, voice: _Voice, month: str) -> str:
    """Who said it and when, as short as can be; a reporter's words are named a report."""
    source = f"{voice.say('short', quote.short)}, {month}"
    return voice.phrase("report_cite", source=source) if quote.is_report else source


def _law(law: Law, voice: _Voice) -> ShownLaw:
    cite = f"{voice.say('law', law.citation)}: {voice.say(law.id, law.cite)}"
    translated = voice.say(law.id, law.text) if law.text and voice.language != "en" else None
    return ShownLaw(
        id=law.id, text=voice.say(law.id, law.says), cite=cite,
        label=voice.phrase("law_label", citation=cite),
        status=law.status.replace(" ", "_"), status_text=voice.phrase(f"law_status_{law.status.replace(' ', '_')}"),
        date=law.in_force, url=law.url, original=law.text, translation=translated,
    )


def _contact(contact: Contact, voice: _Voice) -> ShownContact:
    context = f"contact.{contact.id}"
    checked = contact.last_checked.isoformat() if contact.last_checked else None
    checked_text = voice.phrase("last_checked", date=voice.date(checked)) if checked else voice.phrase("never_checked")
    return ShownContact(
        id=contact.id, name=contact.name, phone=contact.phone, phone_display=contact.phone_display,
        lines=tuple((voice.say(context, line.label), line.phone, line.display) for line in contact.lines),
        url=contact.url, notes=voice.say(context, contact.note),
        hours=voice.say(context, contact.hours) if contact.hours else None,
        checked_on=checked, checked_text=checked_text,
    )


def _with_notices(reply: Reply, topic: Topic, evidence: Evidence, voice: _Voice, today: date) -> Reply:
    notices = [*_town_notices(reply.town, topic, evidence, voice)]
    if today > topic.review_by:
        notices.append(voice.phrase("review_overdue", date=voice.date(topic.review_by.isoformat())))
    return replace(reply, notices=(*notices, *(() if topic.is_service else _trust(voice))))


def _trust(voice: _Voice) -> tuple[str, ...]:
    """How far the translation of what was said so far can be trusted."""
    return tuple(voice.phrase(key) for key in notice_keys(frozenset(voice.states)))


def _town_notices(town: str | None, topic: Topic, evidence: Evidence, voice: _Voice) -> list[str]:
    if not town or topic.is_service:
        return []
    towns = voice.content.towns
    name = voice.say("town", towns[town].name)
    notices = []
    if not towns[town].statements and (topic.quotes or topic.towns):
        notices.append(voice.phrase("no_town_statements", town=name))
    if evidence.other_town:
        notices.append(voice.phrase("other_town", town=name, other=voice.say("town", towns[evidence.other_town].name)))
    return notices
