"""Drafts and the history in the console: a second person decides, what went live can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.edits.translations import translate
from bot.history.drafts import Draft, Drafts, Proposal
from bot.history.repository import Person, Repository
from bot.library import load
from tests.doors.console.conftest import Console

TOPIC = "data/answers/topics/plate_readers.yml"
CONTACTS = "data/answers/contacts.yml"
PHRASES = "data/answers/phrases.yml"


def waiting(checkout: Path, author: Any, kind: str = "answer", path: str = TOPIC, about: str = "plate_readers") -> Draft:
    """A draft of somebody's: one comment more at the end of a file."""
    repository = Repository(checkout)
    text = f"{repository.files().read(path).rstrip()}\n# seen by an advocate\n"
    proposal = Proposal("A closer look", "People asked", kind, about, {path: text})
    return Drafts(repository).save(Person(author.first_name, author.username), proposal, repository.head())


def post(client: Any, draft: Draft, act: str, **data: str) -> Any:
    return client.post(f"/drafts/{draft.id}/{act}/", {"tip": draft.tip, **data})


def live(checkout: Path, path: str = TOPIC) -> bool:
    return "seen by an advocate" in (checkout / path).read_text(encoding="utf-8")


def test_a_second_person_publishes(console: Console, checkout: Path) -> None:
    """An approver publishes somebody else's draft; it is in the files, in the history, and in the log."""
    editor, approver = console.as_("editor"), console.as_("approver", name="Ana Approver")
    draft = waiting(checkout, editor.user)
    page = approver.get(f"/drafts/{draft.id}/").content.decode()
    assert "A closer look" in page and "People asked" in page and "Approve and publish" in page
    response = post(approver, draft, "approve")
    assert response.status_code == 302 and response["Location"].startswith("/history/")
    assert live(checkout)
    change = approver.get(response["Location"]).content.decode()
    assert "Ana Approver" in change and editor.user.first_name in change
    assert approver.get("/drafts/").content.decode().count("A closer look") == 0
    from bot.doors.console.models import Entry

    assert Entry.objects.filter(what="draft-approved", who=approver.user.username).count() == 1


def test_nobody_publishes_their_own(console: Console, checkout: Path) -> None:
    """Whoever has both roles cannot approve what they wrote, neither on the page nor past it."""
    both = console.as_("editor", "approver")
    draft = waiting(checkout, both.user)
    assert "Approve and publish" not in both.get(f"/drafts/{draft.id}/").content.decode()
    response = post(both, draft, "approve")
    assert not live(checkout)
    assert "second person" in both.get(response["Location"]).content.decode()


DECIDERS = [
    pytest.param("answer", TOPIC, "steward", 403, id="a steward and an answer"),
    pytest.param("answer", TOPIC, "translator-es", 403, id="a translator and an answer"),
    pytest.param("contact", CONTACTS, "steward", 302, id="a steward and a contact"),
    pytest.param("contact", CONTACTS, "translator-es", 403, id="a translator and a contact"),
    pytest.param("contact", CONTACTS, "approver", 302, id="an approver and a contact"),
]


@pytest.mark.parametrize(("kind", "path", "role", "status"), DECIDERS)
def test_who_decides(console: Console, checkout: Path, kind: str, path: str, role: str, status: int) -> None:
    """Approvers decide on everything, stewards on contacts; others get 403 and nothing is live."""
    draft = waiting(checkout, console.person("editor"), kind, path)
    assert post(console.as_(role), draft, "approve").status_code == status
    assert live(checkout, path) is (status == 302)


def test_a_steward_cannot_slip_an_answer_in(console: Console, checkout: Path) -> None:
    """A draft that was once more than a contact is not a steward's to approve, whatever its last version says."""
    author, repository = console.person("editor"), Repository(checkout)
    draft = waiting(checkout, author)
    text = f"{repository.files().read(CONTACTS).rstrip()}\n# seen by an advocate\n"
    proposal = Proposal("t", "w", "contact", "x", {CONTACTS: text})
    onto = Drafts(repository).save(Person("A", author.username), proposal, draft.tip, onto=draft)
    assert post(console.as_("steward"), onto, "approve").status_code == 403


