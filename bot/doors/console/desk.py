"""The desk at which an edit is made: the files it starts from, the draft it goes on with, and how it is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest

from bot.core.content import Content
from bot.core.errors import ClashError, ContentError, EditError, HistoryError, RefusedError
from bot.doors.console import audit
from bot.doors.console.roles import person
from bot.doors.console.words import say
from bot.history.candidate import Finding
from bot.history.drafts import Draft, Drafts, Proposal, publish_directly
from bot.history.files import Files
from bot.history.repository import Repository
from bot.library import Library


@dataclass(frozen=True)
class Desk:
    """What an edit is made on: the content of `base` (a commit: the live one, or a draft's last) and the draft it goes on with."""

    files: Files
    base: str
    draft: Draft | None = None

    @property
    def query(self) -> str:
        """What an address needs so that it opens the same draft: "?draft=1a2b", or ""."""
        return f"?draft={self.draft.id}" if self.draft else ""


def repository() -> Repository:
    """The content's history."""
    return Repository(settings.CONFIANZA.root)


def drafts() -> Drafts:
    """The waiting drafts."""
    return Drafts(repository())


def today() -> date:
    """Today's date, or the one that tests fix."""
    day: date = settings.CONFIANZA.today()
    return day


def live() -> Content:
    """What residents are told now."""
    return _library(settings.CONFIANZA.root).content


def trouble() -> str:
    """Why the content on disk is not what residents are told, with paths as in the checkout; "" where it is."""
    root = settings.CONFIANZA.root
    try:
        library = _library(root)
        _ = library.content  # looks at the files
    except ContentError as error:
        return str(error).replace(f"{root}/", "")
    return (library.trouble or "").replace(f"{root}/", "")


@lru_cache(maxsize=2)
def _library(root: Path) -> Library:
    return Library(root)


def opened(request: HttpRequest) -> Desk:
    """Returns the desk of a page: its draft where the address or the form names one; else what is live.

    A form brings its `base` along, so that what it was opened on is what it is compared with. Raises HistoryError for an unknown draft.
    """
    values = request.POST if request.method == "POST" else request.GET
    repo = repository()
    if values.get("draft"):
        draft = drafts().get(values["draft"])
        return Desk(repo.files(draft.tip), _seen(repo, values.get("base")) or draft.tip, draft)
    base = _seen_live(repo, values.get("base")) or repo.head()
    return Desk(repo.files(base), base)


def opened_live() -> Desk:
    """Returns the desk over what is live now."""
    repo = repository()
    head = repo.head()
    return Desk(repo.files(head), head)


def hand_in(request: HttpRequest, desk: Desk, proposal: Proposal) -> Draft:
    """Saves a proposal as a draft that waits for a second person, and says so.

    Raises EditError where the check would not pass, and where somebody published the same piece in the meantime.
    """
    _warn_of_others(desk, proposal)
    try:
        draft = drafts().save(person(request.user), proposal, desk.base, onto=desk.draft)
    except RefusedError as error:
        raise as_edit_error(error) from error
    except HistoryError as error:
        raise EditError("", str(error)) from error
    audit.write(request, "draft-saved", draft.id, draft.title)
    messages.success(request, say("draft_waits", title=draft.title))
    return draft


def act_at_once(request: HttpRequest, desk: Desk, proposal: Proposal, what: str) -> str:
    """Publishes what needs no second person. what: the audit log's word. Raises EditError."""
    try:
        commit = publish_directly(repository(), person(request.user), proposal, desk.base)
    except RefusedError as error:
        raise as_edit_error(error) from error
    except HistoryError as error:
        raise EditError("", str(error)) from error
    audit.write(request, what, proposal.about, proposal.title)
    return commit


def as_edit_error(error: RefusedError) -> EditError:
    """The first thing the check says, as an error of a form; the form finds its field by the words (see `beside`)."""
    found = [finding for finding in error.findings if isinstance(finding, Finding)]
    needle = found[0].problem.needle if found and found[0].problem else ""
    return EditError("", "; ".join(finding.text for finding in found[:3]) or str(error), needle)


def beside(error: EditError, fields: Iterable[tuple[str, str]]) -> str:
    """Returns the name of the field an error belongs to: the one it names, or the one whose text it is about, or ""."""
    if error.field:
        return error.field
    return next((name for name, text in fields if error.needle and error.needle in text), "")


def _warn_of_others(desk: Desk, proposal: Proposal) -> None:
    """Nobody's work is overwritten: what went live since this was opened is named before it is too late."""
    repo = repository()
    head = repo.head()
    if desk.draft or head == desk.base:
        return
    moved = {path for path in repo.differences(desk.base, head) if path in proposal.changes and not path.startswith("locales/")}
    if moved:
        who = repo.history(sorted(moved)[0], most=1)[0]
        raise EditError("", say("changed_meanwhile", name=who.author.name, title=who.title))


def _seen(repo: Repository, commit: str | None) -> str | None:
    """A commit that a form names, where it is one of ours."""
    if not commit:
        return None
    try:
        return repo.change(commit).id
    except HistoryError as error:
        raise ClashError(say("open_again")) from error


def _seen_live(repo: Repository, commit: str | None) -> str | None:
    """A commit that a form without a draft names, where it is or was live: nothing may be built on words that nobody approved."""
    seen = _seen(repo, commit)
    if seen and not repo.is_live(seen):
        raise ClashError(say("open_again"))
    return seen
