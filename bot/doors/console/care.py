"""The first page: what needs care."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.doors.console.roles import EVERYONE, needs


@needs(EVERYONE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Greets."""
    return render(request, "console/care.html")
