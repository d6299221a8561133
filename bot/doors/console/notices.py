"""Notices to everybody: what runs, what comes, what is over; a new one, and one that ends now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.core.content import Notice
from bot.core.errors import EditError
from bot.core.notices import announced
from bot.core.segments import Count, count, plainer
from bot.core.states import IN_ENGLISH
from bot.doors.console import desk, figures, refusals
from bot.doors.console.archive import seat
from bot.doors.console.contactforms import refuse
from bot.doors.console.desk import Desk, act_at_once, hand_in
from bot.doors.console.roles import APPROVER, EDITOR, EVERYONE, may, needs, person
from bot.doors.console.words import later, say
from bot.edits.notices import Wanted, board, find, new_id, read, written
from bot.edits.numbers import refuse_forbidden
from bot.edits.switches import end_notice
from bot.history.drafts import Draft, Proposal

KIND, TITLE_CHARACTERS = "notice", 60


class DayInput(forms.DateInput):
    """A day as browsers let people choose one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """A notice with its days."""

    text = forms.CharField(label=later("notice_text"), help_text=later("notice_text_help"), max_length=1000,
                           widget=forms.Textarea(attrs={"rows": 3, "lang": "en", "data-kind": "notice"}))
    starts = forms.DateField(label=later("notice_starts"), widget=DayInput())
    ends = forms.DateField(label=later("notice_ends"), help_text=later("notice_ends_help"), widget=DayInput())
    towns = forms.MultipleChoiceField(label=later("notice_towns"), help_text=later("notice_towns_help"), required=False,
                                      widget=forms.CheckboxSelectMultiple)
    why = forms.CharField(label=later("why"), help_text=later("why_help"), max_length=1000,
                          widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["towns"].choices = [(town.id, town.name) for town in sorted(desk.live().towns.values(), key=lambda town: town.name)]

    def wanted(self) -> Wanted:
        """Returns the notice as it was filled in."""
        data = self.cleaned_data
        return Wanted(data["text"], data["starts"], data["ends"], tuple(data["towns"]))


@dataclass(frozen=True)
class Shown:
    """A notice as residents get it in English: on the page and on a phone. translated, english: the languages that have it, and not."""

    notice: Notice
    banner: str
    message: str
    cost: Count
    towns: tuple[str, ...]
    translated: tuple[str, ...]
    english: tuple[str, ...]


@needs(EVERYONE)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Lists the notices by their days."""
    parts = board(read(desk.repository().files()), desk.today())
    return render(request, "console/notices.html", {
        "parts": [("running", _shown(parts.running)), ("coming", _shown(parts.coming)), ("past", _shown(parts.past))],
        "may_write": may(request.user, EDITOR), "may_end": may(request.user, EDITOR, APPROVER),
        "drafts": [draft for draft in desk.drafts().all() if draft.kind == KIND],
    })


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Writes a notice; a second person approves it."""
    return _written(request, {"starts": desk.today(), "ends": desk.today()})


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Writes a notice anew: one that is live, or one that still waits in a draft."""
    at, _ = seat(request)
    try:
        found = find(at.files, notice_id)
    except EditError as error:
        raise Http404 from error
    return _written(request, {"text": found.text, "starts": found.starts, "ends": found.ends, "towns": found.towns}, notice_id)


@needs(EDITOR, APPROVER)
@require_POST
def end(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Takes a notice away at once: one that runs, one that was to come, or one that is over."""
    repository = desk.repository()
    head = repository.head()
    now = Desk(repository.files(head), head)
    try:
        notice = find(now.files, notice_id)
        title, changes = f"Notice ended: {_short(notice.text)}", end_notice(now.files, notice_id)
        act_at_once(request, now, Proposal(title, "Taken away by hand.", KIND, notice_id, changes), "notice-ended")
    except EditError as error:
        messages.error(request, refusals.told(error))
    else:
        messages.success(request, say("notice_is_gone"))
    return redirect("notices")


def _written(request: HttpRequest, initial: dict[str, Any], instead_of: str = "") -> HttpResponse:
    """The form's page: empty or as it was, with a preview, or handed in."""
    at, trouble = seat(request)
    form = NoticeForm(request.POST) if request.method == "POST" else NoticeForm(initial=initial)
    preview = None
    if form.is_bound and form.is_valid():
        if request.POST.get("do") == "preview":
            preview = _preview(form.wanted())
        elif draft := _handed_in(request, at, form, trouble, instead_of):
            return redirect("draft", draft.id)
    return render(request, "console/notice.html", {
        "form": form, "desk": at, "preview": preview, "instead_of": instead_of,
        "told": figures.told(str(form["text"].value() or ""), "notice"),
    }, status=400 if form.errors else 200)


def _handed_in(request: HttpRequest, at: Desk, form: NoticeForm, trouble: str, instead_of: str) -> Draft | None:
    wanted, why = form.wanted(), form.cleaned_data["why"]
    try:
        if trouble:
            raise EditError("", trouble)
        refuse_forbidden(at.files, {"why": why})
        changes = written(at.files, wanted, person(request.user).name, desk.today(), instead_of)
        about = new_id(at.files, changes) or instead_of
        return hand_in(request, at, Proposal(f"Notice: {_short(wanted.text)}", why, KIND, about, changes))
    except EditError as error:
        refuse(form, error)
        return None


def _shown(notices: Iterable[Notice]) -> list[Shown]:
    return [_face(notice) for notice in notices]


def _preview(wanted: Wanted) -> Shown:
    return _face(Notice("preview", " ".join(wanted.text.split()), wanted.starts, wanted.ends, "", wanted.towns))


def _face(notice: Notice) -> Shown:
    """Composes a notice as the pages and the phones do."""
    content = desk.live()
    banner = announced(notice, "en", content).text
    others = [language for language in content.languages.values() if language.code != "en"]
    towns = tuple(content.towns[town].name for town in notice.towns if town in content.towns)
    late = {o.code for o in others if content.say(o.code, notice.context, notice.text).state in IN_ENGLISH}
    return Shown(
        notice, banner, plainer(banner), count(plainer(banner)), towns,
        tuple(o.name for o in others if o.code not in late), tuple(o.name for o in others if o.code in late),
    )


def _short(text: str) -> str:
    """The first words of a notice, for a title."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_CHARACTERS else f"{line[:TITLE_CHARACTERS].rsplit(' ', 1)[0]} …"
