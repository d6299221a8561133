"""The first page: what needs care, and for whom. Each row leads to the page that mends it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.core.content import Content
from bot.core.errors import ContentError
from bot.doors.console import desk, questions, refusals, standing, tasks
from bot.doors.console.roles import EVERYONE, languages_of, may, needs
from bot.doors.console.tasks import Group


@needs(EVERYONE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Shows first what this person's roles can mend, then what others can."""
    groups = list(_groups(request))
    mine = [group for group in groups if may(request.user, *group.roles)]
    others = [group for group in groups if group not in mine and not group.closed]
    return render(request, "console/care.html", {
        "trouble": refusals.told(desk.trouble()), "mine": _first_the_full(mine), "others": _first_the_full(others),
    })


def _groups(request: HttpRequest) -> Iterator[Group]:
    """Yields all groups; content that cannot be read at all leaves only what needs none of it."""
    yield standing.of_drafts(request.user)
    content = _content()
    if content is None:
        return
    root, state, commit = settings.CONFIANZA.root, settings.CONFIANZA.state, desk.repository().head()
    yield from tasks.of_content(content, desk.today())
    yield tasks.of_sources(content)
    questions.take_in()
    yield standing.of_questions(content)
    yield tasks.of_translations(root, commit, content, languages_of(request.user))
    yield standing.of_weak_spots(root, state, content)


def _content() -> Content | None:
    try:
        return desk.live()
    except ContentError:
        return None


def _first_the_full(groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: not group.tasks)