def translated(checkout: Path, author: Any, language: str) -> Draft:
    files = Repository(checkout).files()
    english = load(checkout).topics["plate_readers"].short
    new = {"es": "Unas palabras nuevas sobre las cámaras.", "ar": "كلمات جديدة عن الكاميرات."}[language]
    changes = translate(files, language, "plate_readers", english, new, author.username, load_day(), numbers_ok=True)
    proposal = Proposal("New words", "w", "translation", f"{language}:plate_readers", changes)
    return Drafts(Repository(checkout)).save(Person("T", author.username), proposal, Repository(checkout).head())


def load_day() -> Any:
    from bot.doors.console import desk

    return desk.today()


def test_a_second_speaker_reviews_by_approving(console: Console, checkout: Path) -> None:
    """A translator of the language approves another's translation; one of another language cannot."""
    author = console.person("translator-es")
    draft = translated(checkout, author, "es")
    assert post(console.as_("translator-ar"), draft, "approve").status_code == 403
    response = post(console.as_("translator-es"), draft, "approve", reviewed="yes")
    assert response.status_code == 302
    content = load(checkout)
    said = content.say("es", "plate_readers", content.topics["plate_readers"].short)
    assert said.text == "Unas palabras nuevas sobre las cámaras."
    assert said.state == "reviewed"


def test_what_was_not_seen_is_not_approved(console: Console, checkout: Path) -> None:
    """A draft saved anew since its page was loaded is not approved, returned or thrown away by that page."""
    editor, approver = console.person("editor"), console.as_("approver")
    draft, repository = waiting(checkout, editor), Repository(checkout)
    text = f"{repository.files(draft.tip).read(TOPIC)}# worse\n"
    Drafts(repository).save(Person("A", editor.username), Proposal("t", "w", "answer", "x", {TOPIC: text}), draft.tip, onto=draft)
    for act, data in (("approve", {}), ("return", {"note": "why"}), ("discard", {})):
        post(approver, draft, act, **data)
    assert not live(checkout)
    assert len(Drafts(repository).all()) == 1
    assert Drafts(repository).all()[0].returned is None


def test_given_back_with_a_reason(console: Console, checkout: Path) -> None:
    """An approver gives a draft back with a reason, which its author reads; without one nothing happens."""
    editor, approver = console.as_("editor"), console.as_("approver")
    draft = waiting(checkout, editor.user)
    post(approver, draft, "return", note=" ")
    assert Drafts(Repository(checkout)).get(draft.id).returned is None
    post(approver, draft, "return", note="Which town? <b>")
    page = editor.get(f"/drafts/{draft.id}/").content.decode()
    assert "Which town? &lt;b&gt;" in page
    assert "Approve and publish" not in approver.get(f"/drafts/{draft.id}/").content.decode()


def test_thrown_away(console: Console, checkout: Path) -> None:
    """Its author or an approver throws a draft away; somebody else gets 403."""
    editor = console.as_("editor")
    draft = waiting(checkout, editor.user)
    assert post(console.as_("editor"), draft, "discard").status_code == 403
    assert post(editor, draft, "discard").status_code == 302
    assert editor.get(f"/drafts/{draft.id}/").status_code == 404


def test_clashes_are_said_before_approving(console: Console, checkout: Path) -> None:
    """Where somebody else changed the same lines since, the page says so and offers no approval."""
    editor, approver = console.person("editor"), console.as_("approver")
    first, second = waiting(checkout, editor), waiting(checkout, editor)
    text = Repository(checkout).files(second.tip).read(TOPIC).replace("seen by", "not seen by")
    proposal = Proposal("t", "w", "answer", "x", {TOPIC: text})
    second = Drafts(Repository(checkout)).save(Person("A", editor.username), proposal, second.tip, onto=second)
    post(approver, first, "approve")
    page = approver.get(f"/drafts/{second.id}/").content.decode()
    assert "somebody else changed the same lines" in page
    assert "Approve and publish" not in page


