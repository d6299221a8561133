"""Answers in the console: read, counted, previewed, handed in; what cannot stay is said beside its field and no word is lost."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bot.doors.console.desk import drafts, repository
from bot.edits.answers import opened, path_of
from tests.doors.console.conftest import Console

TOPIC = "police_ask_status"
NEW = "It depends on the town. See below what towns have said. Tell me your town, and I can say more."
HARD = "Notwithstanding jurisdictional considerations, municipal representatives accommodate undocumented individuals."


def page(client: Any, url: str, **query: str) -> str:
    return html.unescape(client.get(url, query).content.decode())


def form(text: str) -> dict[str, list[str]]:
    """Returns the answer's form as a browser would send it, without its buttons."""
    form = re.search(r'<form method="post" action="/answers/[^"]*".*?</form>', text, re.DOTALL).group()
    found: dict[str, list[str]] = {}
    pattern = (r'<textarea[^>]* name="(?P<area>[^"]+)"[^>]*>(?P<text>[^<]*)</textarea>|<select name="(?P<select>[^"]+)".*?</select>'
               r'|<input (?P<input>[^>]+)>')
    for field in re.finditer(pattern, form, re.DOTALL):
        if field["area"]:
            found.setdefault(field["area"], []).append(html.unescape(field["text"]))
        elif field["select"]:
            chosen = re.search(r'value="([^"]*)" selected', field.group())
            found.setdefault(field["select"], []).append(chosen.group(1) if chosen else "")
        elif not re.search(r'type="(checkbox|radio)"', field["input"]) or " checked" in field["input"]:
            name, value = (re.search(rf'{what}="([^"]*)"', field["input"]).group(1) for what in ("name", "value"))
            found.setdefault(name, []).append(value)
    return found


def sent(client: Any, topic: str = TOPIC, **changes: Any) -> dict[str, Any]:
    """Returns the form as it was opened, with changes and the button that hands it in."""
    opened_form = form(client.get(reverse("answer", args=[topic])).content.decode())
    return {**opened_form, "do": "hand_in", "severity": "wording", "why": "plainer", **changes}


def save(client: Any, topic: str = TOPIC, **changes: Any) -> Any:
    return client.post(reverse("answer_save", args=[topic]), sent(client, topic, **changes))


def test_the_list_names_every_answer(console: Console, checkout: Path) -> None:
    """Each answer stands with its title, its review date, and its translations in words."""
    text = page(console.as_(), reverse("answers"))
    assert text.count('<th scope="row">') == len(list((checkout / "data/answers/topics").glob("*.yml")))
    assert "Will police ask about my status?" in text and "ar: unreviewed" in text and "overdue" not in text


@pytest.mark.parametrize(("words", "rows"), [
    pytest.param("officers  Carmen", [], id="a word that is not there"),
    pytest.param("Eight PLATE aclú forces", ["plate_readers"], id="words of an answer, in any order"),
    pytest.param("PLATE_readers", ["plate_readers"], id="its name"),
    pytest.param("no such words at all", [], id="nothing"),
])
def test_the_list_is_searched(console: Console, checkout: Path, words: str, rows: list[str]) -> None:
    """Only answers that hold the words are left."""
    assert re.findall(r'<span class="soft">(\w+)</span>', page(console.as_(), reverse("answers"), q=words)) == rows


def test_who_may_not_write_reads(console: Console, checkout: Path) -> None:
    """The same words, without a form; previews are there for everybody."""
    text = page(console.as_("steward"), reverse("answer", args=[TOPIC]), language="ar", preview_town="norwalk")
    assert "<textarea" not in text and opened(repository().files(), TOPIC).short in text
    assert 'class="bubble" lang="ar" dir="rtl"' in text


def test_the_form_holds_the_answer(console: Console, checkout: Path) -> None:
    """Sent back as it was opened, nothing was changed: every field, row and order of rows is there."""
    client = console.as_("editor")
    response = save(client)
    assert response.status_code == 400 and "nothing was changed" in response.content.decode()


@pytest.mark.parametrize("topic", ["sanctuary", "police_work_with_ice", "menu_help", "share_link", "need_lawyer", "plate_readers"])
def test_every_kind_of_answer_can_be_opened_and_sent(console: Console, checkout: Path, topic: str) -> None:
    """Grouped passages, answers about the service, links in braces: the form loses none of them."""
    client = console.as_("editor")
    assert "nothing was changed" in save(client, topic).content.decode()
    assert client.post(reverse("answer_save", args=[topic]), sent(client, topic, do="preview.all")).status_code == 200


