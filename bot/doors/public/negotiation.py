"""Which of our languages a visitor gets: that of the address, else the first that the browser asks for, else English."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from bot.core.content import Content

MOST_CHARACTERS = 500


def negotiated(header: str, content: Content) -> str:
    """Returns the first of our languages in an Accept-Language header, else English."""
    wanted = (tag.split("-")[0] for tag, _ in parse_accept_lang_header(header[:MOST_CHARACTERS].lower()))
    return next((code for code in wanted if code in content.languages), "en")


def spoken(request: HttpRequest, content: Content) -> str:
    """Returns the language of the address, where it names one, else the browser's."""
    first = request.path.strip("/").split("/")[0]
    return first if first in content.languages else negotiated(request.headers.get("Accept-Language", ""), content)
