"""The contact book: who helps, what residents see of them, who is to be called next, and what the call brought."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.core.errors import EditError
from bot.doors.console import desk, figures, presence
from bot.doors.console.archive import seat
from bot.doors.console.contactforms import WORKS, CallForm, ContactForm, NewContactForm, filled, refuse
from bot.doors.console.contactrows import INSIDERS, area_names, kind_name, rows
from bot.doors.console.desk import Desk, act_at_once, hand_in
from bot.doors.console.roles import EVERYONE, STEWARD, may, needs, person
from bot.doors.console.words import say
from bot.edits import contactbook
from bot.edits.calls import CALL, Call, added, edited, method, noted, standing_in
from bot.edits.contactbook import NEVER_CALLED_KIND, Entry
from bot.edits.contacts import PATH
from bot.edits.numbers import refuse_forbidden
from bot.history.drafts import Draft, Proposal
from bot.history.files import Changes
from bot.history.repository import Change, Repository

KIND = "contact"


@needs(EVERYONE)
@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """Lists the contacts; of a town, of a kind, or those to call, the longest waiting first."""
    files, today = desk.repository().files(), desk.today()
    town, kind, waiting = (request.GET.get(name, "") for name in ("town", "kind", "call"))
    whole = contactbook.book(files)
    found = contactbook.narrowed(contactbook.call_round(whole, today) if waiting else whole, town, kind)
    return render(request, "console/contacts.html", {
        "rows": rows(found, request.user, today), "all": len(whole), "due": len(contactbook.call_round(whole, today)),
        "areas": list(area_names().items())[2:], "kinds": [(name, kind_name(name)) for name in contactbook.kinds(files)],
        "town": town, "kind": kind, "call": waiting, "may_add": may(request.user, STEWARD),
    })


@needs(EVERYONE)
@require_safe
def one(request: HttpRequest, contact_id: str) -> HttpResponse:
    """Shows a contact, with its form for stewards."""
    at, _ = seat(request)
    return _page(request, at, _entry(at, contact_id))


@needs(STEWARD)
@require_POST
def save(request: HttpRequest, contact_id: str) -> HttpResponse:
    """Hands a changed contact in; a second person approves it."""
    at, trouble = seat(request)
    entry = _entry(at, contact_id)
    form = _form(at, entry, request.POST)

    def changes() -> Changes:
        return edited(at.files, entry.id, form.wanted(entry), form.cleaned_data["severity"])

    draft = _handed_in(request, at, form, trouble, entry.id, changes)
    return redirect("draft", draft.id) if draft else _page(request, at, entry, form=form)


@needs(STEWARD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Adds a contact, as a draft."""
    at, trouble = seat(request)
    known = _choosable(at)
    form = NewContactForm(request.POST, known=known) if request.method == "POST" else NewContactForm(known=known)

    def changes() -> Changes:
        return added(at.files, form.cleaned_data["id"], form.wanted(), desk.today())

    draft = _handed_in(request, at, form, trouble, str(form.data.get("id", "")), changes) if form.is_bound else None
    if draft:
        return redirect("draft", draft.id)
    context = {"form": form, "desk": at, "told": figures.told(str(form["note"].value() or ""), "plain")}
    return render(request, "console/contact_new.html", context, status=400 if form.errors else 200)


@needs(STEWARD)
@require_POST
def called(request: HttpRequest, contact_id: str) -> HttpResponse:
    """Notes a call at once: it records a fact, so no second person is asked. What does not work is out of residents' sight at once."""
    at, trouble = seat(request)
    entry, form = _entry(at, contact_id), CallForm(request.POST)
    if form.is_valid():
        try:
            if trouble:
                raise EditError("", trouble)
            works = _note(request, entry, form.cleaned_data)
        except EditError as error:
            refuse(form, error)
        else:
            messages.success(request, say("call_noted" if works else "call_hidden", name=entry.contact.name))
            return redirect("contact", contact_id)
    return _page(request, at, entry, call=form)


def _note(request: HttpRequest, entry: Entry, data: dict[str, Any]) -> bool:
    """Writes a call down on what is live; only for the number that this person had before their eyes."""
    repository = desk.repository()
    head = repository.head()
    now = Desk(repository.files(head), head)
    if contactbook.find(now.files, entry.id).numbers != entry.numbers:
        raise EditError("", say("call_number_changed"))
    who, works = person(request.user), bool(data["works"] == WORKS)
    changes = noted(now.files, entry.id, Call(who.name, desk.today(), works, data["note"]))
    done = ("Called" if method(entry) == CALL else "Page looked at") if works else "Does not work"
    proposal = Proposal(f"{done}: {entry.contact.name}", data["note"] or "It works.", KIND, entry.id, changes)
    act_at_once(request, now, proposal, "contact-called" if works else "contact-hidden")
    return works


def _handed_in(request: HttpRequest, at: Desk, form: ContactForm, trouble: str, about: str, changes: Callable[[], Changes]) -> Draft | None:
    """Hands a filled-in form in; None where that cannot be, and the form then says why."""
    if not form.is_valid():
        return None
    try:
        if trouble:
            raise EditError("", trouble)
        data = form.cleaned_data
        refuse_forbidden(at.files, {"why": data["why"]})
        title = f"New contact: {data['name']}" if isinstance(form, NewContactForm) else f"Contact: {data['name']}"
        return hand_in(request, at, Proposal(title, data["why"], KIND, about, changes(), data.get("severity", "")))
    except EditError as error:
        refuse(form, error)
        return None


def _page(request: HttpRequest, at: Desk, entry: Entry, form: ContactForm | None = None, call: CallForm | None = None) -> HttpResponse:
    steward = may(request.user, STEWARD)
    form = form or (_form(at, entry) if steward else None)
    callable_ = steward and entry.can_be_checked and not at.draft
    broken = (form and form.errors) or (call and call.errors)
    return render(request, "console/contact.html", {
        "row": rows([entry], request.user, desk.today())[0], "entry": entry, "desk": at, "form": form,
        "call": (call or CallForm()) if callable_ or call else None, "by_call": method(entry) == CALL,
        "insider": may(request.user, *INSIDERS), "answers": standing_in(at.files, entry), "history": _history(entry.id),
        "drafts": [draft for draft in desk.drafts().all() if draft.kind == KIND and draft.about == entry.id],
        "others": presence.others(request.user, f"contact {entry.id}") if steward else [],
        "told": figures.told(str(form["note"].value() or ""), "plain") if form else {},
    }, status=400 if broken else 200)


def _form(at: Desk, entry: Entry, data: Any = None) -> ContactForm:
    known = sorted({*_choosable(at), *entry.contact.kinds})
    return ContactForm(data, known=known) if data is not None else ContactForm(initial=filled(entry), known=known)


def _choosable(at: Desk) -> list[str]:
    """The kinds of help; that of the emergency number, which never hides, is for it alone."""
    return [kind for kind in contactbook.kinds(at.files) if kind != NEVER_CALLED_KIND]


def _entry(at: Desk, contact_id: str) -> Entry:
    try:
        return contactbook.find(at.files, contact_id)
    except EditError as error:
        raise Http404 from error


def _history(about: str) -> list[Change]:
    """What went live of one contact, the newest first."""
    repository = desk.repository()
    return [change for change in _changes(repository.root, repository.head()) if change.trailers.get("About") == about]


@lru_cache(maxsize=4)
def _changes(root: Path, head: str) -> tuple[Change, ...]:
    """The changes of the contact book up to a commit, which never change again."""
    return tuple(Repository(root).history(PATH, most=1000, start=head))
