"""A new topic: its answer, and in every language how people ask for it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bot.core.content import Content
from bot.core.errors import EditError
from bot.doors.console.answerform import Written, answer_of, moved, of_post
from bot.doors.console.answersheet import desk_of, errors_of, form_of, refuse_braces
from bot.doors.console.choices import SECTIONS, Choices, choices, section_name
from bot.doors.console.desk import Desk, hand_in
from bot.doors.console.models import Question
from bot.doors.console.preview import content_with
from bot.doors.console.roles import EDITOR, needs
from bot.doors.console.words import say
from bot.edits.examples import FEWEST_EXAMPLES, add_topic
from bot.history.drafts import Proposal
from bot.history.files import Changes

# Names of our own addresses: a topic of such a name could never be opened.
RESERVED = ("new", "measure")
WAYS = "examples."
OFFERED_SECTIONS = SECTIONS.replace("E", "")
_NUMBER = re.compile(r"[0-9]{1,9}")


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Shows the form, empty or with the question of a resident, and hands a whole topic in as a draft."""
    desk, late = desk_of(request)
    if late or request.method != "POST":
        return _page(request, desk, error=late)
    do = request.POST.get("do", "").split(".")
    if do[0] in ("up", "down") and len(do) == 3 and do[2].isdecimal():
        return _page(request, desk, moved(of_post(request.POST), do[1], int(do[2]), -1 if do[0] == "up" else 1))
    try:
        draft = hand_in(request, desk, _proposal(request, desk))
    except EditError as error:
        return _page(request, desk, error=error)
    return redirect("draft", draft.id)


def _proposal(request: HttpRequest, desk: Desk) -> Proposal:
    texts = request.POST
    changes = _changes(request, desk)
    if not texts.get("why", "").strip():
        raise EditError("why", say("why_needed"))
    title = f"New topic “{' '.join(texts['title'].split())}”"
    return Proposal(title, texts["why"], "topic", texts["id"].strip(), changes)


def _changes(request: HttpRequest, desk: Desk) -> Changes:
    content = content_with(desk)
    topic = request.POST.get("id", "").strip()
    if topic in RESERVED:
        raise EditError("id", say("topic_reserved"))
    answer = answer_of(of_post(request.POST), _offered(content).known(), steps=0)
    refuse_braces(answer)
    ways = {code: tuple(request.POST.get(f"{WAYS}{code}", "").splitlines()) for code in content.languages}
    return add_topic(desk.files, topic, request.POST.get("section", ""), answer, ways)


def _offered(content: Content) -> Choices:
    """What a new topic may choose at once; passages and statements of towns are added to it like to any answer."""
    offered = choices(content)
    return Choices({**offered.groups, "quotes": (), "prefer": ()}, offered.kinds, ())


def _page(request: HttpRequest, desk: Desk, written: Written | None = None, error: EditError | None = None) -> HttpResponse:
    content = content_with(desk)
    written = written or of_post(request.POST)
    errors = errors_of(error, written)
    offered = _offered(content)
    form = form_of(content, Choices({name: offered.groups[name] for name in ("laws", "next")}, offered.kinds, ()), written, errors)
    context: dict[str, Any] = {
        **form, "desk": desk, "typed": request.POST, "fewest": FEWEST_EXAMPLES, "ways": _ways(request, content, errors),
        "sections": [(section, section_name(section, content)) for section in OFFERED_SECTIONS],
    }
    return render(request, "console/answer_new.html", context, status=400 if errors else 200)


def _ways(request: HttpRequest, content: Content, errors: dict[str, str]) -> list[dict[str, Any]]:
    """One box a language; the question that somebody asked stands in the box of its language."""
    pick = request.GET.get("pick", "")  # its number, not its words: addresses stay in histories and logs
    known = Question.objects.filter(pk=pick).first() if request.method == "GET" and _NUMBER.fullmatch(pick) else None
    asked = {known.language: known.text} if known else {}
    return [{"language": language, "name": f"{WAYS}{code}", "error": errors.get(f"{WAYS}{code}", ""),
             "text": request.POST.get(f"{WAYS}{code}", "") or asked.get(code, "")} for code, language in content.languages.items()]