def test_an_edit_becomes_a_draft(console: Console, checkout: Path) -> None:
    """It waits under the editor's name with reason and severity; what is live stays as it is."""
    client = console.as_("editor", name="Nadia K.")
    response = save(client, short=f"  {NEW}\r\n", severity="law", why="The rule is gone.")
    (draft,) = drafts().all()
    assert response.headers["Location"] == reverse("draft", args=[draft.id])
    assert (draft.kind, draft.about, draft.severity, draft.last.why) == ("answer", TOPIC, "law", "The rule is gone.")
    assert draft.authors[0].name == "Nadia K."
    assert opened(drafts().files(draft), TOPIC).short == NEW != opened(repository().files(), TOPIC).short
    assert NEW not in (checkout / path_of(TOPIC)).read_text(encoding="utf-8")


def test_rows_come_in_the_order_of_the_page(console: Console, checkout: Path) -> None:
    """Steps change places and keep their origin, one is emptied, one is new; a passage joins the one above; a law goes."""
    client = console.as_("approver")
    before = opened(repository().files(), TOPIC)
    data = sent(client)
    steps = [data["steps"][2], "Ask for a paper.", data["steps"][0], ""]
    save(client, steps=steps, steps_origin=["2", "", "0", "1"], quotes_together=["1"], laws=data["laws"][1:], kinds=["legal_aid"])
    after = opened(drafts().files(drafts().all()[0]), TOPIC)
    assert [step.text for step in after.steps] == [before.steps[2].text, "Ask for a paper.", before.steps[0].text]
    assert after.quotes == (before.quotes[0] + before.quotes[1], *before.quotes[2:])
    assert after.laws == before.laws[1:] and after.kinds == ("legal_aid",)


REFUSED = [
    pytest.param({"title": ""}, "title", "empty", id="no title"),
    pytest.param({"short": HARD}, "short", "too hard to read", id="too hard"),
    pytest.param({"short": "x " * 151}, "short", "at most 300", id="too long"),
    pytest.param({"towns.norwalk": HARD}, "towns.norwalk", "too hard", id="a town's words too hard"),
    pytest.param({"steps": ["", "Show {this} paper.", ""]}, "steps.0", "in braces", id="a brace in a step"),
    pytest.param({"short": "Call {name"}, "short", "in braces", id="an open brace"),
    pytest.param({"short": NEW, "caution": "Call 860-555-0142 now."}, "caution", "may not be shown", id="a number of nobody's"),
    pytest.param({"short": NEW, "severity": ""}, "severity", "typing error", id="no severity"),
    pytest.param({"short": NEW, "why": "  "}, "why", "Say why", id="no reason"),
    pytest.param({"review_by": "soon"}, "review_by", "2027-02-28", id="no date"),
    pytest.param({"laws": ["no-such-law"]}, "laws", "no-such-law", id="a law that is none"),
    pytest.param({"towns.atlantis": "It sank."}, "towns", "atlantis", id="a town that is none"),
    pytest.param({"kinds": ["magic"]}, "kinds", "magic", id="a kind of help that is none"),
    pytest.param({"quotes": ["westport-2019-respect"] * 2}, "quotes", "twice", id="a passage twice"),
    pytest.param({"quotes": ["new-haven-2006-order-not-solely"]}, "quotes", "may not stand without", id="a passage without its companion"),
]


@pytest.mark.parametrize(("changes", "field", "message"), REFUSED)
def test_what_cannot_stay_is_said_beside_its_field(
    console: Console, checkout: Path, changes: dict[str, Any], field: str, message: str,
) -> None:
    """Status 400, a summary that links to the field, the words still there, nothing saved."""
    client = console.as_("editor")
    data = sent(client, caution="My own words, not to be lost.") | changes
    response = client.post(reverse("answer_save", args=[TOPIC]), data)
    text = html.unescape(response.content.decode())
    assert response.status_code == 400 and drafts().all() == []
    assert re.search(rf'<a href="#id_{re.escape(field)}">[^<]*{re.escape(message)}', text), re.findall(r'<a href="#id.*', text)
    assert f'id="id_{field}"' in text
    assert changes.get("caution", "My own words, not to be lost.") in text
    assert form(response.content.decode())["title"] == [data["title"]] if isinstance(data["title"], str) else True


