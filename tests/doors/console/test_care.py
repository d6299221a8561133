"""The first page: what needs care, for whom, and where it is mended."""

from __future__ import annotations

import json
import re
import timeit
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from bot.core.drift import CHANGED, SAME, VANISHED, Known, Seen
from bot.doors.console import desk
from bot.doors.console.models import Question
from bot.history.drafts import Proposal
from bot.history.repository import Person
from bot.learning.modelreports import Report
from bot.learning.models import Models
from bot.sources import watching
from tests.doors.console.conftest import Console

TODAY = date(2026, 11, 22)


def page(client: Any) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def group(html: str, key: str) -> str:
    """Returns the text of one group of the page."""
    part = html.split(f'aria-labelledby="care-{key}"')[1].split("</section>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def links(html: str, key: str) -> list[str]:
    """Returns where the rows of a group lead."""
    part = html.split(f'aria-labelledby="care-{key}"')[1].split("</section>", maxsplit=1)[0]
    return re.findall(r'<li><a href="([^"]+)"', part)


def rewrite(root: Path, path: str, change: Callable[[str], str]) -> None:
    """Changes a file as a publication would; the console sees it as soon as it looks again."""
    (root / path).write_text(change((root / path).read_text(encoding="utf-8")), encoding="utf-8")
    desk._library.cache_clear()


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(settings, "CONFIANZA", replace(settings.CONFIANZA, fixed_day=day))


def proposed(author: str, title: str = "Shorter words") -> str:
    """Hands in a draft of one sentence under a name; returns its id."""
    repo = desk.repository()
    path = "data/answers/topics/trust_act.yml"
    changes = {path: repo.files().read(path).replace("review_by: ", "review_by:  ")}
    draft = desk.drafts().save(Person(author.title(), author), Proposal(title, "why", "answer", "trust_act", changes), repo.head())
    return str(draft.id)


def test_a_calm_day(console: Console, checkout: Path) -> None:
    """Where nothing is to be done, each group says so in a sentence, and no group is missing."""
    html = page(console.as_("editor"))
    calm = {"drafts": "No draft waits", "reviews": "No review is due", "contacts": "Every contact was checked", "off": "Every answer is on",
            "notices": "No notice runs", "sources": "No page needs a look", "questions": "No question waits", "weak": "Nothing is known"}
    assert {key: sentence in group(html, key) for key, sentence in calm.items()} == dict.fromkeys(calm, True)


CLOSED = {"questions", "weak"}


@pytest.mark.parametrize(("role", "mine"), [
    pytest.param("editor", {"drafts", "reviews", "off", "notices", "sources", "questions", "weak"}, id="editor"),
    pytest.param("steward", {"drafts", "contacts"}, id="steward"),
    pytest.param("translator-ht", {"drafts", "questions", "translations"}, id="translator"),
    pytest.param("administrator", {"drafts"}, id="administrator"),
])
def test_what_one_can_mend_comes_first(console: Console, checkout: Path, role: str, mine: set[str]) -> None:
    """The groups of one's own roles stand above those of others."""
    first, second = page(console.as_(role)).split("What others can do")
    assert set(re.findall(r'aria-labelledby="care-(\w+)"', first)) == mine
    rest = set(re.findall(r'aria-labelledby="care-(\w+)"', second))
    assert mine.isdisjoint(rest) and rest.isdisjoint(CLOSED) and {"reviews", "contacts", "translations"} <= mine | rest


def test_reviews_that_are_due(console: Console, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer near its review date is named with its day, one past it as late; the row leads to the answer."""
    rewrite(checkout, "data/answers/topics/trust_act.yml", lambda text: re.sub("review_by: .*", "review_by: 2026-12-01", text))
    rewrite(checkout, "data/answers/topics/raids_now.yml", lambda text: re.sub("review_by: .*", "review_by: 2026-11-01", text))
    html = page(console.as_("editor"))
    assert "was due on 2026-11-01" in group(html, "reviews") and "reviewed by 2026-12-01" in group(html, "reviews")
    assert links(html, "reviews") == [reverse("answer", args=["raids_now"]), reverse("answer", args=["trust_act"])]


def test_a_long_group_is_cut(console: Console, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everything is due at once, eight rows stand here and the rest behind a link that says how many."""
    on(monkeypatch, date(2027, 6, 1))
    html = page(console.as_("editor"))
    more = len(desk.live().topics) - 8
    assert len(links(html, "reviews")) == 9 and f"{more} more" in group(html, "reviews")


def test_contacts_to_call(console: Console, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After half a year contacts are named with the day on which they hide; after a year they are named as hidden."""
    assert "Nobody has called" in group(page(console.as_("steward")), "contacts")
    on(monkeypatch, date(2027, 7, 1))
    html = page(console.as_("steward"))
    assert "Hidden from residents after 2027-11-2" in group(html, "contacts")
    assert links(html, "contacts")[0].startswith("/contacts/")
    on(monkeypatch, date(2028, 1, 1))
    assert "Hidden: residents saw it until" in group(page(console.as_("steward")), "contacts")


def test_the_emergency_number_is_not_to_be_called(console: Console, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is sent to try out 911."""
    on(monkeypatch, date(2028, 1, 1))
    assert "911" not in "".join(links(page(console.as_("steward")), "contacts"))


def test_drafts_of_three_kinds(console: Console, checkout: Path) -> None:
    """What waits for you, what was given back to you, what is yours and waits for others; of the rest only the number."""
    proposed("amina", "By Amina")
    mine, returned = proposed("basma", "By Basma"), proposed("basma", "Given back")
    desk.drafts().give_back(desk.drafts().get(returned), Person("Carol", "carol"), "why?")
    html = page(console.as_("approver", username="basma"))
    text = group(html, "drafts")
    assert text.index("By Amina") < text.index("Given back") < text.index("By Basma Yours")
    assert "By Amina. Waits for you to approve." in text and "Carol gave it back to you" in text
    assert links(html, "drafts")[2] == reverse("draft", args=[mine])
    other = group(page(console.as_("editor")), "drafts")
    assert "No draft waits for you." in other and "Other drafts that wait: 3." in other


def test_sources_never_visited(console: Console, checkout: Path) -> None:
    """Before the first watch the page says how to run it."""
    assert "confianza sources watch" in group(page(console.as_("editor")), "sources")


def test_sources_that_changed(console: Console, checkout: Path) -> None:
    """A flagged page is named by its document or its law, with what became of it; the others are not."""
    content = desk.live()
    quote, law = next(q for q in content.quotes.values() if q.document.url), next(law for law in content.laws.values() if law.url)
    rows = ((str(quote.document.url), f"source:{quote.document.id}", VANISHED), (str(law.url), f"law:{law.id}", CHANGED),
            ("https://example.org/", "source:other", SAME))
    path = watching.watch_file(settings.CONFIANZA.state)
    path.parent.mkdir(parents=True)
    first, last = date(2026, 11, 1), date(2026, 11, 20)
    watching._write(path, {a: Seen(a, (name,), verdict, first, last, known=Known("a")) for a, name, verdict in rows})
    html = page(console.as_("editor"))
    text = group(html, "sources")
    assert quote.document.title in text and "the page is gone" in text and law.cite in text and "last visited on 2026-11-20" in text
    assert links(html, "sources") == [reverse("source", args=[quote.document.id]), reverse("sources")]


def test_a_broken_watch_breaks_nothing(console: Console, checkout: Path) -> None:
    """Where the watch's file cannot be read, its group says so."""
    path = watching.watch_file(settings.CONFIANZA.state)
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    assert "cannot be read" in group(page(console.as_("editor")), "sources")


@pytest.fixture
def inbox(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The inbox, switched on."""
    changed = replace(settings.CONFIANZA, console=replace(settings.CONFIANZA.console, inbox=True))
    monkeypatch.setattr(settings, "CONFIANZA", changed)
    return Path(changed.state / "inbox")


def test_questions_by_language(console: Console, inbox: Path) -> None:
    """Waiting questions are counted by language and not shown; those that are done are not counted."""
    rows = (("ht", "kote ▢ ye", ""), ("ht", "ki lè ▢", ""), ("ar", "أين ▢ الآن", ""), ("pl", "gdzie jest ▢", "example"))
    for language, text, done in rows:
        Question.objects.create(day=TODAY, language=language, text=text, done=done)
    html = page(console.as_("editor"))
    text = group(html, "questions")
    assert text.index("Kreyòl ayisyen Questions that wait: 2.") < text.index("العربية Questions that wait: 1.")
    assert "Polski" not in text and "▢" not in html and links(html, "questions")[0].endswith("?language=ht")


def test_questions_are_taken_in(console: Console, inbox: Path) -> None:
    """What the public door has written is counted the next time somebody looks."""
    inbox.mkdir(parents=True)
    questions = [{"language": "ht", "text": f"kote biwo {word} a"} for word in ("wouj", "ble", "vèt", "jòn", "nwa")]
    (inbox / "a.json").write_text(json.dumps({"day": "2026-11-21", "questions": questions}), encoding="utf-8")
    assert "Kreyòl ayisyen Questions that wait: 5." in group(page(console.as_("editor")), "questions")


def test_questions_from_before_the_switch(console: Console, checkout: Path) -> None:
    """Where the inbox is off, what is still kept is something to be done; where nothing is, nothing."""
    assert "not switched that on" in group(page(console.as_("editor")), "questions")
    Question.objects.create(day=TODAY, language="ht", text="kote ▢ ye", done="example")
    html = page(console.as_("editor"))
    assert "1 are still kept" in group(html, "questions") and links(html, "questions") == [reverse("questions")]


def test_translations_of_ones_own_language_first(console: Console, checkout: Path) -> None:
    """Each language has a row with what it lacks; a translator's own comes before the others."""
    text = group(page(console.as_("translator-pl")), "translations")
    assert text.index("Polski") < text.index("Español") and "not reviewed" in text


def test_where_the_bot_does_worst(console: Console, checkout: Path) -> None:
    """The live model's weakest languages and commonest confusion; the newest week's least answered language and least helpful answer."""
    good, bad = ({"answered": share, "right_of_answered": 1.0} for share in (0.9, 0.4))
    confused = [{"intent": "gone", "taken_for": "x", "count": 9}, {"intent": "trust_act", "taken_for": "raids_now", "count": 7}]
    figures = {"by_language": {"en": good, "es": good, "ht": bad}, "confusions": confused}
    (checkout / "models").mkdir(exist_ok=True)
    models = Models(checkout)
    models.path("confianza").write_bytes(b"a model")
    models.describe("confianza", Report(figures, "2026-11-20"))
    cells = {"answered/ar": 12, "asked_back/ar": 36, "helped/raids_now/yes": 10, "helped/raids_now/no": 30}
    (settings.CONFIANZA.state / "counts").mkdir(parents=True)
    (settings.CONFIANZA.state / "counts" / "2026-W46.json").write_text(json.dumps({"week": "2026-W46", "cells": cells}))
    html = page(console.as_("editor"))
    text = group(html, "weak")
    assert "Kreyòl ayisyen Right answers to our test questions: 40%." in text and "made on 2026-11-20" in text
    assert "7 of our test questions" in text and "gone" not in text
    assert "العربية Questions answered in week 2026-W46: 25%." in text and "It helped, of the votes in week 2026-W46: 25%." in text
    assert reverse("answer", args=["trust_act"]) in links(html, "weak") and reverse("counts") in links(html, "weak")


def test_answers_off_and_notices(console: Console, checkout: Path) -> None:
    """An answer that is off is named with who and why; a notice with its days."""
    rewrite(checkout, "data/answers/topics/trust_act.yml",
            lambda text: text + '\noff: {by: "Amina", on: 2026-11-20, why: "The court has ruled."}\n')
    notice = '- {id: roads, text: "Route 7 is closed.", starts: 2026-11-20, ends: 2026-11-30, by: "Amina", towns: []}\n'
    rewrite(checkout, "data/answers/notices.yml", lambda text: re.sub(r"^\[\]\s*$", "", text, flags=re.M) + notice)
    html = page(console.as_("editor"))
    assert "Off since 2026-11-20, by Amina: The court has ruled." in group(html, "off")
    assert "Route 7 is closed. Runs to 2026-11-30." in group(html, "notices")


def test_broken_content_is_said_at_the_top(console: Console, checkout: Path) -> None:
    """Where the files on disk do not go live, the page says why, without this machine's folders; the old content stays in sight."""
    library = desk._library(checkout)
    (checkout / "data" / "answers" / "phrases.yml").write_text("a: [", encoding="utf-8")
    library._looked = 0.0
    html = page(console.as_("editor"))
    assert "phrases.yml" in html and "not live" in html and str(checkout) not in html and 'aria-labelledby="care-reviews"' in html


def test_content_broken_from_the_start(console: Console, checkout: Path) -> None:
    """A console that starts on broken content still shows its first page, with the reason and the drafts."""
    desk._library.cache_clear()
    (checkout / "data" / "answers" / "phrases.yml").write_text("a: [", encoding="utf-8")
    html = page(console.as_("editor"))
    assert "phrases.yml" in html and 'aria-labelledby="care-drafts"' in html and 'aria-labelledby="care-reviews"' not in html


@pytest.mark.parametrize("roles", [
    pytest.param(("editor", "steward", "translator-es"), id="several roles"), pytest.param(("steward",), id="steward"),
    pytest.param(("translator-ht",), id="translator"), pytest.param(("administrator",), id="administrator"), pytest.param((), id="no role"),
])
def test_every_row_leads_somewhere(console: Console, inbox: Path, monkeypatch: pytest.MonkeyPatch, roles: tuple[str, ...]) -> None:
    """Each link of the page opens for who sees it, also when a lot is to be done; none leads back here."""
    on(monkeypatch, date(2027, 7, 1))
    Question.objects.create(day=date(2027, 6, 30), language="ht", text="kote ▢ ye")
    client = console.as_(*roles)
    found = set(re.findall(r'href="(/[^"]*)"', page(client).split("<main")[1]))
    assert len(found) > 8 and "/" not in found
    assert [link for link in sorted(found) if client.get(link).status_code != 200] == []


def test_it_is_quick(console: Console, checkout: Path) -> None:
    """Once the content is read, the page takes less than a second, however busy the machine is at one of three moments."""
    client = console.as_("editor")
    page(client)
    assert min(timeit.repeat(lambda: page(client), number=1, repeat=3)) < 1.0


def test_in_spanish(console: Console, checkout: Path) -> None:
    """The page speaks Spanish to who chose it."""
    client = console.as_("editor")
    client.cookies["confianza_console_language"] = "es"
    assert "Lo que usted puede hacer" in page(client) and "Ninguna revisión vence" in page(client)
