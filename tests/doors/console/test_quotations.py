"""Quotations: the words are cut from the document by their offsets, and nobody can type them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from bot.doors.console import desk
from bot.edits.sources import Source, add_source
from bot.history.drafts import Drafts, Proposal
from bot.history.repository import Person, Repository
from bot.sources.documents import Documents
from tests.doors.console.conftest import Console
from tests.doors.console.papers import BESIDE, DOCUMENT, ENTERED, HASH, document, selected, waiting, written

pytestmark = pytest.mark.usefixtures("checkout")
QUOTE = "/sources/norwalk-2026/quote"
WORDS = "We treat everyone\u00a0the same"
SOURCE = ("id", "title", "publisher", "author", "date", "town", "url", "changed")


@pytest.fixture(scope="session")
def entered(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The history of a checkout in which the new document waits, made once: the check of the content takes a second."""
    root = shutil.copytree(original, tmp_path_factory.mktemp("entered") / "checkout")
    repository = Repository(root)
    source = Source(**{name: ENTERED[name] for name in SOURCE}, file="norwalk-2026.txt", sha256=HASH)
    changes = add_source(repository.files(), source, ("norwalk",))
    proposal = Proposal(f"New source: {source.title}", ENTERED["why"], "source", source.id, changes)
    Drafts(repository).save(Person("Leyla", "leyla"), proposal, repository.head())
    return root / ".git"


@pytest.fixture
def editor(console: Console, checkout: Path, entered: Path) -> Any:
    """An editor, and a new document that waits."""
    shutil.copytree(entered, checkout / ".git", dirs_exist_ok=True)
    Documents(settings.CONFIANZA.console.documents).keep("norwalk-2026", DOCUMENT.encode())
    return console.as_("editor")


def passages() -> list[Any]:
    return list(document().passages.values())


def test_selected_words_are_shown_to_be_confirmed(editor: Any) -> None:
    """After the selection the words stand on the page, not in a field, and nothing is saved yet."""
    before = waiting().tip
    response = editor.post(QUOTE, selected(WORDS))
    page = response.content.decode()
    assert response.status_code == 200 and f">{WORDS}</blockquote>" in page
    assert 'name="text"' not in page and 'name="words"' not in page and waiting().tip == before


def test_a_quotation_is_handed_in(editor: Any) -> None:
    """The passage has the document's words to the letter; the draft stays that of the new source."""
    response = editor.post(QUOTE, selected(WORDS, save="yes", **BESIDE))
    assert response.status_code == 302 and response.headers["Location"] == reverse("draft", args=[waiting().id])
    (passage,) = passages()
    assert (passage.words, passage.short, passage.kind, passage.scope) == (WORDS, "Norwalk police chief", "spoken", "norwalk")
    assert (waiting().kind, waiting().about) == ("source", "norwalk-2026") and "chief says it" in waiting().last.why


@pytest.mark.parametrize("name", ["text", "words", "quote", "sha256"])
def test_typed_words_are_ignored(editor: Any, name: str) -> None:
    """Whatever words a form sends along, those between the offsets are quoted."""
    editor.post(QUOTE, selected(WORDS, save="yes", **BESIDE, **{name: "We love ICE"}))
    assert [passage.words for passage in passages()] == [WORDS] and "love" not in document().source.changed


@pytest.mark.parametrize("chosen, words", [
    pytest.param("eat every", "treat everyone", id="half words come whole"),
    pytest.param("We can", "We cannot", id="half a word that would mean the opposite"),
    pytest.param(" \u0646\u0633\u0623\u0644 عن الأوراق. ", "نسأل عن الأوراق.", id="Arabic, white space around"),
    pytest.param("我们不问身份", "我们不问身份", id="Chinese"),
    pytest.param("Nou pa mande papye & <10 moun.", "Nou pa mande papye & <10 moun.", id="Creole with signs of HTML"),
])
def test_what_is_cut(editor: Any, chosen: str, words: str) -> None:
    """Offsets count characters, also behind one of two UTF-16 units."""
    editor.post(QUOTE, selected(chosen, save="yes", **BESIDE))
    assert [passage.words for passage in passages()] == [words]