def test_undo(console: Console, checkout: Path) -> None:
    """An approver takes a change back with a reason; what was live before is live again, later changes stay."""
    editor, approver = console.person("editor"), console.as_("approver")
    before = (checkout / TOPIC).read_bytes()
    published = post(approver, waiting(checkout, editor), "approve")["Location"]
    post(approver, waiting(checkout, editor, path=PHRASES), "approve")
    approver.post(f"{published}undo/", {"why": ""})
    assert live(checkout)
    assert console.as_("editor").post(f"{published}undo/", {"why": "wrong"}).status_code == 403
    response = approver.post(f"{published}undo/", {"why": "It was wrong"})
    assert (checkout / TOPIC).read_bytes() == before
    assert live(checkout, PHRASES)
    assert "It was wrong" in approver.get(response["Location"]).content.decode()
    assert approver.get(f"/history/?path={TOPIC}").content.decode().count("A closer look") >= 2


def test_a_draft_cannot_be_taken_back_into_life(console: Console, checkout: Path) -> None:
    """Only what was live can be taken back: else somebody's own draft would go live without a second person."""
    approver = console.as_("editor", "approver")
    bad = waiting(checkout, approver.user)
    repository = Repository(checkout)
    good = Proposal("Better", "w", "answer", "x", {TOPIC: repository.files().read(TOPIC)})
    mended = Drafts(repository).save(Person("A", approver.user.username), good, bad.tip, onto=bad)
    root = repository.history()[-1].id
    for commit in (mended.tip, bad.tip, root):
        assert "Take this change back" not in approver.get(f"/history/{commit}/").content.decode()
        assert approver.post(f"/history/{commit}/undo/", {"why": "x"}).status_code == 404
    assert not live(checkout)


def test_nothing_is_built_on_words_that_nobody_approved(console: Console, checkout: Path) -> None:
    """A form without a draft that names a draft's commit as its base is refused, and shows nothing of it."""
    editor = console.as_("editor")
    draft = waiting(checkout, editor.user)
    assert editor.get(f"/answers/plate_readers/?base={draft.tip}").status_code == 404
    response = editor.post("/answers/plate_readers/save", {"base": draft.tip, "title": "x", "do": "hand_in"})
    assert response.status_code in (400, 404)
    assert len(Drafts(Repository(checkout)).all()) == 1


def test_a_translation_in_another_draft_is_shown_to_who_approves(console: Console, checkout: Path) -> None:
    """Words of a translation that somebody wrote are shown, also where the draft changes an answer as well."""
    author = console.person("editor", "translator-es")
    draft, repository = translated(checkout, author, "es"), Repository(checkout)
    text = f"{repository.files().read(TOPIC).rstrip()}\n# seen by an advocate\n"
    both = Drafts(repository).save(Person("A", author.username), Proposal("t", "w", "answer", "x", {TOPIC: text}), draft.tip, onto=draft)
    page = console.as_("approver").get(f"/drafts/{both.id}/").content.decode()
    assert "nuevas" in page


def test_undo_of_what_changed_since_is_refused(console: Console, checkout: Path) -> None:
    """A change whose lines were changed again is not taken back over somebody's head."""
    editor, approver = console.person("editor"), console.as_("approver")
    published = post(approver, waiting(checkout, editor), "approve")["Location"]
    text = (checkout / TOPIC).read_text(encoding="utf-8").replace("seen by an advocate", "seen by an advocate twice")
    repository, proposal = Repository(checkout), Proposal("t", "w", "answer", "x", {TOPIC: text})
    again = Drafts(repository).save(Person("A", editor.username), proposal, repository.head())
    post(approver, again, "approve")
    response = approver.post(f"{published}undo/", {"why": "wrong"})
    assert "twice" in (checkout / TOPIC).read_text(encoding="utf-8")
    assert "somebody else changed the same lines" in approver.get(response["Location"]).content.decode()


@pytest.mark.parametrize("address", [
    "/drafts/zzzz/", "/history/zzzz/", f"/history/{'0' * 40}/", "/history/?path=bot/cli.py", "/history/?from=zz", "/drafts/..%2fmain/",
])
def test_what_is_not_there(console: Console, checkout: Path, address: str) -> None:
    """An unknown draft, change or file is "not found", never an error or a look at the program."""
    assert console.as_("editor").get(address).status_code == 404


def test_spanish(console: Console, checkout: Path) -> None:
    """The pages speak Spanish to whoever chose it."""
    client = console.as_("approver")
    client.post("/language/", {"language": "es"})
    draft = waiting(checkout, console.person("editor"))
    assert "Aprobar y publicar" in client.get(f"/drafts/{draft.id}/").content.decode()
