"""The matrix, a page of sentences, and the second speaker, on a real checkout."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bot.catalogs import FUZZY, WITHDRAWN_FLAG, parse_catalog, print_catalog
from bot.doors.console import desk as desks
from bot.doors.console.models import Entry as Line
from bot.doors.console.roles import person
from bot.doors.console.sentences import number_of
from bot.doors.console.translations import reviewed_with
from bot.edits.entries import Entry, entries
from bot.edits.pieces import piece, topics
from bot.edits.translations import translate
from bot.history.drafts import Proposal, publish_directly
from bot.history.repository import Person
from tests.checkouts import git
from tests.doors.console.conftest import Console

HELP, DANGER = "What can you do?", "In danger now? Call 911."
HELP_AR, DANGER_AR = "ماذا يمكنكم أن تفعلوا؟", "في خطر الآن؟ اتصلوا فوراً بالرقم 911."


@pytest.fixture(autouse=True)
def _content(checkout: Path) -> None:
    """Every test works on a copy."""


def address(language: str = "ar", context: str = "menu_help") -> str:
    return reverse("translation", args=[language, context])


def entry(english: str, language: str = "ar", context: str = "menu_help", commit: str | None = None) -> Entry:
    files = desks.repository().files(commit)
    return next(e for e in entries(files, language) if e.key == (context, english))


def form(client: Any, path: str, texts: dict[str, str] | None = None, **more: str) -> dict[str, str]:
    """What a browser would send of a page: its hidden fields and all texts, some of them changed. texts: by English."""
    page = client.get(path).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(base|draft)" value="([^"]*)"', page))
    fields |= {n: html.unescape(t) for n, t in re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page)}
    language, context = path.split("/")[2:4]
    names = {e.msgid: number_of(e) for e in piece(desks.repository().files(), language, context)}
    return {**fields, "action": "save", **{f"text.{names[english]}": text for english, text in (texts or {}).items()}, **more}


def send(client: Any, texts: dict[str, str], path: str = "", **more: str) -> Any:
    path = path or address()
    return client.post(path, form(client, path, texts, **more))


def aged(english: str, *flags: str, previous: str = "", language: str = "ar") -> None:
    """Makes a live translation outdated, or withdrawn."""
    path = f"locales/{language}/LC_MESSAGES/answers.po"
    repo = desks.repository()
    catalog = parse_catalog(repo.files().read(path), language, path)
    message = catalog.get(english, "menu_help")
    message.flags |= {FUZZY, *flags}
    message.previous_id = [previous] if previous else []
    publish(print_catalog(catalog), path)


def publish(text: str, path: str) -> None:
    repo = desks.repository()
    publish_directly(repo, somebody(), Proposal("a change", "", "translation", "x", {path: text}), repo.head())


def somebody() -> Person:
    return Person("Somebody", "somebody")


def translated(username: str, english: str = HELP, text: str = HELP_AR, language: str = "ar") -> None:
    """Makes somebody's translation live."""
    repo = desks.repository()
    changes = translate(repo.files(), language, "menu_help", english, text, username, desks.today())
    publish_directly(repo, somebody(), Proposal("a change", "", "translation", "x", changes), repo.head())


def only_draft() -> Any:
    (draft,) = desks.drafts().all()
    return draft


def test_everyone_sees_the_matrix_and_every_cell_leads_to_a_page(console: Console) -> None:
    """A row for each topic and group; letters say the states, with the words beside them for screen readers."""
    client = console.as_()
    page = client.get(reverse("translations")).content.decode()
    cells = set(re.findall(r'<td><a href="([^"]+)"', page))
    assert {address("pl"), address("ar", "phrases"), address("zh", "laws"), address("ht", "contacts")} <= cells
    rows = len(topics(desks.repository().files())) + len(("phrases", "pages", "contacts", "towns", "sources", "laws"))
    assert page.count('<tr><th scope="row">') == rows and "not reviewed: 3; العربية" in page
    assert [path for path in cells if "/ht/" in path and client.get(path).status_code != 200] == []


