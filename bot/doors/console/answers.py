"""The answers: all of them in a list, and the page where one is read or written anew."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.core.errors import EditError, HistoryError
from bot.doors.console import answerlist, presence, refusals
from bot.doors.console.answerform import Written, moved, of_answer, of_post
from bot.doors.console.answersheet import Sheet, desk_of, errors_of, form_of, sheet
from bot.doors.console.desk import hand_in, opened, today
from bot.doors.console.preview import Faces, every_language, previews
from bot.doors.console.roles import APPROVER, EDITOR, EVERYONE, may, needs
from bot.doors.console.switching import SWITCHERS
from bot.doors.console.words import say
from bot.edits.answers import SEVERITIES, path_of
from bot.history.drafts import Draft, Proposal

WRITERS = (EDITOR, APPROVER)
ALL = "all"
MOVES = {"up": -1, "down": 1}


@needs(EVERYONE)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Lists all answers by section; `q` narrows them."""
    wanted = request.GET.get("q", "").strip()
    return render(request, "console/answers.html", {
        "sections": answerlist.sections(wanted), "q": wanted, "states": answerlist.GRAVEST_FIRST, "may_add": may(request.user, EDITOR),
    })


@needs(EVERYONE)
@require_safe
def one(request: HttpRequest, topic: str) -> HttpResponse:
    """Shows an answer: to those who may write it as a form, to others as it stands, both with previews when asked for."""
    try:
        found = sheet(opened(request), topic)
    except HistoryError as error:
        raise Http404 from error
    written = _first_look(found)
    faces = _faces(request, found, written, request.GET["language"]) if request.GET.get("language") else ()
    return _page(request, found, written, faces=faces)


@needs(*WRITERS)
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, topic: str) -> HttpResponse:
    """Does what the pressed button says: moves a row, previews, or hands the answer in as a draft."""
    if request.method == "GET":
        return redirect("answer", topic)
    desk, late = desk_of(request)
    found, written, do = sheet(desk, topic), of_post(request.POST), request.POST.get("do", "preview").split(".")
    if late:  # what the steps once were is not what they were opened on now: each counts as a new sentence
        return _page(request, found, written.without_origins(), late)
    try:
        if do[0] == "hand_in":
            return redirect("draft", _handed_in(request, found, written).id)
        if do[0] in MOVES:
            return _page(request, found, _moved(written, do))
        return _page(request, found, written, faces=_faces(request, found, written, do[-1]))
    except EditError as error:
        return _page(request, found, written, error)


@needs(*WRITERS)
@require_POST
def preview(request: HttpRequest, topic: str) -> HttpResponse:
    """The previews of a form by themselves, for the page's script."""
    desk, late = desk_of(request)
    found, written = sheet(desk, topic), of_post(request.POST)
    try:
        if late:
            raise late
        faces = _faces(request, found, written, request.POST.get("do", "").rpartition(".")[2])
    except EditError as error:
        return render(request, "console/answer_faces.html", {"error": refusals.told(error)}, status=400)
    return render(request, "console/answer_faces.html", {"faces_list": faces})


def _first_look(found: Sheet) -> Written:
    written = of_answer(found.answer)
    draft = found.desk.draft
    return Written({**written.texts, "severity": draft.severity, "why": draft.last.why}, written.rows, written.kinds) if draft else written


def _moved(written: Written, do: list[str]) -> Written:
    """do: "up" or "down", the list, the row's place."""
    name, place = (*do[1:], "", "")[:2]
    return moved(written, name, int(place), MOVES[do[0]]) if place.isdecimal() else written


def _handed_in(request: HttpRequest, found: Sheet, written: Written) -> Draft:
    changes = found.changes(written)
    texts = written.texts
    if not texts["why"].strip():
        raise EditError("why", say("why_needed"))
    held = found.desk.draft
    severity = max((texts["severity"], held.severity if held and held.severity in SEVERITIES else "typo"), key=SEVERITIES.index)
    kind = "topic" if held and held.kind == "topic" else "answer"
    title = f"Answer “{' '.join(texts['title'].split())}”"
    draft = hand_in(request, found.desk, Proposal(title, texts["why"], kind, found.topic, changes, severity))
    presence.gone(request.user, _about(found.topic))
    return draft


def _faces(request: HttpRequest, found: Sheet, written: Written, language: str) -> tuple[Faces, ...]:
    """The previews in one language, or in all; for the town that was chosen."""
    content = found.preview(written) if request.method == "POST" else found.content
    town = (request.POST or request.GET).get("preview_town") or None
    if town and town not in content.towns:
        raise Http404
    if language == ALL:
        return every_language(content, found.topic, town, today())
    shown = language if language in content.languages else "en"
    return (previews(content, found.topic, shown, town, today()),)


def _page(request: HttpRequest, found: Sheet, written: Written, error: EditError | None = None,
          faces: tuple[Faces, ...] = ()) -> HttpResponse:
    writes = may(request.user, *WRITERS)
    errors = errors_of(error, written)
    context: dict[str, Any] = {
        **form_of(found.content, found.choices, written, errors), "topic": found.record, "desk": found.desk,
        "path": path_of(found.topic),
        "overdue": today() > found.record.review_by, "writes": writes, "may_on": may(request.user, APPROVER),
        "may_off": may(request.user, *SWITCHERS), "shown": _shown(faces),
        "others": ", ".join(presence.others(request.user, _about(found.topic))) if writes else "",
        "waiting": [draft for draft in answerlist.waiting().get(found.topic, ()) if draft != found.desk.draft],
        "faces_list": faces, "preview_town": (request.POST or request.GET).get("preview_town", ""),
    }
    return render(request, "console/answer.html", context, status=400 if errors else 200)


def _shown(faces: tuple[Faces, ...]) -> str:
    """The button of the preview that is shown."""
    return ALL if len(faces) > 1 else faces[0].language.code if faces else "en"


def _about(topic: str) -> str:
    return f"answer {topic}"
