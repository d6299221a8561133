"""One document: entering it, its text, the passages in it, and the lines to choose from without a pointer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.core.errors import EditError
from bot.core.passages import digest
from bot.core.pieces import pieces, stretches
from bot.core.topics import Topic
from bot.doors.console import audit, desk, presence, refusals
from bot.doors.console.archive import document, keeping, seat, text_of, waiting
from bot.doors.console.desk import Desk, hand_in
from bot.doors.console.roles import EDITOR, EVERYONE, may, needs
from bot.doors.console.sourceforms import DocumentForm, TextForm, places, refuse
from bot.doors.console.words import say
from bot.edits.shelf import Held, shelf, users
from bot.edits.sources import Passage, Source, add_source
from bot.history.drafts import Draft, Proposal


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Takes a new document in: its text stays on this machine, the rest becomes a draft."""
    at, trouble = seat(request)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and form.is_valid():
        try:
            if trouble:
                raise EditError("", trouble)
            draft = _take_in(request, at, form.cleaned_data)
        except EditError as error:
            refuse(form, error)
        else:
            return redirect("draft", draft.id)
    if form.is_bound:
        form.keep_words()
    return render(request, "console/source_new.html", {"form": form, "desk": at}, status=400 if form.errors else 200)


def _take_in(request: HttpRequest, at: Desk, data: dict[str, Any]) -> Draft:
    fields = {name: data[name] for name in ("id", "title", "publisher", "date", "town", "url", "changed", "author")}
    source = Source(**fields, file=f"{data['id']}.txt", sha256=digest(data["document"]))
    changes = add_source(at.files, source, tuple(desk.live().towns))
    with keeping(source.id, data["document"]) as kept:
        draft = hand_in(request, at, Proposal(f"New source: {source.title}", data["why"], "source", source.id, changes))
    audit.write(request, "source-text-kept", kept.file, kept.sha256)
    return draft


@needs(EVERYONE)
@require_safe
def one(request: HttpRequest, source: str) -> HttpResponse:
    """Shows a document with its text and its passages; a passage's id leads to its document."""
    at, _ = seat(request)
    if owner := next((one for one in shelf(at.files) if source in one.passages), None):
        return redirect(f"{reverse('source', args=[owner.source.id])}{at.query}#{source}")
    return show(request, at, document(at, source))


@needs(EDITOR)
@require_POST
def give_text(request: HttpRequest, source: str) -> HttpResponse:
    """Takes the text of a document that is not on this machine again, where it is the same to the letter."""
    at, trouble = seat(request)
    found, form = document(at, source), TextForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            if trouble:
                raise EditError("", trouble)
            _take_back(request, found, form.cleaned_data["document"])
        except EditError as error:
            form.add_error("text", refusals.told(error))
        else:
            return redirect(f"{reverse('source', args=[source])}{at.query}")
    form.keep_words()
    return show(request, at, found, form=form, status=400)


def _take_back(request: HttpRequest, found: Held, text: str) -> None:
    if digest(text) != found.source.sha256:
        raise EditError("text", say("text_differs"))
    with keeping(found.source.file.removesuffix(".txt"), text) as kept:
        audit.write(request, "source-text-kept", kept.file, kept.sha256)


def show(request: HttpRequest, at: Desk, found: Held, form: TextForm | None = None, error: str = "", status: int = 200) -> HttpResponse:
    """Renders a document's page. error: why a selection could not be used."""
    text, editor = text_of(found), may(request.user, EDITOR)
    chosen = request.POST if request.method == "POST" else request.GET
    lines = text is not None and editor and chosen.get("select") == "lines"
    return render(request, "console/source.html", {
        "desk": at, "found": found, "has_text": text is not None, "editor": editor, "error": error, "form": form or TextForm(),
        "lines": [(start, end, text[start:end]) for start, end in pieces(text)] if text is not None and lines else None,
        "parts": _parts(text, found) if text is not None and not lines else None,
        "passages": _passages(found), "place": dict(places()).get(found.source.town, found.source.town),
        "drafts": _others_waiting(at, found),
        "others": presence.others(request.user, f"source {found.source.id}") if editor else [],
    }, status=status)


def _others_waiting(at: Desk, found: Held) -> list[Draft]:
    """The drafts that touch a document, but for the one that is being looked at."""
    drafts = [one.draft for one in waiting() if any(each.source.id == found.source.id for each in one.documents)]
    return [draft for draft in drafts if at.draft is None or draft.id != at.draft.id]


def _passages(found: Held) -> list[tuple[str, Passage, str, list[Topic]]]:
    """Each passage with its id, whom it speaks for, and the answers that show it."""
    topics, shown, named = desk.live().topics, users(desk.live()), dict(places())
    return [(name, passage, named.get(passage.scope, passage.scope), [topics[topic] for topic in shown.get(name, [])])
            for name, passage in found.passages.items()]


def _parts(text: str, found: Held) -> list[dict[str, Any]]:
    """The text to the letter: where it is marked, and which passages end there, with their numbers."""
    numbers = {name: number for number, name in enumerate(found.passages, 1)}
    return [{"text": exactly(part.text), "marked": bool(part.inside), "ending": [(name, numbers[name]) for name in part.ending]}
            for part in stretches(text, found.spans(text))]


def exactly(text: str) -> SafeString:
    """Returns a text for a page so that a browser holds the very same characters: it would make \\n of \\r."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308