def test_only_mine_leaves_the_columns_of_a_translator(console: Console) -> None:
    """The filter is for translators; for others it is not there and does nothing."""
    mine = console.as_("translator-ht").get(reverse("translations") + "?mine=1").content.decode()
    assert address("ht") in mine and address("ar") not in mine
    others = console.as_("editor").get(reverse("translations") + "?mine=1").content.decode()
    assert address("ar") in others and "mine=1" not in others.split("<main")[1]


@pytest.mark.parametrize("context", ["page.privacy", "contact.aclu-connecticut", "speaker", "phrases", "constitution-5-silence"])
def test_a_context_or_a_group_has_a_page(console: Console, context: str) -> None:
    """Ids with dots and hyphens too; what residents read stands in its language and direction."""
    page = console.as_("translator-ar").get(address("ar", context)).content.decode()
    assert page.count("<textarea") == len(piece(desks.repository().files(), "ar", context))
    assert page.count("<textarea") == len(re.findall(r'<textarea [^>]*lang="ar" dir="rtl"', page))


@pytest.mark.parametrize(("language", "context"), [("ar", "no_such"), ("en", "menu_help"), ("xx", "menu_help"), ("ar", "..")])
def test_what_is_not_there_is_404(console: Console, language: str, context: str) -> None:
    """Unknown languages and pieces; English is no translation."""
    assert console.as_("translator-ar").get(f"/translations/{language}/{context}/").status_code == 404


@pytest.mark.parametrize("roles", [(), ("editor",), ("approver", "administrator"), ("translator-fr",)], ids=str)
def test_only_translators_of_the_language_write(console: Console, roles: tuple[str, ...]) -> None:
    """Others read the page; a form sent all the same gets 403 and leaves no draft."""
    client = console.as_(*roles)
    page = client.get(address()).content.decode()
    assert "<textarea" not in page and f'lang="ar" dir="rtl">{entry(DANGER).msgstr}' in page
    fields = {"action": "save", f"text.{number_of(entry(HELP))}": HELP_AR}
    assert client.post(address(), fields).status_code == 403
    assert client.post(reverse("translation_review", args=["ar", "menu_help"]), {"read": "yes"}).status_code == 403
    assert desks.drafts().all() == []


def test_what_was_changed_becomes_one_draft(console: Console) -> None:
    """Two sentences, one draft, in the translator's name; what is live stays as it is."""
    client = console.as_("translator-ar", name="ليلى", username="leyla")
    before = desks.repository().head()
    response = send(client, {HELP: f"  {HELP_AR}\r\n", DANGER: DANGER_AR}, why="Plural.")
    draft = only_draft()
    assert response.status_code == 302 and response.url == reverse("draft", args=[draft.id])
    assert (draft.kind, draft.about, draft.last.why, draft.last.trailers["Language"]) == ("translation", "ar:menu_help", "Plural.", "ar")
    assert draft.authors == (person(client.user),) and desks.repository().head() == before
    for english, text in ((HELP, HELP_AR), (DANGER, DANGER_AR)):
        changed = entry(english, commit=draft.tip)
        assert (changed.msgstr, changed.translator, changed.state) == (text, "leyla", "draft")
    assert list(desks.drafts().changes(draft)) == ["locales/ar/LC_MESSAGES/answers.po"]


def test_a_form_sent_unchanged_is_no_draft(console: Console) -> None:
    """The very texts that stood there change nothing, in any group."""
    client = console.as_("translator-ar")
    for context in ("menu_help", "phrases", "contacts"):
        response = send(client, {}, address("ar", context))
        assert response.status_code == 400 and "Nothing has changed" in response.content.decode()
    assert desks.drafts().all() == []


def test_wrong_fields_come_back_with_all_words_and_reasons(console: Console) -> None:
    """The reason stands beside its field and in a summary that links there; the other field's words stay in it."""
    client = console.as_("translator-ar")
    response = send(client, {HELP: HELP_AR, DANGER: "اتصلوا بالشرطة 203-555-0100"}, why="لأن")
    page, n = response.content.decode(), number_of(entry(DANGER))
    assert response.status_code == 400 and desks.drafts().all() == []
    assert f'href="#text.{n}">Sentence 3: The phone numbers must be the same: 911.' in page
    assert f'<p class="error" id="error.{n}">' in page and f'aria-describedby="error.{n} size.{n}' in page
    assert HELP_AR in page and "اتصلوا بالشرطة 203-555-0100" in page and 'value="لأن"' in page
    assert "numbers." not in page