REFUSED = [
    pytest.param({"hash": "0" * 64}, "not the one that you selected in", id="another document"),
    pytest.param({"hash": ""}, "not the one that you selected in", id="no document"),
    pytest.param({"start": 9, "end": 9}, "Select the words", id="nothing"),
    pytest.param({"start": 20, "end": 10}, "Select the words", id="backwards"),
    pytest.param({"start": 0, "end": len(DOCUMENT) + 1}, "Select the words", id="beyond the end"),
    pytest.param({"start": -3, "end": 5, "hash": "x"}, "not the one", id="before the beginning"),
    pytest.param({"start": "٣", "end": "x"}, "Select the words", id="no numbers"),
    pytest.param({"start": 0, "end": 1}, "Select the words", id="white space alone"),
    pytest.param({"start": "", "end": "9" * 30}, "Select the words", id="a number without end"),
]


@pytest.mark.parametrize("sent, said", REFUSED)
def test_a_selection_that_cannot_be_used(editor: Any, sent: dict[str, Any], said: str) -> None:
    """The document's page comes back and says why, after the selection and at the handing in; nothing is saved."""
    for save in ({}, {"save": "yes", **BESIDE}):
        response = editor.post(QUOTE, {**selected(WORDS), **save, **sent})
        assert response.status_code == 400 and said in response.content.decode() and passages() == []


def test_a_text_that_is_not_here_cannot_be_quoted(editor: Any) -> None:
    """Without the text on this machine nobody can say what was selected."""
    (Path(settings.CONFIANZA.console.documents) / "norwalk-2026.txt").unlink()
    response = editor.post(QUOTE, selected(WORDS, save="yes", **BESIDE))
    assert response.status_code == 400 and b"nothing can be selected" in response.content and passages() == []


REFUSED_BESIDE = [
    pytest.param({"speaker": ""}, "speaker", id="nobody said it"),
    pytest.param({"short": "x" * 41}, "short", id="too long for a text message"),
    pytest.param({"kind": "hearsay"}, "kind", id="unknown kind"),
    pytest.param({"kind": ""}, "kind", id="no kind"),
    pytest.param({"scope": "paris"}, "scope", id="unknown town"),
    pytest.param({"why": ""}, "why", id="no reason"),
]


@pytest.mark.parametrize("changes, field", REFUSED_BESIDE)
def test_what_stands_beside_is_asked_for(editor: Any, changes: dict[str, str], field: str) -> None:
    """The form comes back with the same words selected, all that was written, and a link to the field."""
    response = editor.post(QUOTE, {**selected(WORDS, save="yes", **BESIDE), **changes})
    page = response.content.decode()
    assert response.status_code == 400 and f'<a href="#id_{field}">' in page and f">{WORDS}</blockquote>" in page
    assert written(page, "start") == str(DOCUMENT.index(WORDS)) and written(page, "role") == BESIDE["role"] and passages() == []


def test_a_forbidden_number_is_refused_beside_its_field(editor: Any, checkout: Path) -> None:
    """What the check of the content refuses is said where it was written."""
    number = desk_forbidden(checkout)
    response = editor.post(QUOTE, selected(WORDS, save="yes", **{**BESIDE, "context": f"Call {number}."}))
    page = response.content.decode()
    assert response.status_code == 400 and 'id="id_context_error"' in page and passages() == []


def desk_forbidden(checkout: Path) -> str:
    from bot.library import forbidden_numbers

    digits = forbidden_numbers(checkout)[0][-10:]
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def test_the_same_words_twice(editor: Any) -> None:
    """A passage is quoted once."""
    for _ in range(2):
        response = editor.post(QUOTE, selected(WORDS, save="yes", **BESIDE))
    assert response.status_code == 400 and b"already quoted" in response.content and len(passages()) == 1


def test_passages_that_stand_together(editor: Any) -> None:
    """Another passage of the document can be made a companion; one that does not exist cannot."""
    editor.post(QUOTE, selected(WORDS, save="yes", **BESIDE))
    (first,) = document().passages
    refused = editor.post(QUOTE, selected("We cannot ask.", save="yes", requires=["nothing"], **BESIDE))
    editor.post(QUOTE, selected("We cannot ask.", save="yes", requires=[first], **BESIDE))
    assert refused.status_code == 400 and passages()[-1].requires == (first,)


def test_a_report_is_one(editor: Any) -> None:
    """A reporter's words keep their kind, so that they are never shown as a quotation."""
    editor.post(QUOTE, selected("Norwalk 👮 police", save="yes", **{**BESIDE, "kind": "paraphrase"}))
    assert [passage.kind for passage in passages()] == ["paraphrase"]


