"""What every page of the console gets: its words, its language, the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from bot.doors.console.navigation import navigation
from bot.doors.console.roles import person
from bot.doors.console.words import Words


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: words, language, and for who is logged in `navigation` and `me` (name and username)."""
    context: dict[str, Any] = bare()
    if hasattr(request, "user") and request.user.is_authenticated:
        context |= {"navigation": navigation(request), "me": person(request.user)}
    return context


def bare() -> dict[str, Any]:
    """What a page gets that must not ask the database: the words alone."""
    return {"words": Words(), "language": (get_language() or "en")[:2]}
