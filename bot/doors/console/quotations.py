"""Quotations: words selected in a document and cut from it here, never typed; and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bot.core.errors import DocumentError, EditError
from bot.core.passages import passage
from bot.core.pieces import Span, trimmed
from bot.doors.console import presence, refusals
from bot.doors.console.archive import document, refusal, seat, text_of
from bot.doors.console.desk import Desk, hand_in
from bot.doors.console.documents import exactly, show
from bot.doors.console.roles import EDITOR, needs
from bot.doors.console.sourceforms import BesideForm, PassageForm, refuse
from bot.doors.console.words import say
from bot.edits.shelf import Held, shelf
from bot.edits.sources import Passage, add_passage, describe
from bot.history.drafts import Draft, Proposal

AROUND = 250  # characters of the document that are shown before and after the words
BESIDE = ("speaker", "short", "role", "context")


@dataclass(frozen=True)
class Cut:
    """Words cut from a document: the document's text, the offsets that were sent, and where the words stand."""

    text: str
    start: int
    end: int
    place: Span

    @property
    def words(self) -> str:
        return self.text[slice(*self.place)]

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after them."""
        first, last = self.place
        return self.text[max(0, first - AROUND):first], self.text[last:last + AROUND]


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, source: str) -> HttpResponse:
    """Shows the words that were selected with a form for what stands beside them; hands both in."""
    if request.method == "GET":  # after a login, or a change of the console's language: there is no selection any more
        return redirect("source", source)
    at, trouble = seat(request)
    found = document(at, source)
    try:
        cut = _cut(request, found)
    except EditError as error:
        return show(request, at, found, error=refusals.told(error), status=400)
    form = PassageForm(request.POST if "save" in request.POST else None, found)
    if form.is_bound and form.is_valid():
        try:
            if trouble:
                raise EditError("", trouble)
            draft = _add(request, at, found, cut, form.cleaned_data)
        except EditError as error:
            refuse(form, error)
        else:
            return redirect("draft", draft.id)
    return _form(request, "console/quote_new.html", at, found, form, cut=cut, before=exactly(cut.around[0]), after=exactly(cut.around[1]))


def _cut(request: HttpRequest, found: Held) -> Cut:
    """Cuts the words from the document on this machine; raises EditError. Whatever words the form sends are not read."""
    text = text_of(found)
    if text is None:
        raise EditError("", say("text_not_here"))
    if request.POST.get("hash") != found.source.sha256:
        raise EditError("", say("text_has_changed"))
    start, end, first, last = (_number(request, name) for name in ("start", "end", "skip_first", "skip_last"))
    try:
        if not 0 <= start < end <= len(text):
            raise DocumentError("nothing-selected", "select the words in the document first")
        start, end = trimmed(text, (start, end), first, last)
        words = passage(text, start, end)
    except DocumentError as error:
        raise EditError("", refusal(error)) from error
    return Cut(text, start, end, _place(text, words, start, end))


def _number(request: HttpRequest, name: str) -> int:
    written = request.POST.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0


def _place(text: str, words: str, start: int, end: int) -> Span:
    """Where words that were cut between two offsets stand: they begin there, after white space, or within the word before."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    first = next(place for place in range(begin, -1, -1) if text.startswith(words, place))
    return first, first + len(words)


def _add(request: HttpRequest, at: Desk, found: Held, cut: Cut, data: dict[str, Any]) -> Draft:
    fields = {name: data[name] for name in ("speaker", "short", "role", "kind", "scope", "context", "note")}
    words = Passage(words=cut.words, requires=tuple(data.get("requires", ())), **fields)
    changes, name = add_passage(at.files, found.source.id, cut.text, words)
    title = f"New quotation, {data['short']}: {_brief(cut.words)}"
    return hand_in(request, at, _proposal(at, Proposal(title, data["why"], "quotation", name, changes)))


def _proposal(at: Desk, proposal: Proposal) -> Proposal:
    """A draft of a new source stays one, whatever is quoted from it before it is live."""
    if at.draft is None or at.draft.kind != "source":
        return proposal
    why = f"{at.draft.last.why} {proposal.title}: {proposal.why}"
    return Proposal(at.draft.title, why, "source", at.draft.about, proposal.changes)


def _brief(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:60].rsplit(' ', 1)[0]} …"


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, source: str, passage: str) -> HttpResponse:
    """Changes what stands beside a passage: speaker, short name, post, context; its words cannot change."""
    at, trouble = seat(request)
    found = document(at, source)
    if passage not in found.passages:
        raise Http404
    quoted = found.passages[passage]
    form = BesideForm(request.POST if request.method == "POST" else None, initial={name: getattr(quoted, name) for name in BESIDE})
    if form.is_bound and form.is_valid():
        try:
            if trouble:
                raise EditError("", trouble)
            changes = describe(at.files, source, passage, **{name: form.cleaned_data[name] for name in BESIDE})
            title = f"Beside a quotation, {quoted.short}: {_brief(quoted.words)}"
            draft = hand_in(request, at, _proposal(at, Proposal(title, form.cleaned_data["why"], "quotation", passage, changes)))
        except EditError as error:
            refuse(form, error)
        else:
            return redirect("draft", draft.id)
    return _form(request, "console/quote.html", at, found, form, quoted=quoted, passage=passage)


def _form(request: HttpRequest, template: str, at: Desk, found: Held, form: BesideForm, **context: Any) -> HttpResponse:
    known = [passage for one in shelf(at.files) for passage in one.passages.values()]
    lists = {f"{name}s": sorted({getattr(passage, name) for passage in known}) for name in ("speaker", "short", "role")}
    return render(request, template, {
        "desk": at, "found": found, "form": form, "lists": lists, "back": f"{reverse('source', args=[found.source.id])}{at.query}",
        "others": presence.others(request.user, f"source {found.source.id}"), **context,
    }, status=400 if form.errors else 200)
