"""The rows of the navigation: a word, an address, and who sees it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from bot.doors.console.roles import ADMINISTRATOR, APPROVER, EDITOR, EVERYONE, TRANSLATOR, may
from bot.doors.console.words import say


class Row(NamedTuple):
    """One link: the key of its word, the name of its address, the roles that see it."""

    word: str
    url: str
    roles: tuple[str, ...]


ROWS = (
    Row("nav_care", "care", (EVERYONE,)),
    Row("nav_answers", "answers", (EVERYONE,)),
    Row("nav_try", "try", (EVERYONE,)),
    Row("nav_counts", "counts", (EVERYONE,)),
    Row("nav_translations", "translations", (EVERYONE,)),
    Row("nav_sources", "sources", (EVERYONE,)),
    Row("nav_contacts", "contacts", (EVERYONE,)),
    Row("nav_notices", "notices", (EVERYONE,)),
    Row("nav_questions", "questions", (EDITOR, APPROVER, TRANSLATOR)),
    Row("nav_training", "training", (EDITOR, APPROVER)),
    Row("nav_drafts", "drafts", (EVERYONE,)),
    Row("nav_history", "history", (EVERYONE,)),
    Row("nav_people", "people", (ADMINISTRATOR,)),
    Row("nav_audit", "audit", (ADMINISTRATOR,)),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Returns what this person may open: {word, href, current}."""
    here = getattr(request.resolver_match, "url_name", None)
    return [
        {"word": say(row.word), "href": reverse(row.url), "current": row.url == here}
        for row in ROWS if may(request.user, *row.roles)
    ]