def test_numbers_are_confirmed_for_the_words_that_were_refused(console: Console) -> None:
    """The box comes with the refusal and holds for these words: other numbers written afterwards are refused anew."""
    client = console.as_("translator-fr")
    english = next(e for e in entries(desks.repository().files(), "fr") if re.search(r"\b30 days\b", e.msgid) and e.file == "laws.yml")
    path = address("fr", english.context)
    assert "numbers." not in client.get(path).content.decode()
    first = re.sub(r"\b30\b", "trente", english.msgstr)
    page = send(client, {english.msgid: first}, path).content.decode()
    stamp = re.search(r'name="(numbers\.[0-9a-f]{12})" value="([0-9a-f]{12})"', page)
    assert stamp and "The numbers differ" in page and desks.drafts().all() == []
    other = send(client, {english.msgid: first.replace("trente", "31")}, path, **{stamp[1]: stamp[2]})
    assert other.status_code == 400 and desks.drafts().all() == []
    assert send(client, {english.msgid: first}, path, **{stamp[1]: stamp[2]}).status_code == 302


def test_an_outdated_translation_shows_what_changed(console: Console) -> None:
    """The old English and the new one, word by word, in words and not by colour alone."""
    aged(DANGER, previous="In danger now? Call 999.")
    page = console.as_("translator-ar").get(address()).content.decode()
    assert '<del><span class="hidden">gone: </span>999</del>' in page and '<ins><span class="hidden">new: </span>911</ins>' in page


@pytest.mark.parametrize("flag", [(), (WITHDRAWN_FLAG,)], ids=["outdated", "taken back"])
def test_old_words_are_confirmed_only_by_their_box(console: Console, flag: tuple[str, ...]) -> None:
    """Sending the page for another sentence's sake must not bless a translation of other English."""
    aged(DANGER, *flag, previous="In danger? Call 911.")
    client, n = console.as_("translator-ar", username="leyla"), number_of(entry(DANGER))
    send(client, {HELP: HELP_AR})
    assert entry(DANGER, commit=only_draft().tip).state == ("withdrawn" if flag else "outdated")
    desks.drafts().discard(only_draft())
    send(client, {}, **{f"fits.{n}": "yes"})
    confirmed = entry(DANGER, commit=only_draft().tip)
    assert (confirmed.state, confirmed.translator, confirmed.msgstr) == ("draft", "leyla", entry(DANGER).msgstr)


def test_check_saves_nothing_and_shows_advice_and_the_answer(console: Console) -> None:
    """Advice stands folded below its field; the preview holds the words just typed."""
    response = send(console.as_("translator-ar"), {HELP: "ماذا تفعلون"}, action="check")
    page = response.content.decode()
    assert response.status_code == 200 and desks.drafts().all() == []
    assert "does not end with a question mark" in page and "<summary>Worth a second look: 1</summary>" in page
    short = send(console.as_("translator-ar"), {entry_short().msgid: "جواب جديد للتجربة."}, action="check").content.decode()
    assert short.split('class="faces"')[1].count("جواب جديد للتجربة.") >= 3


def entry_short() -> Entry:
    return next(e for e in piece(desks.repository().files(), "ar", "menu_help") if e.comment == "short")


def test_readers_see_the_preview_too(console: Console) -> None:
    """A link shows the answer in the language; pages that are no answer have none."""
    client = console.as_()
    assert 'class="faces"' in client.get(address() + "?preview=1").content.decode()
    assert 'class="faces"' not in client.get(address("ar", "page.card") + "?preview=1").content.decode()


