"""Translations: a page of sentences to translate, and a second speaker who has read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bot.core.errors import ConfianzaError, EditError, HistoryError
from bot.core.states import REVIEWED
from bot.doors.console import desk as desks
from bot.doors.console import presence, refusals, sentences
from bot.doors.console.desk import Desk
from bot.doors.console.preview import Faces, previews
from bot.doors.console.roles import EVERYONE, languages_of, needs
from bot.doors.console.sentences import Sentence
from bot.doors.console.tongues import Tongue, needs_language, tongue
from bot.doors.console.words import say
from bot.edits import translations as edits
from bot.edits.entries import Entry
from bot.edits.pieces import Outcome, piece, title, translate_all
from bot.history.candidate import read_content
from bot.history.drafts import Draft, Proposal
from bot.history.files import Changes, Files
from bot.history.repository import Person

KIND = "translation"


@dataclass(frozen=True)
class Page:
    """A page of sentences in one language. name: a context, or a group; trouble: what is wrong with the whole."""

    tongue: Tongue
    desk: Desk
    name: str
    entries: tuple[Entry, ...]
    sentences: list[Sentence]
    trouble: str = ""
    lost: list[str] = field(default_factory=list)
    review_fault: str = ""
    faces: Faces | None = None

    @property
    def title(self) -> str:
        return title(self.entries, self.name)

    @property
    def wrong(self) -> list[tuple[int, Sentence]]:
        """The sentences that are refused, with their numbers on the page."""
        return [(number, s) for number, s in enumerate(self.sentences, 1) if s.fault]

    @property
    def contexts(self) -> list[str]:
        return list(dict.fromkeys(entry.context for entry in self.entries))

    @property
    def is_foreign(self) -> bool:
        """True where the draft is about something else; translations of another draft are not written into it."""
        draft = self.desk.draft
        return draft is not None and (draft.kinds != {KIND} or not draft.about.startswith(f"{self.tongue.code}:"))


@needs(EVERYONE)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, language: str, context: str) -> HttpResponse:
    """Shows the sentences of a context or group; for the language's translators with fields, which hand in a draft."""
    page = _opened(request, language, context)
    if request.method == "POST":
        if language not in languages_of(request.user):
            raise PermissionDenied
        return _written(request, page)
    return _shown(request, replace(page, faces=_faces(page, {})) if "preview" in request.GET else page)


@needs_language
@require_POST
def review(request: HttpRequest, language: str, context: str) -> HttpResponse:
    """Marks sentences as checked by a second speaker, at once: this person is the second one."""
    page = _opened(request, language, context)
    try:
        changes = _reviewed(request, page)
        proposal = Proposal(f"{page.tongue.name}: {page.title} (reviewed)", request.POST.get("why", ""), "review", f"{language}:{context}",
                            changes, extra={"Language": language})
        desks.act_at_once(request, page.desk, proposal, "translation-reviewed")
    except EditError as error:
        return _shown(request, replace(page, review_fault=refusals.told(error)), 400)
    messages.success(request, say("translation_reviewed", title=page.title))
    return redirect("translation", language, context)


def reviewed_with(files: Files, language: str, contexts: Collection[str], person: Person, on: date) -> Changes:
    """Marks what a draft translates anew as checked by its approver, who speaks the language and has read it.

    files: the live content with the draft's changes on top. Sentences that the draft leaves alone keep their state.
    """
    return edits.approved(Files(files.source), files, language, contexts, person.username, on)


def _opened(request: HttpRequest, language: str, context: str) -> Page:
    """Returns the page; where the draft or the commit of a form is gone, the live one, with the trouble and the words typed."""
    trouble = ""
    try:
        desk = desks.opened(request)
    except HistoryError as error:
        if request.method != "POST":
            raise Http404 from error
        repo = desks.repository()
        desk, trouble = Desk(repo.files(), repo.head()), refusals.told(error)
    spoken = tongue(desk.files, language)
    found = piece(desk.files, language, context)
    if not found:
        raise Http404
    return Page(spoken, desk, context, found, sentences.shown(desk.files, language, found), trouble)


