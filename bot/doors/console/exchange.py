"""Translations out and in again as files. What comes in is shown first and handed in second: nothing is saved by an upload."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bot.core.errors import EditError
from bot.doors.console import desk as desks
from bot.doors.console import refusals
from bot.doors.console.desk import Desk
from bot.doors.console.roles import EDITOR, TRANSLATOR, needs
from bot.doors.console.tongues import Tongue, needs_language, tongue
from bot.doors.console.words import later, say
from bot.edits.sheets import Difference, decoded, export_csv, export_po
from bot.edits.uploads import DryRun, dry_run
from bot.history.comparison import marked
from bot.history.drafts import Draft, Proposal
from bot.strings import DOMAINS

TAKERS = (EDITOR, TRANSLATOR)
SALT, MINUTES = "confianza.import", 30
SHOWN = 200  # rows of a list of what is left out


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=later("import_file"), help_text=later("import_file_help"), allow_empty_file=True)


@dataclass(frozen=True)
class Parcel:
    """A file between the dry run and the handing in: it travels in the form, signed, so that nothing is kept of a file nobody wanted.

    base: the commit that the dry run was made on; by: who sent the file.
    """

    language: str
    base: str
    by: str
    text: str

    @property
    def sealed(self) -> str:
        return str(signing.dumps(asdict(self), salt=SALT, compress=True))


@needs(*TAKERS)
@require_safe
def po_out(request: HttpRequest, language: str, domain: str) -> HttpResponse:
    """Sends a catalogue for Weblate or Poedit."""
    files = desks.repository().files()
    if domain not in DOMAINS:
        raise Http404
    return _file(export_po(files, tongue(files, language).code, domain), "text/x-gettext-translation", f"{language}-{domain}.po")


@needs(*TAKERS)
@require_safe
def csv_out(request: HttpRequest, language: str) -> HttpResponse:
    """Sends all sentences of a language as a table."""
    files = desks.repository().files()
    return _file(export_csv(files, tongue(files, language).code), "text/csv", f"confianza-{language}.csv")


@needs_language
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, language: str) -> HttpResponse:
    """Takes a file in: first what it would change, then a draft."""
    repo = desks.repository()
    desk = Desk(repo.files(), repo.head())
    spoken = tongue(desk.files, language)
    if "parcel" in request.POST:
        return _hand_in(request, spoken)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        return _form(request, spoken, form)
    try:
        parcel = Parcel(language, desk.base, request.user.get_username(), decoded(form.cleaned_data["file"].read()))
        return _dry(request, spoken, desk, parcel)
    except EditError as error:
        form.add_error("file", refusals.told(error))
        return _form(request, spoken, form)


def _hand_in(request: HttpRequest, spoken: Tongue) -> HttpResponse:
    """Hands in what the dry run showed: the same file, on the same commit."""
    parcel = _unsealed(request, spoken)
    if parcel is None:
        return _form(request, spoken, FileForm(), say("import_too_old"))
    desk = Desk(desks.repository().files(parcel.base), parcel.base)
    try:
        draft = _draft(request, spoken, desk, parcel)
    except EditError as error:
        return _dry(request, spoken, desk, parcel, refusals.told(error))
    return redirect("draft", draft.id)


def _draft(request: HttpRequest, spoken: Tongue, desk: Desk, parcel: Parcel) -> Draft:
    found = dry_run(desk.files, parcel.language, parcel.text, parcel.by, desks.today())
    incoming = found.whole if request.POST.get("numbers_ok") else found.sure
    if not incoming.changes:
        raise EditError("", say("import_nothing"))
    title = say("import_draft_title", language=spoken.name, number=len(incoming.accepted))
    about, extra = f"{spoken.code}:import", {"Language": spoken.code}
    return desks.hand_in(request, desk, Proposal(title, request.POST.get("why", ""), "translation", about, incoming.changes, extra=extra))


def _unsealed(request: HttpRequest, spoken: Tongue) -> Parcel | None:
    """Returns the parcel of a form; None where it is too old, not ours, somebody else's or of another language."""
    try:
        parcel = Parcel(**signing.loads(request.POST["parcel"], salt=SALT, max_age=MINUTES * 60))
    except signing.BadSignature:
        return None
    return parcel if (parcel.language, parcel.by) == (spoken.code, request.user.get_username()) else None


def _form(request: HttpRequest, spoken: Tongue, form: FileForm, trouble: str = "") -> HttpResponse:
    context = {"tongue": spoken, "form": form, "trouble": trouble}
    return render(request, "console/import.html", context, status=400 if form.errors or trouble else 200)


def _dry(request: HttpRequest, spoken: Tongue, desk: Desk, parcel: Parcel, trouble: str = "") -> HttpResponse:
    """Shows what a file would change; raises EditError (file) where it cannot be read."""
    found = dry_run(desk.files, parcel.language, parcel.text, parcel.by, desks.today())
    context = {"tongue": spoken, "parcel": parcel.sealed, "trouble": trouble, "why": request.POST.get("why", ""), **_lists(found)}
    return render(request, "console/import_dry.html", context, status=400 if trouble else 200)


def _lists(found: DryRun) -> dict[str, Any]:
    sure, whole = found.sure, found.whole
    return {
        "accepted": _compared(sure.accepted), "doubtful": _compared(found.doubtful), "refused": whole.refused[:SHOWN],
        "unknown": whole.unknown[:SHOWN], "refused_number": len(whole.refused), "unknown_number": len(whole.unknown),
    }


def _compared(differences: tuple[Difference, ...]) -> list[tuple[Difference, tuple[tuple[str, str], ...]]]:
    return [(difference, marked(difference.old, difference.new)) for difference in differences]


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