def test_markup_in_a_translation_stays_text(console: Console) -> None:
    """Nothing typed becomes part of the page."""
    page = send(console.as_("translator-ar"), {DANGER: "</textarea><script>alert(1)</script> 911"}, action="check").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_draft_is_gone_on_with(console: Console) -> None:
    """A second save of one's draft is its next version, opened from the draft's own words."""
    client = console.as_("translator-ar")
    send(client, {HELP: HELP_AR})
    path = f"{address()}?draft={only_draft().id}"
    assert HELP_AR in client.get(path).content.decode()
    assert client.post(address(), form(client, path, {DANGER: DANGER_AR})).status_code == 302
    draft = only_draft()
    assert [entry(e, commit=draft.tip).msgstr for e in (HELP, DANGER)] == [HELP_AR, DANGER_AR]


def test_a_draft_that_is_gone_loses_nobodys_words(console: Console) -> None:
    """Published or thrown away in the meantime: the page comes back with the words, and can be handed in anew."""
    client = console.as_("translator-ar")
    send(client, {HELP: HELP_AR})
    fields = form(client, f"{address()}?draft={only_draft().id}", {DANGER: DANGER_AR}) | {f"text.{'0' * 12}": "كلمات لا مكان لها"}
    desks.drafts().discard(only_draft())
    page = client.post(address(), fields)
    assert page.status_code == 400 and DANGER_AR in page.content.decode() and "كلمات لا مكان لها" in page.content.decode()
    assert client.post(address(), fields | {"draft": "", "base": desks.repository().head()}).status_code == 302


def test_translations_are_not_written_into_another_draft(console: Console) -> None:
    """A draft about an answer needs an approver; it must not become one that a translator may approve."""
    repo, client = desks.repository(), console.as_("translator-ar")
    path = "data/answers/topics/menu_help.yml"
    changes = {path: repo.files().read(path).replace("id: menu_help", "id: menu_help\n")}
    draft = desks.drafts().save(somebody(), Proposal("An answer", "", "answer", "menu_help", changes), repo.head())
    assert "<textarea" not in client.get(f"{address()}?draft={draft.id}").content.decode()
    fields = form(client, address(), {HELP: HELP_AR}) | {"draft": draft.id, "base": draft.tip}
    assert client.post(address(), fields).status_code == 400
    assert only_draft().tip == draft.tip


def test_who_else_writes_and_what_waits_is_said(console: Console) -> None:
    """Two translators of one page hear of each other and of the draft that waits."""
    first, second = console.as_("translator-ar", name="Leyla"), console.as_("translator-ar")
    send(first, {HELP: HELP_AR})
    page = second.get(address()).content.decode()
    assert "Leyla has this open too" in page and reverse("draft", args=[only_draft().id]) in page
    assert reverse("draft", args=[only_draft().id]) not in second.get(address("ar", "sanctuary")).content.decode()


def review(client: Any, language: str = "ar", context: str = "menu_help", **fields: str) -> Any:
    return client.post(reverse("translation_review", args=[language, context]), {"base": desks.repository().head(), **fields})


def test_a_second_speaker_marks_a_page_at_once(console: Console, checkout: Path) -> None:
    """No draft: the record is live, under the reviewer's name, and in the log."""
    translated("leyla")
    response = review(console.as_("translator-ar", username="omar"), read="yes")
    assert response.status_code == 302 and desks.drafts().all() == []
    assert {(e.state, e.reviewer) for e in piece(desks.repository().files(), "ar", "menu_help")} == {("reviewed", "omar")}
    assert "menu_help: {by: \"omar\", on: 2026-11-22" in (checkout / "locales/states.yml").read_text(encoding="utf-8")
    assert "omar@" in git(checkout, "log", "-1", "--format=%ae") and Line.objects.get(what="translation-reviewed").about == "ar:menu_help"


def test_a_whole_group_is_marked_at_once(console: Console) -> None:
    """A page of many pieces is read as one; a piece that the reader translated is left out and named."""
    client = console.as_("translator-ht", username="omar")
    assert review(client, "ht", "contacts", read="yes").status_code == 302
    states = {e.state for e in piece(desks.repository().files(), "ht", "contacts")}
    assert states == {"reviewed"} and {e.state for e in piece(desks.repository().files(), "ht", "menu_help")} == {"draft"}


