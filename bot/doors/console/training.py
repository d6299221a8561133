"""Training: the models that are here, a training that runs, and what came of it. Which model residents get: see `promoting`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.core.content import Content
from bot.core.errors import ConfianzaError
from bot.doors.console import audit, desk, refusals
from bot.doors.console.modelfigures import Measured, compared, confusions, measured
from bot.doors.console.roles import APPROVER, EDITOR, may, needs, person
from bot.doors.console.words import known, later, say
from bot.history.drafts import Draft
from bot.learning.modelreports import digest
from bot.learning.models import LIVE, PREVIOUS, Model, Models
from bot.learning.promotion import Promotion
from bot.learning.trainingjobs import DONE, FAILED, Job, cancel, running_job, status
from bot.learning.trainings import Training, Trainings

OF_LIVE = "live"


class StartForm(forms.Form):
    """What to learn: a draft, or what is live."""

    of = forms.ChoiceField(label=later("training_of"), help_text=later("training_of_help"))

    def __init__(self, data: Any, drafts: list[Draft], first: str = "") -> None:
        super().__init__(data, initial={"of": first})
        self.fields["of"].choices = [*((draft.id, draft.title) for draft in drafts), (OF_LIVE, say("training_of_live"))]


@needs(EDITOR, APPROVER)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Shows the models, what can be learned, and the trainings of late."""
    return _page(request, StartForm(None, trainings().choices(), request.GET.get("draft", "")))


@needs(EDITOR)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Starts "train and compare" of a draft or of what is live."""
    form = StartForm(request.POST, trainings().choices())
    if not form.is_valid():
        return _page(request, form, 400)
    of = form.cleaned_data["of"]
    try:
        draft = None if of == OF_LIVE else desk.drafts().get(of)
        begun = trainings().begin(person(request.user), draft)
    except ConfianzaError as error:
        form.add_error("of", refusals.told(error))
        return _page(request, form, 400)
    if begun is None:
        messages.error(request, say("training_busy"))
        return redirect("training")
    audit.write(request, "training-started", begun, draft.title if draft else say("training_of_live"))
    return redirect("training_job", begun)


@needs(EDITOR)
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Measures the live model again: the messages or what is live may have changed since."""
    if not as_shown(request):
        return redirect("training")
    try:
        begun = trainings().measure()
    except ConfianzaError as error:
        messages.error(request, refusals.told(error))
        return redirect("training")
    if begun is None:
        messages.error(request, say("training_busy"))
        return redirect("training")
    audit.write(request, "model-measured", begun)
    return redirect("training_job", begun)


@needs(EDITOR, APPROVER)
@require_safe
def one(request: HttpRequest, job_id: str) -> HttpResponse:
    """Shows how far a training is, or what came of it."""
    training, job = found(job_id)
    context = {"id": job_id, "training": training, "job": job, "progress": told(job) if job else None,
               "may_cancel": job is not None and not job.ended, **_result(job)}
    if training and job and job.state == DONE:
        context |= _outlook(request, training)
    return render(request, "console/training_job.html", context)


@needs(EDITOR, APPROVER)
@require_safe
def progress(request: HttpRequest, job_id: str) -> HttpResponse:
    """Says how far a training is, for the page's script."""
    _, job = found(job_id)
    if job is None:
        raise Http404
    return JsonResponse(told(job))


@needs(EDITOR, APPROVER)
@require_POST
def stop(request: HttpRequest, job_id: str) -> HttpResponse:
    """Ends a training that runs."""
    training, _ = found(job_id)
    if cancel(settings.CONFIANZA, job_id):
        audit.write(request, "training-cancelled", job_id, training.title if training else "")
        messages.success(request, say("training_cancelling"))
    else:
        messages.error(request, say("training_not_running"))
    return redirect("training_job", job_id)


def trainings() -> Trainings:
    """The trainings of late."""
    return Trainings(settings.CONFIANZA)


def models() -> Models:
    """The models on disk."""
    return Models(settings.CONFIANZA.root)


def found(job_id: str) -> tuple[Training | None, Job | None]:
    """Returns a training and its job; a measurement has no training, an old training has no job any more. 404 where there is neither."""
    training, job = trainings().get(job_id), status(settings.CONFIANZA, job_id)
    if training is None and job is None:
        raise Http404
    return training, job


def told(job: Job) -> dict[str, Any]:
    """Returns how far a job is, in the reader's language: {step, steps, sentence, detail, ended, failed}."""
    key = f"training_word_{job.word}"
    detail = job.message if job.word == "error" else ""
    return {"step": job.step, "steps": job.steps, "sentence": say(key) if known(key) else job.message, "detail": detail,
            "ended": job.ended, "failed": job.state == FAILED}


def _page(request: HttpRequest, form: StartForm, code: int = 200) -> HttpResponse:
    here, content = models().reports(), desk.live()
    return render(request, "console/training.html", {
        "form": form, "running": running_job(settings.CONFIANZA), "live": here.get(LIVE), "previous": here.get(PREVIOUS),
        "live_rows": _figures(here.get(LIVE), content), "previous_rows": _figures(here.get(PREVIOUS), content),
        "seen": digest(models().path(LIVE)), "unlearned": trainings().unlearned(), "may_start": may(request.user, EDITOR),
        "may_bring_back": may(request.user, APPROVER), "trainings": [_row(training) for training in trainings().all()],
    }, status=code)


def _row(training: Training) -> dict[str, Any]:
    job = status(settings.CONFIANZA, training.id)
    return {"training": training, "progress": told(job) if job else None}


def _figures(model: Model | None, content: Content) -> list[Measured]:
    return measured(model.report.figures, content) if model and model.report else []


def _result(job: Job | None) -> dict[str, Any]:
    """The tables of a job that is done."""
    if job is None or job.state != DONE or not job.after:
        return {}
    content = desk.live()
    if not job.verdict:
        return {"measured": measured(job.after, content)}
    before = job.before or {}
    return {"verdict": job.verdict, "compared": compared(before, job.after, job.verdict, content),
            "confusions": confusions(before, job.after, content)}


def _outlook(request: HttpRequest, training: Training) -> dict[str, Any]:
    """Whether the model of a training can go live, and why not."""
    live = models().reports().get(LIVE)
    if live and live.report and live.report.commit == training.commit:
        return {"is_live": True}
    promotion = Promotion(settings.CONFIANZA)
    obstacle = promotion.obstacle(training, person(request.user))
    return {"obstacle": say(f"obstacle_{obstacle}") if obstacle else "", "waiting": promotion.waiting(training),
            "may_go_live": not obstacle and may(request.user, APPROVER)}


def as_shown(request: HttpRequest) -> bool:
    """True where the live model is the one that the page showed: a form sent twice must not undo itself."""
    same = request.POST.get("seen") == digest(models().path(LIVE)) != ""
    if not same:
        messages.error(request, say("model_changed"))
    return bool(same)
