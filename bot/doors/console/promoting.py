"""Which model residents get: a candidate goes live together with its draft, or the previous model comes back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bot.core.errors import ConfianzaError
from bot.doors.console import audit, refusals
from bot.doors.console.roles import APPROVER, needs, person
from bot.doors.console.training import as_shown, found, models
from bot.doors.console.words import say
from bot.history.drafts import Draft
from bot.learning.promotion import Outcome, Promotion
from bot.learning.trainings import Training


@needs(APPROVER)
@require_POST
def go_live(request: HttpRequest, job_id: str) -> HttpResponse:
    """Approves the draft that was learned, where it still waits, and makes the model live: both or neither."""
    training, _ = found(job_id)
    if training is None:
        raise Http404
    promotion = Promotion(settings.CONFIANZA)
    draft = promotion.waiting(training)
    if draft and not request.POST.get("read"):
        messages.error(request, say("model_read_first"))
        return redirect("training_job", job_id)
    try:
        outcome = promotion.go_live(training, person(request.user), lambda _: _note_approval(request, draft))
    except ConfianzaError as error:
        messages.error(request, refusals.told(error))
        return redirect("training_job", job_id)
    _say(request, outcome, training)
    return redirect("training_job", job_id)


@needs(APPROVER)
@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    """Makes the previous model live again; the one that is live becomes the previous one."""
    if not as_shown(request):
        return redirect("training")
    try:
        obstacle = Promotion(settings.CONFIANZA).back_obstacle()
        done = not obstacle and models().bring_back()
    except ConfianzaError as error:
        messages.error(request, refusals.told(error))
        return redirect("training")
    if done:
        audit.write(request, "model-back")
        messages.success(request, say("model_is_back"))
    else:
        messages.error(request, say(f"back_{obstacle or 'absent'}"))
    return redirect("training")


def _say(request: HttpRequest, outcome: Outcome, training: Training) -> None:
    """Says what became of it, and writes it down where a model went live."""
    if outcome.live:
        audit.write(request, "model-live", training.id, training.title)
        messages.success(request, say("model_is_live"))
    elif outcome.obstacle:
        messages.error(request, say(f"obstacle_{outcome.obstacle}"))
    else:
        messages.error(request, say("model_not_moved_but_published" if outcome.commit else "model_not_moved"))


def _note_approval(request: HttpRequest, draft: Draft | None) -> None:
    if draft:
        audit.write(request, "draft-approved", draft.about or draft.id, draft.title)