def test_lines_for_who_has_no_pointer(editor: Any) -> None:
    """Each sentence can be chosen as beginning and end; words at both ends may be left out."""
    page = editor.get("/sources/norwalk-2026/", {"select": "lines", "draft": waiting().id}).content.decode()
    start = DOCUMENT.index("We treat")
    assert f'name="start" value="{start}"' in page and 'id="document"' not in page and 'aria-label="From sentence 1"' in page
    end = DOCUMENT.index("We cannot ask.") + len("We cannot ask.")
    sent = {"start": start, "end": end, "skip_first": 1, "skip_last": 3, "hash": HASH, "draft": waiting().id, "select": "lines"}
    shown = editor.post(QUOTE, sent).content.decode()
    chosen = "treat everyone\u00a0the same,” and left."
    assert f">{chosen}</blockquote>" in shown and 'name="skip_first"' not in shown
    editor.post(QUOTE, {**sent, "start": written(shown, "start"), "end": written(shown, "end"), "skip_first": "", "skip_last": "",
                        "save": "yes", **BESIDE})
    assert [passage.words for passage in passages()] == [chosen]


def test_lines_come_back_after_an_error(editor: Any) -> None:
    """Who chose from the list gets the list again."""
    response = editor.post(QUOTE, {"start": 30, "end": 20, "hash": HASH, "draft": waiting().id, "select": "lines"})
    assert response.status_code == 400 and b'name="select" value="lines"' in response.content


def test_a_reload_leads_back(editor: Any) -> None:
    """The address of the form alone holds no selection."""
    assert editor.get("/sources/norwalk-2025/quote").headers["Location"] == "/sources/norwalk-2025/"


def test_a_quotation_of_a_live_document(console: Console, editor: Any) -> None:
    """Once the document is live a new passage is a draft of its own, about the passage, with what was said before on offer."""
    desk.drafts().approve(waiting(), desk.person(console.person("approver")))
    sent = {"start": DOCUMENT.index(WORDS), "end": DOCUMENT.index(WORDS) + len(WORDS), "hash": HASH}
    page = editor.post(QUOTE, sent).content.decode()
    assert '<option value="Norwalk police chief"></option>' in page and '<datalist id="shorts">' in page
    editor.post(QUOTE, {**sent, "save": "yes", **BESIDE})
    (name,) = document().passages
    assert (waiting().kind, waiting().about) == ("quotation", name) and document(draft=False).passages == {}


NAME = "new-haven-2006-destefano-dv"
BESIDE_OLD = ("speaker", "short", "role", "context")


def mend(client: Any, **changes: str) -> Any:
    quoted = document("new-haven-2006", draft=False).passages[NAME]
    sent = {name: getattr(quoted, name) for name in BESIDE_OLD} | {"why": "The years were missing."}
    return client.post(reverse("quote", args=["new-haven-2006", NAME]), {**sent, **changes})


def test_what_stands_beside_can_be_mended(console: Console) -> None:
    """Speaker, short name, post and context may change; the words may not, whatever is sent."""
    words = document("new-haven-2006", draft=False).passages[NAME].words
    response = mend(console.as_("editor"), role="Mayor of New Haven (1994 to 2013)", text="other words", kind="paraphrase")
    found = document("new-haven-2006").passages[NAME]
    assert response.status_code == 302 and found.role == "Mayor of New Haven (1994 to 2013)"
    assert (found.words, found.kind) == (words, "spoken") and (waiting().kind, waiting().about) == ("quotation", NAME)


@pytest.mark.parametrize("changes, said", [
    pytest.param({}, "nothing was changed", id="nothing changed"),
    pytest.param({"short": "x" * 41}, 'href="#id_short"', id="too long"),
    pytest.param({"role": " "}, 'href="#id_role"', id="no post"),
    pytest.param({"role": "Mayor (1994 to 2013)", "draft": "00000000"}, "not here any more", id="the draft is gone"),
])
def test_a_mending_that_cannot_be(console: Console, changes: dict[str, str], said: str) -> None:
    """It is refused with the reason, and the reason that was given stays in its field."""
    response = mend(console.as_("editor"), **changes)
    page = response.content.decode()
    assert response.status_code == 400 and said in page and written(page, "why") == "The years were missing." and desk.drafts().all() == []


def test_two_at_one_source_know_of_each_other(console: Console) -> None:
    """Whoever opens a passage sees who has the document open too."""
    console.as_("editor", name="Leyla").get("/sources/new-haven-2006/")
    page = console.as_("editor", name="Jean").get(reverse("quote", args=["new-haven-2006", NAME])).content.decode()
    assert "Leyla has this open too" in page
