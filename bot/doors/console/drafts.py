"""Drafts that wait: what each would change, and a second person's yes, no, or question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.core.errors import ClashError, ConfianzaError, HistoryError
from bot.doors.console import audit, desk, refusals
from bot.doors.console.preview import previews
from bot.doors.console.roles import APPROVER, EVERYONE, STEWARD, TRANSLATOR, may, needs, person, translator
from bot.doors.console.translations import reviewed_with
from bot.doors.console.words import say
from bot.history.candidate import judge, read_content
from bot.history.comparison import Difference, differences
from bot.history.drafts import Draft
from bot.history.files import Changes, Files

# The page that goes on with a draft, by the draft's kind; it opens what the draft is about.
EDITORS = {"answer": "answer", "topic": "answer", "contact": "contact", "notice": "notice", "source": "source"}


@needs(EVERYONE)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Lists the drafts: yours to approve first, then those given back to you, then the others."""
    name = request.user.get_username()
    found = sorted(desk.drafts().all(), key=lambda d: (not may_approve(request.user, d), not (d.by(name) and d.returned)))
    rows = [{"draft": draft, "mine": draft.by(name), "approvable": may_approve(request.user, draft)} for draft in found]
    return render(request, "console/drafts.html", {"rows": rows})


@needs(EVERYONE)
@require_safe
def one(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Shows a draft: who, why, what it changes word by word, what residents would get, and whether it can go live."""
    draft = _found(draft_id)
    found = differences(desk.drafts().changes(draft))
    return render(request, "console/draft.html", {
        "draft": draft, "mine": draft.by(request.user.get_username()), "approvable": may_approve(request.user, draft),
        "speaks": _speaks(request.user, draft), "edit": _editor(draft), **_divided(found, draft), **_outlook(request, draft),
    })


@needs(APPROVER, STEWARD, TRANSLATOR)
@require_POST
def approve(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Makes a draft live: a second person, with the role that this kind of draft needs."""
    draft = _found(draft_id, request.POST.get("tip"))
    if draft is None:
        messages.error(request, say("draft_changed"))
        return redirect("draft", draft_id)
    if not _has_role(request.user, draft):
        raise PermissionDenied
    try:
        commit = desk.drafts().approve(draft, person(request.user), _reviews(request, draft))
    except ConfianzaError as error:
        messages.error(request, refusals.told(error))
        return redirect("draft", draft_id)
    audit.write(request, "draft-approved", draft.about or draft.id, draft.title)
    messages.success(request, say("draft_is_live", title=draft.title))
    return redirect("change", commit)


@needs(APPROVER, STEWARD, TRANSLATOR)
@require_POST
def give_back(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Gives a draft back to its author with a question or a reason."""
    draft = _found(draft_id, request.POST.get("tip"))
    note = request.POST.get("note", "").strip()
    if draft is None or not note:
        messages.error(request, say("note_needed"))
        return redirect("draft", draft_id)
    if not _has_role(request.user, draft):
        raise PermissionDenied
    said = say("draft_was_returned", title=draft.title)
    return _done(request, draft, "draft-returned", lambda: desk.drafts().give_back(draft, person(request.user), note), said)


@needs(EVERYONE)
@require_http_methods(["POST"])
def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Throws a draft away: its author or somebody who could approve it."""
    draft = _found(draft_id, request.POST.get("tip"))
    if draft is None:
        messages.error(request, say("draft_changed"))
        return redirect("draft", draft_id)
    if not (draft.by(request.user.get_username()) or _has_role(request.user, draft)):
        raise PermissionDenied
    said = say("draft_was_discarded", title=draft.title)
    return _done(request, draft, "draft-discarded", lambda: desk.drafts().discard(draft), said, "drafts")


def _done(request: HttpRequest, draft: Draft, what: str, act: Any, said: str, then: str = "draft") -> HttpResponse:
    """Acts, writes it down and says so. what: the audit log's word; said: what the person is told; then: the page that follows."""
    try:
        act()
    except HistoryError as error:
        messages.error(request, refusals.told(error))
        return redirect("draft", draft.id)
    audit.write(request, what, draft.about or draft.id, draft.title)
    messages.success(request, said)
    return redirect(then) if then == "drafts" else redirect(then, draft.id)


def _found(draft_id: str, tip: str | None = None) -> Any:
    """Returns the draft; None where somebody saved it anew since the page was loaded, so that nobody approves what they have not seen."""
    try:
        draft = desk.drafts().get(draft_id)
    except HistoryError as error:
        raise Http404 from error
    return draft if tip in (None, draft.tip) else None


def _has_role(user: Any, draft: Draft) -> bool:
    """True where the person may decide on this draft: approvers on all, stewards on contacts alone, speakers on their language alone."""
    extra = {frozenset({"contact"}): (STEWARD,), frozenset({"translation"}): tuple(translator(code) for code in _languages(draft))}
    return may(user, APPROVER, *extra.get(draft.kinds, ()))


def may_approve(user: Any, draft: Draft) -> bool:
    """True where this person is the second one that the draft waits for."""
    return _has_role(user, draft) and not draft.by(user.get_username()) and draft.returned is None


def _languages(draft: Draft) -> tuple[str, ...]:
    """The languages whose catalogues a draft of translations changes; it changes nothing else, or nobody's language counts."""
    paths = desk.drafts().changes(draft)
    codes = {path.split("/")[1] for path in paths if path.startswith("locales/") and path.endswith(".po")}
    return tuple(codes) if len(codes) == 1 and all(path.startswith("locales/") for path in paths) else ()


def _speaks(user: Any, draft: Draft) -> bool:
    return draft.kinds == {"translation"} and any(may(user, translator(code)) for code in _languages(draft))


def _reviews(request: HttpRequest, draft: Draft) -> Callable[[Files], Changes] | None:
    """Marks a draft's sentences as reviewed, where the approver speaks the language and says that they read every one."""
    if not (request.POST.get("reviewed") and _speaks(request.user, draft)):
        return None
    language = _languages(draft)[0]
    contexts = sorted({d.where.split(": ", 1)[1] for d in differences(desk.drafts().changes(draft)) if ": " in d.where})
    return lambda files: reviewed_with(files, language, contexts, person(request.user), desk.today())


def _divided(found: list[Difference], draft: Draft) -> dict[str, Any]:
    """What the draft is about, and apart from it what follows for translations, language by language."""
    if "translation" in draft.kinds:  # somebody wrote these words: the second person has to see them
        return {"pieces": found, "followers": {}}
    languages = desk.live().languages
    followers = Counter(languages[d.language].name for d in found if d.language != "en" and d.new and d.language in languages)
    return {"pieces": [d for d in found if d.language == "en"], "followers": dict(followers)}


def _outlook(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Whether the draft could go live now, and how its answer would look."""
    try:
        live, changes = desk.drafts().candidate(draft)
    except ClashError as error:
        return {"obstacles": [refusals.told(error)]}
    files = desk.repository().files(live).changed(changes)
    findings = judge(files)
    return {"obstacles": [refusals.told(finding.text) for finding in findings], **(_faces(request, draft, files) if not findings else {})}


def _faces(request: HttpRequest, draft: Draft, files: Files) -> dict[str, Any]:
    content = read_content(files)
    about = draft.about.split(":")[-1]
    if about not in content.topics:
        return {}
    language = request.GET.get("language") or next(iter(_languages(draft)), "en")
    town = request.GET.get("town") or None
    if language not in content.languages or (town and town not in content.towns):
        raise Http404
    return {"faces": previews(content, about, language, town, desk.today()), "preview_language": language, "preview_town": town,
            "preview_languages": content.languages.values(), "preview_towns": [t for t in content.towns.values() if t.statements]}


def _editor(draft: Draft) -> str:
    """The address that goes on with the draft, or "" where its kind has none."""
    language, _, context = draft.about.partition(":")
    if draft.kind == "translation" and context and context != "import":
        return f"{reverse('translation', args=[language, context])}?draft={draft.id}"
    name = EDITORS.get(draft.kind)
    return f"{reverse(name, args=[draft.about])}?draft={draft.id}" if name else ""

