"""The audit log: `write` a line, and the page where administrators read them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.doors.console.models import Entry
from bot.doors.console.roles import ADMINISTRATOR, needs

PAGE = 50


def write(by: Any, what: str, about: str = "", detail: str = "") -> Entry:
    """Adds a line.

    by: a request, a user, or None for nobody we know; what: a stable word ("draft-approved"), said by the word `audit_<what>`;
    about: what it was done to, as one short name; detail: more for people. Never a password, a number or a resident's words.
    """
    user = getattr(by, "user", by)
    who = user.get_username() if user is not None else ""  # nobody is AnonymousUser too: ""
    entry = Entry(who=who, what=what[:60], about=about[:200], detail=detail)
    entry.save()
    return entry


@needs(ADMINISTRATOR)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Shows the log, newest first, fifty lines a page."""
    entries = Paginator(Entry.objects.all(), PAGE).get_page(request.GET.get("page"))
    return render(request, "console/audit.html", {"entries": entries})
