"""Guards of pages that speak a language: an unknown one is "not found", in the nearest language that we have."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from bot.core.content import Content
from bot.doors.public import errors, service

Page = Callable[..., HttpResponse]


def in_language(page: Page) -> Page:
    """Hands the page its content, and refuses languages that we do not speak."""

    @wraps(page)
    def guarded(request: HttpRequest, language: str, **parts: Any) -> HttpResponse:
        content: Content = service.library().content
        if language not in content.languages:
            return errors.answer(request, 404, "not-found")
        return page(request, language, content, **parts)

    return guarded
