"""Notices in the console: an editor writes, a second person approves, and it can end at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bot.doors.console.models import Entry
from bot.edits.switches import NOTICES
from bot.history.drafts import Drafts
from bot.history.publishing import publish
from bot.history.repository import Person, Repository
from bot.library import load
from tests.doors.console.conftest import Console

TEXT = "ICE was seen in Norwalk today. Stay calm. You may stay silent."
FORM = {"text": TEXT, "starts": "2026-11-22", "ends": "2026-11-25", "towns": ["norwalk"], "why": "Three people saw it.", "do": "hand_in"}


def drafts(checkout: Path) -> list[Any]:
    return Drafts(Repository(checkout)).all()


def write(client: Any, **changes: Any) -> Any:
    return client.post(reverse("notice_new"), {**FORM, **changes})


def with_notices(checkout: Path, *rows: tuple[str, str, str, str]) -> None:
    """Puts notices (id, text, first, last day) into what is live, as approvals would."""
    repository = Repository(checkout)
    head = "".join(line for line in repository.files().read(NOTICES).splitlines(keepends=True) if line.startswith("#"))
    lines = (f'- {{id: \'{i}\', text: "{text}", starts: {first}, ends: {last}, by: "Ana", towns: []}}\n' for i, text, first, last in rows)
    publish(repository, repository.head(), {NOTICES: head + "".join(lines)}, Person("Ana", "ana"), "Notices")


def test_a_notice_waits_for_a_second_person(console: Console, checkout: Path) -> None:
    """The draft names it; after an approver's yes it is live, with its days and towns."""
    response = write(console.as_("editor", name="Eve"))
    draft = drafts(checkout)[0]
    assert response["Location"] == reverse("draft", args=[draft.id])
    assert (draft.kind, draft.about) == ("notice", "2026-11-22") and load(checkout).notices == ()
    reader = console.as_()
    assert draft.title in reader.get(reverse("notices")).content.decode()
    console.as_("approver").post(reverse("draft_approve", args=[draft.id]), {"tip": draft.tip})
    notice = load(checkout).notices[0]
    assert (notice.text, notice.by, notice.towns) == (TEXT, "Eve", ("norwalk",))
    assert (str(notice.starts), str(notice.ends)) == ("2026-11-22", "2026-11-25")


def test_going_on_with_a_draft(console: Console, checkout: Path) -> None:
    """The notice that waits is written anew in the same draft; it does not become two."""
    client = console.as_("editor")
    write(client)
    draft = drafts(checkout)[0]
    where = reverse("notice", args=["2026-11-22"])
    assert TEXT in client.get(f"{where}?draft={draft.id}").content.decode()
    assert client.get(where).status_code == 404
    response = client.post(where, {**FORM, "text": "It is over. Nobody was taken.", "towns": [], "draft": draft.id, "base": draft.tip})
    assert response["Location"] == reverse("draft", args=[draft.id]) and len(drafts(checkout)) == 1
    text = Drafts(Repository(checkout)).files(drafts(checkout)[0]).read(NOTICES)
    assert text.count("- {id:") == 1 and "It is over." in text


@pytest.mark.parametrize("role", ["approver", "steward", "administrator", "translator-es"])
def test_only_editors_write(console: Console, checkout: Path, role: str) -> None:
    """Everybody reads; the form's address refuses who is no editor, and its link is not there."""
    client = console.as_(role)
    page = client.get(reverse("notices"))
    assert page.status_code == 200 and reverse("notice_new") not in page.content.decode()
    assert write(client).status_code == 403 and drafts(checkout) == []


@pytest.mark.parametrize(("changes", "field", "reason"), [
    pytest.param({"text": "Call 1-866-DHS-2ICE."}, "text", "ICE tip line", id="a forbidden number"),
    pytest.param({"text": "Call  203-853-7777\nnow."}, "text", "may not be shown here", id="a number that is no contact's"),
    pytest.param({"text": "x" * 161}, "text", "these are 161", id="too long"),
    pytest.param({"text": "See {url}"}, "text", "braces", id="braces"),
    pytest.param({"ends": "2026-11-21", "starts": "2026-11-20"}, "ends", "this day is over", id="over already"),
    pytest.param({"ends": "2026-12-31"}, "ends", "at most 30 days", id="too long a time"),
    pytest.param({"ends": "soon"}, "ends", "valid date", id="no day"),
    pytest.param({"towns": ["springfield"]}, "towns", "Select a valid choice", id="an unknown town"),
    pytest.param({"why": "They said 866 347 2423"}, "why", "ICE tip line", id="a forbidden number in the reason"),
])
def test_refused_beside_the_field(console: Console, checkout: Path, changes: dict[str, Any], field: str, reason: str) -> None:
    """400, the reason at its field, a link to it, nothing saved."""
    response = write(console.as_("editor"), **changes)
    text = response.content.decode()
    assert response.status_code == 400 and drafts(checkout) == []
    beside = re.search(rf'<ul class="error" id="id_{field}_error">(.*?)</ul>', text, re.S)
    assert beside and reason in beside.group(1) and f'<a href="#id_{field}">' in text


def test_preview(console: Console, checkout: Path) -> None:
    """The banner and the text message as residents get them, with segments; nothing is saved."""
    response = write(console.as_("editor"), do="preview", text="Stay “calm”…")
    text = response.content.decode()
    assert response.status_code == 200 and drafts(checkout) == []
    assert '<p class="box" lang="en" dir="ltr">Norwalk: Stay “calm”…</p>' in text
    assert 'dir="ltr">Norwalk: Stay &quot;calm&quot;...</p>' in text and "Segments: 1 (GSM-7)." in text
    assert "In English for readers of:" in text and "العربية" in text


def test_parted_by_days_and_ended(console: Console, checkout: Path) -> None:
    """Running, coming and past ones; each can be taken away at once by editors and approvers, and the log says so."""
    with_notices(checkout, ("old", "It was.", "2026-11-01", "2026-11-02"), ("now", "It is.", "2026-11-20", "2026-11-22"),
                 ("soon", "It comes.", "2026-11-23", "2026-11-24"))
    approver = console.as_("approver")
    text = approver.get(reverse("notices")).content.decode()
    running, coming, past = (text.index(f"<h2>{words}</h2>") for words in ("Running now", "Coming", "Over"))
    assert running < text.index("It is.") < coming < text.index("It comes.") < past < text.index("It was.")
    assert "End it now" in text and "Call it off" in text and "Remove it from the file" in text
    response = approver.post(reverse("notice_end", args=["now"]))
    assert response["Location"] == reverse("notices")
    assert [notice.id for notice in load(checkout).notices] == ["old", "soon"] and drafts(checkout) == []
    assert Entry.objects.get(what="notice-ended").about == "now"
    console.as_("editor").post(reverse("notice_end", args=["old"]))
    assert [notice.id for notice in load(checkout).notices] == ["soon"]


def test_a_second_click_does_no_harm(console: Console, checkout: Path) -> None:
    """What is gone already is said to be gone."""
    response = console.as_("editor").post(reverse("notice_end", args=["none"]), follow=True)
    assert "not here any more" in response.content.decode()


@pytest.mark.parametrize("role", ["steward", "administrator", "translator-es"])
def test_others_end_nothing(console: Console, checkout: Path, role: str) -> None:
    """Neither button nor address."""
    with_notices(checkout, ("now", "It is.", "2026-11-20", "2026-11-22"))
    client = console.as_(role)
    assert "End it now" not in client.get(reverse("notices")).content.decode()
    assert client.post(reverse("notice_end", args=["now"])).status_code == 403 and len(load(checkout).notices) == 1
