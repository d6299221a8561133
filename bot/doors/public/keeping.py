"""Keeping the answers on a phone, when its owner asks for it: what is kept, and the worker that shows it without a network."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bot.core.content import Content
from bot.doors.public.speaking import in_language

FILES = Path(__file__).parent / "static" / "public"
PARTS = ("/static/public/page.css", "/static/public/page.js", "/static/public/icon.svg")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; from the top of the site, since it may only serve what lies below it."""
    return HttpResponse((FILES / "sw.js").read_bytes(), content_type="text/javascript; charset=utf-8")


@require_safe
@in_language
def kept(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    """The addresses to keep: card, all answers with their contacts, what is kept about people; home is shown for any other."""
    return JsonResponse({"home": f"/{language}/topics/", "urls": addresses(language, content)})


def addresses(language: str, content: Content) -> list[str]:
    """Returns the addresses of a language that make sense without a network."""
    topics = [f"/{language}/topics/{t.id}" for t in content.topics.values() if not t.is_service]
    return [f"/{language}/topics/", f"/{language}/card", f"/{language}/privacy", *topics, *PARTS]
