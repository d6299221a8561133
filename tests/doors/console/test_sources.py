"""The shelf of sources: what is there, what became of its page, and texts that nobody uses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from bot.core.drift import Link, Visit
from bot.core.passages import digest
from bot.doors.console import desk
from bot.doors.console.models import Entry
from bot.sources.watching import read_watch, watch, watch_file
from tests.doors.console import papers
from tests.doors.console.conftest import Console
from tests.doors.console.papers import enter, kept, waiting, written

pytestmark = pytest.mark.usefixtures("checkout")
ORDER = "https://newhavenindependent.org/article/city_to_immigrants_fear_no_more"
ADD = 'href="/sources/new"'
LAW = "https://www.law.example/287"


def folder() -> Path:
    return Path(settings.CONFIANZA.console.documents)


def visited(*visits: Visit, address: str = ORDER, name: str = "source:new-haven-2006") -> Any:
    """Lets the watch visit an address so often; returns what is known of it then."""
    path = watch_file(settings.CONFIANZA.state)
    for number, visit in enumerate(visits, 1):
        (seen,) = watch([Link(address, (name,), {})], path, date(2026, 11, number), lambda _, found=visit: found)
    return seen


def page(client: Any) -> str:
    return str(client.get(reverse("sources")).content.decode())


FIRST, OTHER = Visit("page", 200, "a" * 64, "Fear no more"), Visit("page", 200, "b" * 64, "Fear more")


def test_everyone_sees_the_shelf(console: Console) -> None:
    """Each document stands there with publisher, date, town, number of passages and whether its text is here."""
    shown = page(console.as_())
    for one in papers_on_the_shelf():
        assert f'href="/sources/{one.source.id}/"' in shown
    assert "New Haven Independent" in shown and "2006-12-13" in shown and "not on this machine" in shown
    assert ADD not in shown and ADD in page(console.as_("editor"))


def papers_on_the_shelf() -> Any:
    from bot.edits.shelf import shelf

    return shelf(desk.repository().files())


def test_a_document_that_waits(console: Console) -> None:
    """It stands apart, with its draft, until it is approved; then among the others, with its text here."""
    client = console.as_("editor")
    enter(client)
    draft = waiting()
    shown = page(client)
    assert f'href="/sources/norwalk-2026/?draft={draft.id}"' in shown and reverse("draft", args=[draft.id]) in shown
    desk.drafts().approve(draft, desk.person(console.person("approver")))
    live = page(client)
    assert 'href="/sources/norwalk-2026/"' in live and "on this machine</td>" not in live.split("norwalk-2026")[0]
    assert "<td>on this machine</td>" in live


@pytest.mark.parametrize("visits, said, flagged", [
    pytest.param((FIRST,), "as we know it", False, id="same"),
    pytest.param((FIRST, OTHER), "the page has changed", True, id="changed"),
    pytest.param((FIRST, Visit("gone", 404)), "the page is gone", True, id="vanished"),
    pytest.param((FIRST, Visit("barred", None)), "does not let us read", True, id="forbidden"),
    pytest.param((FIRST, Visit("failed", None, trouble="time-out")), "could not be reached", False, id="unreachable"),
    pytest.param((FIRST, Visit("page", 200, "a" * 64, "Fear no more", moved_to="https://new.example/a")), "https://new.example/a", True,
                 id="moved"),
])
def test_the_watch_in_words(console: Console, visits: tuple[Visit, ...], said: str, flagged: bool) -> None:
    """What became of a page is said in words; only what waits for somebody can be accepted, by who may."""
    visited(*visits)
    shown, reader = page(console.as_("editor")), page(console.as_("translator-es"))
    assert said in shown and said in reader
    assert (reverse("source_accept") in shown) is flagged and reverse("source_accept") not in reader
    assert ("Please look" in reader) is flagged


def accept(client: Any, **changes: str) -> str:
    shown = page(client)
    sent = {"address": written(shown, "address"), "seen": written(shown, "seen"), **changes}
    return str(client.post(reverse("source_accept"), sent, follow=True).content.decode())


@pytest.mark.parametrize("role", ["editor", "approver"])
def test_a_change_is_accepted(console: Console, role: str) -> None:
    """What is there now is known from then on, and the log says who took it so."""
    visited(FIRST, OTHER)
    client = console.as_(role)
    assert "Accepted." in accept(client)
    assert not read_watch(watch_file(settings.CONFIANZA.state))[ORDER].is_flagged
    entry = Entry.objects.get(what="source-accepted")
    assert (entry.who, entry.about, entry.detail) == (client.user.username, ORDER, "changed")


@pytest.mark.parametrize("changes", [
    pytest.param({"address": "https://nowhere.example/"}, id="an address that was never visited"),
    pytest.param({"seen": "changed " + "c" * 64}, id="another change than the one on the page"),
    pytest.param({"seen": ""}, id="no change named"),
])
def test_only_what_was_seen_is_accepted(console: Console, changes: dict[str, str]) -> None:
    """A visit between looking and accepting brings the page back."""
    visited(FIRST, OTHER)
    assert "Nothing was accepted" in accept(console.as_("editor"), **changes)
    assert read_watch(watch_file(settings.CONFIANZA.state))[ORDER].is_flagged and not Entry.objects.filter(what="source-accepted")


def test_laws_to_look_at(console: Console) -> None:
    """A law's page that changed stands below, by how we cite the law, until it is accepted."""
    law = next(iter(desk.live().laws.values()))
    visited(FIRST, OTHER, address=LAW, name=f"law:{law.id}")
    client = console.as_("approver")
    assert "Pages of laws to look at" in page(client) and LAW in page(client)
    accept(client)
    assert "Pages of laws to look at" not in page(client)


