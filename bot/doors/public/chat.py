"""The chat page: a form that works without a script; the script asks for the answer's part of the page only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation.trans_real import parse_accept_lang_header

from bot.core.compose import suggestions
from bot.core.content import Content
from bot.doors.public import errors, service

STARTERS = "menu_help"


def root(request: HttpRequest) -> HttpResponse:
    """Sends a visitor to the page in his or her browser's language."""
    response = HttpResponseRedirect(f"/{negotiated(request.headers.get('Accept-Language', ''))}/")
    response["Vary"] = "Accept-Language"
    return response


def negotiated(header: str) -> str:
    """Returns the first of our languages that the browser asks for, else English."""
    codes = service.library().content.languages
    wanted = (tag.split("-")[0] for tag, _ in parse_accept_lang_header(header[:500].lower()))
    return next((code for code in wanted if code in codes), "en")


def page(request: HttpRequest, language: str) -> HttpResponse:
    """Shows the page (GET) or answers a message on it (POST)."""
    content = service.library().content
    if language not in content.languages:
        return errors.answer(request, 404, "not-found")
    if request.method in ("GET", "HEAD"):
        return render(request, "public/chat.html", _page_context(language, content))
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return _answer(request, language, content)


def _answer(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    form = request.POST
    if form.get("chosen") and "message" not in form:  # the language menu: a choice, not a question
        return render(request, "public/chat.html", {**_page_context(language, content), "chosen": language})
    asked = service.Asked(
        message=form.get("message", ""), conversation=form.get("conversation", ""), language=form.get("chosen") or None,
        town=form.get("town") or None, topic=form.get("topic") or None, page_language=language,
    )
    answered = service.answer(asked)
    if isinstance(answered, service.Refused):
        return _refused(request, answered, language, content, asked)
    spoken = answered["language"]
    context = {**_page_context(spoken, content), **_exchange(asked, answered, content),
               "chosen": spoken if asked.language or answered["topic"] == "change_language" else ""}
    return render(request, _template(request), context)


def _refused(request: HttpRequest, refused: service.Refused, language: str, content: Content, asked: service.Asked) -> HttpResponse:
    context = {**_page_context(language, content), "problem": errors.sentence(refused.code, language),
               "chosen": asked.language if asked.language in content.languages else ""}
    response = render(request, _template(request), context, status=refused.status)
    if refused.status == 429:
        response["Retry-After"] = "5"
    return response


def _template(request: HttpRequest) -> str:
    return "public/exchange.html" if request.headers.get("X-Part") == "answer" else "public/chat.html"


def _exchange(asked: service.Asked, answered: dict[str, Any], content: Content) -> dict[str, Any]:
    topic = asked.topic or ""
    said = asked.message
    if topic in content.topics:
        said = content.say(answered["language"], topic, content.topics[topic].title).text
    elif topic.startswith("language."):
        said = content.languages[topic[9:]].name
    return {"answer": answered, "reply": answered["reply"], "asked": said, "conversation": answered["conversation"],
            "town_chosen": answered["reply"].get("town") or asked.town or ""}


def _page_context(language: str, content: Content) -> dict[str, Any]:
    words = {key: content.say(language, key, english).text for key, english in content.phrases.items()}
    towns = sorted(content.towns.values(), key=lambda t: (not t.statements, t.name))
    return {
        "language": content.languages[language], "languages": content.languages.values(), "words": words,
        "towns": [(t.id, content.say(language, "town", t.name).text) for t in towns],
        "starters": suggestions(content.topics[STARTERS].next, language, content),
    }