def test_nobody_reviews_their_own_words(console: Console) -> None:
    """In any spelling of the name; the page says why before and after."""
    translated("Leyla")
    client = console.as_("translator-ar", username="leyla")
    page = client.get(address()).content.decode()
    assert "You translated some of this yourself" in page and 'name="read"' not in page
    response = review(client, read="yes")
    assert response.status_code == 400 and "You translated some of this yourself" in response.content.decode()
    assert {e.state for e in piece(desks.repository().files(), "ar", "menu_help")} == {"draft"}


@pytest.mark.parametrize(("fields", "reason"), [
    pytest.param({}, "then tick the box", id="not read"),
    pytest.param({"read": "yes", "base": "0" * 40}, "too old", id="a commit that is none of ours"),
])
def test_a_review_is_refused(console: Console, fields: dict[str, str], reason: str) -> None:
    """Each with its reason; nothing is marked."""
    response = review(console.as_("translator-ar"), **fields)
    assert response.status_code == 400 and reason in response.content.decode()
    assert {e.state for e in piece(desks.repository().files(), "ar", "menu_help")} == {"draft"}


def test_an_outdated_sentence_forbids_the_review(console: Console) -> None:
    """Nobody can have read it beside the English that there is now."""
    aged(DANGER, previous="In danger? Call 911.")
    response = review(console.as_("translator-ar"), read="yes")
    assert response.status_code == 400 and "The English has changed" in response.content.decode()


def test_a_draft_is_not_reviewed_on_its_page(console: Console) -> None:
    """Words that are not live would be marked before anybody approved them."""
    send(console.as_("translator-ar"), {HELP: HELP_AR})
    draft = only_draft()
    response = review(console.as_("translator-ar"), read="yes", draft=draft.id, base=draft.tip)
    assert response.status_code == 400 and "Only what is live" in response.content.decode()


def test_what_changes_after_the_review_was_opened_is_not_marked(console: Console) -> None:
    """The mark is for the words that were read: a translation published meanwhile stays unreviewed."""
    base = desks.repository().head()
    translated("leyla")
    assert review(console.as_("translator-ar"), read="yes", base=base).status_code == 302
    assert entry(HELP).state == "draft" and entry(DANGER).state == "reviewed"


def test_an_approver_who_speaks_the_language_marks_what_the_draft_changes(console: Console) -> None:
    """The sentences that the draft leaves alone were not shown to them and keep their state."""
    send(console.as_("translator-ar", username="leyla"), {HELP: HELP_AR})
    draft, repo = only_draft(), desks.repository()
    _, changes = desks.drafts().candidate(draft)
    files = repo.files().changed(changes)
    found = files.changed(reviewed_with(files, "ar", ["menu_help"], Person("Omar", "omar"), desks.today()))
    assert {e.msgid: e.reviewer for e in piece(found, "ar", "menu_help") if e.state == "reviewed"} == {HELP: "omar"}
    assert reviewed_with(files, "ar", ["menu_help"], Person("Leyla", "LEYLA"), desks.today()) == {}


def test_the_glossary_is_readable(console: Console) -> None:
    """Terms as they stand in the file, each column in its direction; beside a sentence only its own."""
    page = console.as_().get(reverse("glossary", args=["ar"])).content.decode()
    assert "مذكرة قضائية (unless the English says a judge&#x27;s)" in page and '<td lang="ar" dir="rtl">' in page
    sentence = console.as_("translator-ar").get(address("ar", "warrant_types")).content.decode()
    assert "Legal terms in it" in sentence and "مذكرة (warrant)" in sentence and "جلسة أمام قاضٍ" not in sentence


def test_the_page_speaks_spanish(console: Console) -> None:
    """Every sentence of ours has its Spanish."""
    client = console.as_("translator-ar")
    client.post(reverse("set_language"), {"language": "es", "next": "/"})
    page = client.get(address()).content.decode()
    assert "sin revisar" in page and "Leí cada oración junto al inglés." in page