def test_a_broken_watch_breaks_no_page(console: Console) -> None:
    """What cannot be read is said, and the shelf is there."""
    path = watch_file(settings.CONFIANZA.state)
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    shown = page(console.as_("editor"))
    assert "cannot be read or written" in shown and "new-haven-2006" in shown
    refused = console.as_("editor").post(reverse("source_accept"), {"address": ORDER}, follow=True)
    assert b"Nothing was accepted" in refused.content


def remove(client: Any, file: str, text: str) -> str:
    sent = {"file": file, "sha256": digest(text)}
    return str(client.post(reverse("source_text_remove"), sent, follow=True).content.decode())


def test_a_text_of_a_thrown_away_draft_can_be_deleted(console: Console) -> None:
    """While the draft waits its text is in use; then approvers see it and can delete it, and nobody else."""
    editor, approver = console.as_("editor"), console.as_("approver")
    enter(editor)
    assert "Texts that nothing uses" not in page(approver)
    assert "Nothing was deleted" in remove(approver, "norwalk-2026.txt", papers.DOCUMENT) and kept(folder()) == ["norwalk-2026.txt"]
    desk.drafts().discard(waiting())
    assert "Norwalk 👮 police" in page(approver) and "Texts that nothing uses" not in page(editor)
    assert "Nothing was deleted" in remove(approver, "norwalk-2026.txt", "other words")
    assert "The text is deleted" in remove(approver, "norwalk-2026.txt", papers.DOCUMENT) and kept(folder()) == []
    assert Entry.objects.get(what="source-text-removed").about == "norwalk-2026.txt"


def test_a_text_in_the_place_of_another_is_unused(console: Console) -> None:
    """A text that is not the one the source was entered with can go, so that the right one finds its place."""
    folder().mkdir()
    (folder() / "norwalk-2025.txt").write_text("Not the article.", encoding="utf-8")
    approver = console.as_("approver")
    assert "Not the article." in page(approver)
    assert "The text is deleted" in remove(approver, "norwalk-2025.txt", "Not the article.")


@pytest.mark.parametrize("file", ["../console.sqlite3", "/etc/hostname", ".hidden.txt", ""])
def test_no_other_file_is_deleted(console: Console, file: str) -> None:
    """A name that leads elsewhere deletes nothing."""
    secret = folder().parent / "console.sqlite3"
    secret.write_text("key", encoding="utf-8")
    assert "Nothing was deleted" in remove(console.as_("approver"), file, "key") and secret.exists()
