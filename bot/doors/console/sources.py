"""The shelf of sources: every document, what became of its page, what waits, and texts that nobody uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.core.drift import Seen, flagged
from bot.core.errors import DocumentError, WatchError
from bot.doors.console import audit, desk
from bot.doors.console.archive import Orphan, Waiting, orphans, refusal, text_of, texts, waiting, watched
from bot.doors.console.roles import APPROVER, EDITOR, EVERYONE, may, needs
from bot.doors.console.sourceforms import places
from bot.doors.console.words import say
from bot.edits.shelf import Held, shelf
from bot.history.drafts import Draft
from bot.sources.watching import accept as accept_page
from bot.sources.watching import watch_file

LAW = "law:"


@dataclass(frozen=True)
class Row:
    """A document on the shelf; place: whom it speaks for; seen: what the watch knows of its page, None where it was never visited."""

    document: Held
    place: str
    has_text: bool
    seen: Seen | None
    drafts: tuple[Draft, ...]

    @property
    def about(self) -> str:
        """What an acceptance would be about."""
        return fingerprint(self.seen) if self.seen else ""


@dataclass(frozen=True)
class Flag:
    """A law's link that the watch flags, and how answers cite it."""

    seen: Seen
    cites: tuple[str, ...]

    @property
    def about(self) -> str:
        """What an acceptance would be about."""
        return fingerprint(self.seen)


@needs(EVERYONE)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Lists the documents, those that wait, laws' links to look at, and for approvers the texts that nobody uses."""
    live, waits = shelf(desk.repository().files()), waiting()
    watch, trouble = watched()
    return render(request, "console/sources.html", {
        "rows": [_row(one, waits, watch) for one in live], "new": _new(live, waits), "laws": _laws(watch), "watch_trouble": trouble,
        "orphans": _orphans(live, waits) if may(request.user, APPROVER) else (),
        "may_add": may(request.user, EDITOR), "may_accept": may(request.user, EDITOR, APPROVER),
    })


def _row(one: Held, waits: tuple[Waiting, ...], watch: Mapping[str, Seen]) -> Row:
    drafts = tuple(w.draft for w in waits if any(found.source.id == one.source.id for found in w.documents))
    place = dict(places()).get(one.source.town, one.source.town)
    return Row(one, place, text_of(one) is not None, watch.get(one.source.url.strip()), drafts)


def _new(live: tuple[Held, ...], waits: tuple[Waiting, ...]) -> list[tuple[Held, Draft]]:
    """Documents that only drafts have."""
    there = {one.source.id for one in live}
    return [(one, w.draft) for w in waits for one in w.documents if one.source.id not in there]


def _orphans(live: tuple[Held, ...], waits: tuple[Waiting, ...]) -> tuple[Orphan, ...]:
    return orphans((*live, *(one for w in waits for one in w.documents)))


def _laws(watch: Mapping[str, Seen]) -> list[Flag]:
    laws, found = desk.live().laws, []
    for seen in flagged(watch):
        names = [name.removeprefix(LAW) for name in seen.names if name.startswith(LAW)]
        if names:
            found.append(Flag(seen, tuple(dict.fromkeys(laws[name].cite if name in laws else name for name in names))))
    return found


@needs(EDITOR, APPROVER)
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Takes what is now at an address as known; only what the person has seen, should another visit have come between."""
    address = request.POST.get("address", "")
    seen = watched()[0].get(address)
    if seen is None or not seen.is_flagged or fingerprint(seen) != request.POST.get("seen"):
        messages.error(request, say("watch_moved_on"))
        return redirect("sources")
    try:
        accept_page(watch_file(settings.CONFIANZA.state), address)
    except WatchError:
        messages.error(request, say("watch_broken"))
        return redirect("sources")
    audit.write(request, "source-accepted", address, seen.verdict)
    messages.success(request, say("watch_accepted"))
    return redirect("sources")


def fingerprint(seen: Seen) -> str:
    """What an acceptance is about: another digest or verdict is another change."""
    return f"{seen.verdict} {seen.digest} {seen.moved_to}"


@needs(APPROVER)
@require_POST
def remove_text(request: HttpRequest) -> HttpResponse:
    """Takes a text away that no document uses, live or waiting."""
    file, sha256 = request.POST.get("file", ""), request.POST.get("sha256", "")
    unused = _orphans(shelf(desk.repository().files()), waiting())
    try:
        done = any((one.file, one.sha256) == (file, sha256) for one in unused) and texts().remove(file, sha256)
    except DocumentError as error:
        messages.error(request, refusal(error))
        return redirect("sources")
    if done:
        audit.write(request, "source-text-removed", file, sha256)
    messages.add_message(request, messages.SUCCESS if done else messages.ERROR, say("text_removed" if done else "text_in_use"))
    return redirect("sources")
