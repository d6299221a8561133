"""An answer switched off everywhere at once, and on again: off needs one person and a reason, on an approver."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bot.core.errors import EditError
from bot.doors.console import refusals
from bot.doors.console.answersheet import Sheet, desk_now, sheet
from bot.doors.console.desk import act_at_once, today
from bot.doors.console.roles import ADMINISTRATOR, APPROVER, EDITOR, needs, person
from bot.doors.console.words import say
from bot.edits import switches
from bot.history.drafts import Proposal
from bot.history.files import Changes

SWITCHERS = (EDITOR, APPROVER, ADMINISTRATOR)


@needs(*SWITCHERS)
@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, topic: str) -> HttpResponse:
    """Asks for the reason, then takes the answer away; nobody has to approve what only makes us say less."""
    return _switch(request, topic, "off")


@needs(APPROVER)
@require_http_methods(["GET", "POST"])
def on(request: HttpRequest, topic: str) -> HttpResponse:
    """Asks, then brings the answer back: an approver is the second person to whoever switched it off or mended it."""
    return _switch(request, topic, "on")


def _switch(request: HttpRequest, topic: str, way: str) -> HttpResponse:
    found = sheet(desk_now(), topic)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            named = f"Answer “{found.record.title}” switched {way}"
            proposal = Proposal(named, request.POST.get("why", ""), "switch", topic, _changes(request, found, way))
            act_at_once(request, found.desk, proposal, f"answer-{way}")
        except EditError as error:
            errors[error.field] = refusals.told(error)
        else:
            messages.success(request, say(f"answer_went_{way}", title=found.record.title))
            return redirect("answer", topic)
    context = {"topic": found.record, "way": way, "errors": errors, "summary": list(errors.items()), "texts": request.POST}
    return render(request, "console/answer_switch.html", context, status=400 if errors else 200)


def _changes(request: HttpRequest, found: Sheet, way: str) -> Changes:
    why = request.POST.get("why", "")
    if not why.strip():
        raise EditError("why", say("why_needed"))
    if way == "on":
        return switches.switch_on(found.desk.files, found.topic)
    return switches.switch_off(found.desk.files, found.topic, person(request.user).name, today(), why)
