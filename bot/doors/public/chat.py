"""The chat page: a form that works without a script; the script asks for the answer's part of the page only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render

from bot.core.compose import suggestions
from bot.core.content import Content
from bot.doors.public import conversations, errors, service
from bot.doors.public.codes import code_svg
from bot.doors.public.frame import chosen_town, frame, town_names
from bot.doors.public.negotiation import negotiated
from bot.doors.public.sharing import newer_notice

STARTERS = "menu_help"


def root(request: HttpRequest) -> HttpResponse:
    """Sends a visitor to the page in his or her browser's language."""
    language = negotiated(request.headers.get("Accept-Language", ""), service.library().content)
    response = HttpResponseRedirect(f"/{language}/")
    response["Vary"] = "Accept-Language"
    return response


def without_slash(request: HttpRequest, language: str) -> HttpResponse:
    """Somebody typed the address from a flyer and left out the last stroke."""
    if language not in service.library().content.languages:
        return errors.answer(request, 404, "not-found")
    return HttpResponseRedirect(f"/{language}/")


def page(request: HttpRequest, language: str) -> HttpResponse:
    """Shows the page (GET) or answers a message on it (POST)."""
    content = service.library().content
    if language not in content.languages:
        return errors.answer(request, 404, "not-found")
    if request.method in ("GET", "HEAD"):
        return render(request, "public/chat.html", {**_page_context(language, content), **_arrival(request, language, content)})
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return _answer(request, language, content)


def _answer(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    form = request.POST
    if form.get("chosen") and "message" not in form:  # the language menu: a choice, not a question
        context = {**_page_context(language, content), "chosen": language, "town_chosen": form.get("town", "")}
        return render(request, "public/chat.html", context)
    asked = service.Asked(
        message=form.get("message", "").replace("\r\n", "\n"), conversation=form.get("conversation", ""),
        language=form.get("chosen") or None,
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
    known = conversations.read(asked.conversation) if asked.conversation else None
    context = {**_page_context(language, content), "problem": errors.sentence(refused.code, language), "typed": asked.message,
               "conversation": known.text if known else "", "town_chosen": asked.town if asked.town in content.towns else "",
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
    shown = answered["topic"] if answered["topic"] in content.topics else ""
    is_answer = bool(shown) and not content.topics[shown].is_service
    address = f"{settings.CONFIANZA.public_url}/{answered['language']}/{f'topics/{shown}' if is_answer else ''}"
    return {"answer": answered, "reply": answered["reply"], "asked": said, "conversation": answered["conversation"],
            "town_chosen": answered["reply"].get("town") or asked.town or "", "helpful": shown if is_answer else "",
            "code": code_svg(address), "shown_at": address}


def _arrival(request: HttpRequest, language: str, content: Content) -> dict[str, Any]:
    """What a shared link brings along: a town, and whether the flyer it stood on is old."""
    return {"town_chosen": chosen_town(request, content) or "", "newer": newer_notice(request.GET.get("made", ""), language, content)}


def _page_context(language: str, content: Content) -> dict[str, Any]:
    starters = suggestions(content.topics[STARTERS].next, language, content)
    return {**frame(language, content), "towns": town_names(language, content), "starters": starters}