def test_the_buttons_move_rows_without_a_script(console: Console, checkout: Path) -> None:
    """Up and down send the form and show it again in the new order; nothing is saved."""
    client = console.as_("editor")
    before = sent(client)
    response = save(client, do="down.steps.0", short="My own words.")
    after = form(response.content.decode())
    assert response.status_code == 200 and after["steps"][:2] == before["steps"][1::-1] and after["steps_origin"][:2] == ["1", "0"]
    assert after["short"] == ["My own words."] and drafts().all() == []
    assert save(client, do="up.steps.99").status_code == save(client, do="up").status_code == 200


@pytest.mark.parametrize(("language", "shown"), [("en", 1), ("zh", 1), ("all", 8), ("tlh", 1)])
def test_a_preview_shows_words_that_are_not_saved(console: Console, checkout: Path, language: str, shown: int) -> None:
    """In one language or in all; the English of a changed law stands where its translation was."""
    client = console.as_("editor")
    response = save(client, do=f"preview.{language}", short=NEW, severity="law", preview_town="")
    text = html.unescape(response.content.decode())
    assert response.status_code == 200 and text.count('<section class="faces"') == shown
    assert NEW in text.split('id="faces"')[1] and drafts().all() == []


def test_the_script_gets_the_previews_alone(console: Console, checkout: Path) -> None:
    """A piece of a page for the town that is chosen; a fault as a sentence."""
    client = console.as_("editor")
    url = reverse("answer_preview", args=[TOPIC])
    text = client.post(url, sent(client, do="preview.ar", preview_town="norwalk")).content.decode()
    assert text.count("<section") == 1 and "<html" not in text and 'dir="rtl"' in text
    wrong = client.post(url, sent(client, do="preview.ar", short=HARD))
    assert wrong.status_code == 400 and "too hard" in wrong.content.decode()


def test_a_draft_is_gone_on_with(console: Console, checkout: Path) -> None:
    """The form opens with the draft's words; the next version keeps the graver of both severities; other drafts are named."""
    client = console.as_("editor")
    save(client, short=NEW, severity="law")
    (draft,) = drafts().all()
    text = client.get(reverse("answer", args=[TOPIC]), {"draft": draft.id}).content.decode()
    data = form(text)
    assert data["short"] == [NEW] and data["draft"] == [draft.id] and data["severity"] == ["law"]
    client.post(reverse("answer_save", args=[TOPIC]), {**data, "do": "hand_in", "title": "Do police ask for papers?", "severity": "typo"})
    (again,) = drafts().all()
    assert (again.id, again.severity) == (draft.id, "law") and opened(drafts().files(again), TOPIC).short == NEW
    assert reverse("draft", args=[draft.id]) in page(client, reverse("answer", args=[TOPIC]))
    assert reverse("draft", args=[draft.id]) in page(client, reverse("answers"))


def test_words_survive_a_draft_that_is_gone(console: Console, checkout: Path) -> None:
    """Published while one writes: the form comes back on what is live, with the words in it."""
    client = console.as_("editor")
    data = sent(client, short=NEW, draft="00000000")
    response = client.post(reverse("answer_save", args=[TOPIC]), data)
    after = form(response.content.decode())
    assert response.status_code == 400 and after["short"] == [NEW] and "draft" not in after


def test_two_people_know_of_each_other(console: Console, checkout: Path) -> None:
    """Who opens an answer that somebody else has open reads the name."""
    console.as_("editor", name="Wanda").get(reverse("answer", args=[TOPIC]))
    assert "Wanda has this open too" in page(console.as_("approver"), reverse("answer", args=[TOPIC]))


@pytest.mark.parametrize("name", ["answer", "answer_save", "answer_preview", "answer_off", "answer_on"])
def test_an_answer_that_is_none(console: Console, checkout: Path, name: str) -> None:
    """404, whatever is asked of it."""
    client = console.as_("editor", "approver")
    assert client.post(reverse(name, args=["nothing"])).status_code in (404, 405)
    assert client.get(reverse("answer", args=["nothing"])).status_code == 404


def test_the_page_shows_the_same_figures(console: Console, checkout: Path) -> None:
    """Without a script they stand there when the page is opened, and after a preview."""
    client = console.as_("editor")
    response = save(client, do="preview.en", short="Ask for a lawyer 📞 now.")
    assert "(telephone receiver)" in response.content.decode() and "SMS segments" in page(client, reverse("answer", args=[TOPIC]))
