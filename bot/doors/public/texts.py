"""Pages that only show what we may say: every answer by itself, the sources, the card, what is and is not kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.core.compose import compose
from bot.core.content import Content, Document, Quote
from bot.core.dates import write_date
from bot.doors.public import errors, service
from bot.doors.public.codes import code_svg
from bot.doors.public.frame import chosen_town, frame, town_names, written_page
from bot.doors.public.negotiation import negotiated
from bot.doors.public.speaking import in_language

SECTIONS = "ABCD"


@require_safe
@in_language
def topics(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    """All answers, by section."""
    return render(request, "public/topics.html", topics_context(language, content))


def topics_context(language: str, content: Content) -> dict[str, Any]:
    """What the page of all answers shows."""
    return {**frame(language, content, "topics/"), "sections": sections(language, content)}


def sections(language: str, content: Content) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the headings with the ids and titles of their topics; those that are switched off are left out."""
    def titles(section: str) -> list[tuple[str, str]]:
        offered = (t for t in content.topics.values() if t.section == section and t.is_offered)
        return [(t.id, content.say(language, t.id, t.title).text) for t in offered]

    listed = ((section, titles(section)) for section in SECTIONS)
    return [(content.phrase(language, f"section_{section}"), found) for section, found in listed if found]


@require_safe
@in_language
def topic(request: HttpRequest, language: str, content: Content, topic_id: str) -> HttpResponse:
    """One answer as a page that can be linked to, printed and found."""
    known = content.topics.get(topic_id)
    if known is None or known.is_service:
        return errors.answer(request, 404, "not-found")
    return render(request, "public/topic.html", topic_context(language, topic_id, chosen_town(request, content), content))


def topic_context(language: str, topic_id: str, town: str | None, content: Content) -> dict[str, Any]:
    """What the page of one answer shows."""
    path = f"topics/{topic_id}"
    context = frame(language, content, path, {"town": town} if town else None)
    reply = compose(topic_id, language, town, content, settings.CONFIANZA.today()).payload()
    towns = [(id_, name) for id_, name in town_names(language, content) if content.towns[id_].statements]
    title = content.say(language, topic_id, content.topics[topic_id].title).text
    shown = {"title": title, "reply": reply, "towns": towns, "town": town or "",
             "linked": True, "code": code_svg(context["canonical"]), "shown_at": context["canonical"]}
    return {**context, **shown}


@require_safe
def any_source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Sends a visitor to a source's page in the browser's language."""
    content = service.library().content
    if source_id not in documents(content):
        return errors.answer(request, 404, "not-found")
    response = HttpResponseRedirect(f"/{negotiated(request.headers.get('Accept-Language', ''), content)}/sources/{source_id}")
    response["Vary"] = "Accept-Language"
    return response


@require_safe
@in_language
def source(request: HttpRequest, language: str, content: Content, source_id: str) -> HttpResponse:
    """The passages of one document that we quote, and what has changed since."""
    if source_id not in documents(content):
        return errors.answer(request, 404, "not-found")
    return render(request, "public/source.html", source_context(language, source_id, content))


def source_context(language: str, source_id: str, content: Content) -> dict[str, Any]:
    """What the page of one document shows."""
    document = documents(content)[source_id]
    return {**frame(language, content, f"sources/{source_id}"), "document": document,
               "date": write_date(document.date, content.languages[language]),
               "changed": content.say(language, document.id, document.changed).text,
               "passages": [_passage(q, language, content) for q in content.quotes.values() if q.document.id == source_id],
               "answers": _answers(source_id, language, content)}


def documents(content: Content) -> dict[str, Document]:
    """Returns the documents that we quote, by id."""
    return {quote.document.id: quote.document for quote in content.quotes.values()}


def _passage(quote: Quote, language: str, content: Content) -> dict[str, Any]:
    def say(context: str, text: str) -> str:
        return content.say(language, context, text).text

    return {"id": quote.id, "text": quote.text, "report": quote.is_report,
            "cite": content.phrase(language, "report_cite", source=say("short", quote.short)), "speaker": say("speaker", quote.speaker),
            "role": say("role", quote.role), "context": say(quote.id, quote.context) if quote.context else "",
            "translation": say(quote.id, quote.text) if language != "en" else ""}


def _answers(source_id: str, language: str, content: Content) -> list[tuple[str, str]]:
    """Returns the topics that quote a document and are not switched off."""
    def uses(ids: tuple[tuple[str, ...], ...]) -> bool:
        return any(content.quotes[i].document.id == source_id for group in ids for i in group)

    answers = (t for t in content.topics.values() if uses(t.quotes) and t.is_offered and not t.is_service)
    return [(t.id, content.say(language, t.id, t.title).text) for t in answers]


@require_safe
@in_language
def card(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    """The card to show an officer: English, with the reader's language under it."""
    return render(request, "public/card.html", card_context(language, content))


def card_context(language: str, content: Content) -> dict[str, Any]:
    """What the card shows: pairs of an English line and the same in the reader's language ("" for English)."""
    page, english = (written_page(content.pages["card"], code, content) for code in (language, "en"))
    own = page["parts"][0]["lines"] if language != "en" else [""] * len(english["parts"][0]["lines"])
    return {**frame(language, content, "card"), "page": page, "pairs": list(zip(english["parts"][0]["lines"], own, strict=True))}


@require_safe
@in_language
def privacy(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    """What is and is not kept, in plain words."""
    return render(request, "public/text.html", privacy_context(language, content))


def privacy_context(language: str, content: Content) -> dict[str, Any]:
    """What the page about privacy shows."""
    return {**frame(language, content, "privacy"), "page": written_page(content.pages["privacy"], language, content)}
