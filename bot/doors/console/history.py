"""The history: who changed what, when and why, word by word; and one button that takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.core.errors import ClashError, EditError, HistoryError
from bot.doors.console import desk, refusals
from bot.doors.console.roles import APPROVER, EVERYONE, may, needs
from bot.doors.console.words import say
from bot.edits.undoing import undone
from bot.history.comparison import differences
from bot.history.drafts import Proposal
from bot.history.merging import merged
from bot.history.repository import CONTENT, Change

PAGE = 30


@needs(EVERYONE)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Lists the changes, the newest first; of one file where the address names it; thirty a page."""
    path = request.GET.get("path") or None
    if path and not path.startswith(CONTENT):
        raise Http404
    try:
        found = desk.repository().history(path, most=PAGE + 1, start=request.GET.get("from"))
    except HistoryError as error:
        raise Http404 from error
    older = found[PAGE].id if len(found) > PAGE else ""
    return render(request, "console/history.html", {"changes": found[:PAGE], "path": path or "", "older": older})


@needs(EVERYONE)
@require_safe
def one(request: HttpRequest, commit: str) -> HttpResponse:
    """Shows one change."""
    change = _found(commit)
    found = differences(desk.repository().differences(change.parent, change.id)) if change.parent else []
    return render(request, "console/change.html", {
        "change": change, "pieces": found, "undoable": bool(found) and _was_live(change) and may(request.user, APPROVER),
    })


@needs(APPROVER)
@require_POST
def undo(request: HttpRequest, commit: str) -> HttpResponse:
    """Takes a change back at once: what residents read before is live again; later changes elsewhere stay."""
    change = _found(commit)
    if not _was_live(change):  # else a draft's own words could go live by being "taken back"
        raise Http404
    why = request.POST.get("why", "").strip()
    if not why:
        messages.error(request, say("undo_needs_why"))
        return redirect("change", commit)
    about = change.trailers.get("About", "")
    repo, at = desk.repository(), desk.opened_live()
    try:
        paths = repo.differences(change.parent, change.id)
        changes = undone(repo.files(change.parent), repo.files(change.id), at.files, paths, merged)
        proposal = Proposal(say("undo_title", title=change.title), why, "undo", about, changes, extra={"Undoes": change.id})
        made = desk.act_at_once(request, at, proposal, "change-undone")
    except (EditError, ClashError) as error:
        messages.error(request, refusals.told(error))
        return redirect("change", commit)
    messages.success(request, say("undone", title=change.title))
    return redirect("change", made)


def _was_live(change: Change) -> bool:
    return bool(change.parent) and desk.repository().is_live(change.id)


def _found(commit: str) -> Change:
    try:
        return desk.repository().change(commit)
    except HistoryError as error:
        raise Http404 from error