def _written(request: HttpRequest, page: Page) -> HttpResponse:
    """Checks what was typed, and hands it in where that was asked for and nothing is wrong."""
    code, by = page.tongue.code, request.user.get_username()
    typed = sentences.typed(page.sentences, request.POST)
    page = replace(page, lost=sentences.strangers(typed, request.POST))
    outcome = Outcome()
    try:
        outcome = translate_all(page.desk.files, code, {s.entry.key: s.wish for s in typed}, by, desks.today())
    except EditError as error:
        page = replace(page, trouble=refusals.told(error))
    typed = sentences.judged(typed, outcome.faults)
    typed = typed if outcome.faults else sentences.advised(typed, page.desk.files, code)
    page = replace(page, sentences=typed)
    if request.POST.get("action") == "check":
        return _shown(request, replace(page, faces=_faces(page, outcome.changes)), 400 if outcome.faults or page.trouble else 200)
    if outcome.faults or page.trouble:
        return _shown(request, page, 400)
    return _handed_in(request, page, outcome)


def _handed_in(request: HttpRequest, page: Page, outcome: Outcome) -> HttpResponse:
    about = page.desk.draft.about if page.desk.draft else f"{page.tongue.code}:{page.name}"
    proposal = Proposal(f"{page.tongue.name}: {page.title}", request.POST.get("why", ""), KIND, about, outcome.changes,
                        extra={"Language": page.tongue.code})
    try:
        if page.is_foreign:
            raise EditError("", say("translation_other_draft"))
        if not outcome.changes:
            raise EditError("", say("translation_nothing_new"))
        draft = desks.hand_in(request, page.desk, proposal)
    except EditError as error:
        where = desks.beside(error, [(s.field, s.text) for s in page.sentences])
        marked = [replace(s, fault=refusals.told(error)) if s.field == where else s for s in page.sentences]
        trouble = "" if any(s.fault for s in marked) else refusals.told(error)
        return _shown(request, replace(page, sentences=marked, trouble=trouble), 400)
    return redirect("draft", draft.id)


def _reviewed(request: HttpRequest, page: Page) -> Changes:
    if page.trouble:
        raise EditError("review", page.trouble)
    if page.desk.draft:
        raise EditError("review", say("review_live_only"))
    if not request.POST.get("read"):
        raise EditError("review", say("review_read_first"))
    ready, reasons = _reviewable(page, request.user.get_username())
    if not ready:
        raise EditError("review", next(iter(reasons), say("review_nothing_open")))
    return edits.review_all(page.desk.files, page.tongue.code, ready, request.user.get_username(), desks.today())


def _reviewable(page: Page, by: str) -> tuple[list[str], list[str]]:
    """Returns the contexts that this person may mark as checked, and why not the others."""
    open_ones = {c: es for c, es in edits.by_context(page.entries, page.contexts).items() if any(e.state != REVIEWED for e in es)}
    reasons = {context: edits.obstacle(found, by) for context, found in open_ones.items()}
    return [c for c, reason in reasons.items() if not reason], list(dict.fromkeys(reason for reason in reasons.values() if reason))


def _faces(page: Page, changes: Changes) -> Faces | None:
    """Returns the answer as residents would get it, where the page is one."""
    try:
        content = read_content(page.desk.files.changed(changes))
    except ConfianzaError:
        return None
    return previews(content, page.name, page.tongue.code, None, desks.today()) if page.name in content.topics else None


def _shown(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    by, code = request.user.get_username(), page.tongue.code
    speaks = code in languages_of(request.user)
    ready, reasons = _reviewable(page, by)
    context: dict[str, Any] = {
        "page": page, "tongue": page.tongue, "desk": page.desk, "writes": speaks and not page.is_foreign, "speaks": speaks,
        "others": presence.others(request.user, f"translation {code} {page.name}") if speaks else [],
        "waiting": _waiting(page), "ready": ready, "reasons": reasons, "why": request.POST.get("why", ""),
        "is_topic": any(entry.file == f"topics/{page.name}.yml" for entry in page.entries),
    }
    return render(request, "console/translation.html", context, status=status)


def _waiting(page: Page) -> list[Draft]:
    """The drafts that wait and touch a sentence of this page, or may: an imported file names none."""
    groups = {f"{page.tongue.code}:{name}" for name in (page.name, "import", *page.contexts)}
    return [d for d in desks.drafts().all() if d.kind == KIND and d.about in groups and d != page.desk.draft]
