"""Training in the console: started by an editor, followed, and made live by a second person; the job is the real one, its steps are not."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from bot.doors.console.models import Entry
from bot.edits.examples import add_example
from bot.history.drafts import Draft, Drafts, Proposal
from bot.history.repository import Person, Repository
from bot.learning.modelreports import digest
from bot.learning.models import LIVE, PREVIOUS, Models
from bot.learning.trainingjobs import Job, running_job, write
from tests.doors.console.conftest import Console
from tests.trainees import GOOD, WORSE, model, quick

WORDS = "eske mwen ka pale ak yon avoka jodi a tanpri"


@pytest.fixture
def models(checkout: Path) -> Models:
    """The models of the checkout: a live one."""
    model(checkout / "models" / "confianza.tar.gz", "greet")
    return Models(checkout)


def ours() -> Any:
    from django.conf import settings

    return settings.CONFIANZA


def prepare(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]] = GOOD, train: str = "fine") -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "CONFIANZA", quick(ours(), tmp_path, root, monkeypatch, answers, train))


def waiting(checkout: Path, author: Any) -> Draft:
    repository = Repository(checkout)
    changes = add_example(repository.files(), "ht", "greet", WORDS)
    proposal = Proposal("One more greeting", "asked", "example", "ht:greet", changes)
    return Drafts(repository).save(Person(author.first_name, author.username), proposal, repository.head())


def body(response: Any) -> str:
    return str(response.content.decode())


def start(client: Any, of: str) -> str:
    """Starts a training and waits for its end; returns its address."""
    response = client.post("/training/start/", {"of": of})
    assert response.status_code == 302, body(response)
    ended(client, response["Location"])
    return str(response["Location"])


def ended(client: Any, address: str) -> dict[str, Any]:
    deadline = time.monotonic() + 120
    while True:
        told = client.get(f"{address}status/").json()
        if told["ended"] and running_job(ours()) is None:
            return dict(told)
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_from_a_draft_to_a_live_model(console: Console, checkout: Path, models: Models, tmp_path: Path, root: Path,
                                      monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor trains a draft, an approver makes model and draft live; the log has every step."""
    prepare(tmp_path, root, monkeypatch)
    editor, approver = console.as_("editor", name="Edi"), console.as_("approver", name="Ana")
    draft = waiting(checkout, editor.user)
    assert "One more greeting" in body(editor.get(f"/training/?draft={draft.id}"))
    address = start(editor, draft.id)
    page = body(editor.get(address))
    assert "No language got worse" in page and "as good as before" in page and "Kreyòl" in page and "100%" in page
    assert "You wrote this draft" in page and "approver&#x27;s role can make it live" in body(console.as_("editor").get(address))
    page = body(approver.get(address))
    assert "Make it live" in page and f"/drafts/{draft.id}/" in page
    approver.post(f"{address}live/")
    assert "read the draft first" in body(approver.get(address)) and models.path(LIVE).read_bytes() != b"new model"
    approver.post(f"{address}live/", {"read": "yes"})
    assert models.path(LIVE).read_bytes() == b"new model" and models.path(PREVIOUS).exists()
    assert WORDS in (checkout / "data/nlu/ht.yml").read_text(encoding="utf-8") and Drafts(Repository(checkout)).all() == []
    assert "This model is live" in body(approver.get(address))
    logged = Entry.objects.order_by("pk").values_list("what", "who")
    assert [row for row in logged if row[0] not in ("login", "draft-saved")] == [
        ("training-started", editor.user.username), ("draft-approved", approver.user.username), ("model-live", approver.user.username)]


def test_a_worse_model_stays_a_draft(console: Console, checkout: Path, models: Models, tmp_path: Path, root: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    """The page names the language and what was taken for what; pressing past the page changes nothing."""
    prepare(tmp_path, root, monkeypatch, WORSE)
    editor, approver = console.as_("editor"), console.as_("approver")
    draft = waiting(checkout, editor.user)
    address = start(editor, draft.id)
    page = body(approver.get(address))
    assert "This model stays a draft" in page and ">worse<" in page and "What is taken for something else" in page
    assert "The figures do not let this model go live" in page and "/live/" not in page
    approver.post(f"{address}live/", {"read": "yes"})
    assert models.path(LIVE).read_bytes() != b"new model" and Drafts(Repository(checkout)).get(draft.id)
    assert not Entry.objects.filter(what="draft-approved").exists()


def test_nobody_makes_their_own_live(console: Console, checkout: Path, models: Models, tmp_path: Path, root: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wrote the draft cannot, with the approver's role too."""
    prepare(tmp_path, root, monkeypatch)
    both = console.as_("editor", "approver")
    draft = waiting(checkout, both.user)
    address = start(both, draft.id)
    assert "You wrote this draft" in body(both.get(address))
    both.post(f"{address}live/", {"read": "yes"})
    assert models.path(LIVE).read_bytes() != b"new model" and Drafts(Repository(checkout)).get(draft.id)


def test_progress_and_cancel(console: Console, checkout: Path, models: Models, tmp_path: Path, root: Path,
                             monkeypatch: pytest.MonkeyPatch) -> None:
    """While it runs the page renews itself with and without a script, a second one is refused, and it can be cancelled."""
    prepare(tmp_path, root, monkeypatch, train="hangs")
    editor = console.as_("editor")
    address = editor.post("/training/start/", {"of": "live"})["Location"]
    page = body(editor.get(address))
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page and "training.js" in page and "<progress" in page
    assert editor.get(f"{address}status/").json()["ended"] is False
    assert editor.post("/training/start/", {"of": "live"})["Location"] == "/training/"
    assert "A training runs already" in body(editor.get("/training/"))
    deadline = time.monotonic() + 60
    while editor.get(f"{address}status/").json()["step"] < 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    editor.post(f"{address}cancel/")
    told = ended(editor, address)
    assert told["failed"] and told["sentence"] == "It was cancelled."
    page = body(editor.get(address))
    assert "http-equiv" not in page and "/cancel/" not in page and "/live/" not in page
    editor.post(f"{address}cancel/")
    assert Entry.objects.filter(what="training-cancelled").count() == 1
    assert sorted(path.name for path in models.folder.iterdir() if not path.name.startswith(".")) == ["confianza.tar.gz", "known.sha256"]


def test_a_training_that_breaks_says_why(console: Console, checkout: Path, models: Models, tmp_path: Path, root: Path,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence is in the reader's language, what the machine says is marked as English."""
    prepare(tmp_path, root, monkeypatch, train="broken")
    editor = console.as_("editor")
    address = start(editor, "live")
    assert 'It could not be done. <span lang="en">no model came of the training</span>' in body(editor.get(address))


def test_measuring_the_live_model(console: Console, checkout: Path, models: Models, tmp_path: Path, root: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """Its figures stand on the page by language; who only approves cannot start it."""
    prepare(tmp_path, root, monkeypatch)
    editor, seen = console.as_("editor"), {"seen": digest(models.path(LIVE))}
    assert console.as_("approver").post("/training/measure/", seen).status_code == 403
    assert "It was never measured" in body(editor.get("/training/"))
    address = editor.post("/training/measure/", seen)["Location"]
    assert ended(editor, address)["sentence"] == "The live model was measured."
    assert "Kreyòl" in body(editor.get(address)) and "Kreyòl" in body(editor.get("/training/"))
    assert [*models.reports()] == [LIVE] and Entry.objects.filter(what="model-measured").count() == 1


def test_the_old_model_comes_back(console: Console, checkout: Path, models: Models) -> None:
    """One press changes live and previous about; the same press sent twice does not change them back."""
    model(models.path(PREVIOUS), "greet", "goodbye")
    old, approver = digest(models.path(PREVIOUS)), console.as_("approver")
    assert "Bring the old model back" in body(approver.get("/training/"))
    assert "Bring the old model back" not in body(console.as_("editor").get("/training/"))
    seen = {"seen": digest(models.path(LIVE))}
    approver.post("/training/back/", seen)
    assert digest(models.path(LIVE)) == old
    approver.post("/training/back/", seen)
    assert digest(models.path(LIVE)) == old and Entry.objects.filter(what="model-back").count() == 1
    assert "another model went live since" in body(approver.get("/training/"))


def test_an_old_model_that_knows_a_topic_too_many(console: Console, checkout: Path, models: Models) -> None:
    """It stays where it is: who asked that way would get no answer at all."""
    model(models.path(PREVIOUS), "greet", "rent_rise")
    live, approver = digest(models.path(LIVE)), console.as_("approver")
    approver.post("/training/back/", {"seen": live})
    assert digest(models.path(LIVE)) == live
    assert "knows a topic that has no answer" in body(approver.get("/training/"))


@pytest.mark.parametrize("data", [{}, {"of": ""}, {"of": "nonsense"}], ids=str)
def test_a_start_without_a_choice(console: Console, checkout: Path, models: Models, data: dict[str, str]) -> None:
    """What was not chosen from the list starts nothing."""
    assert console.as_("editor").post("/training/start/", data).status_code == 400
    assert running_job(ours()) is None


@pytest.mark.parametrize("path", ["/training/x/", "/training/x/status/", "/training/..%2fx/"])
def test_no_such_training(console: Console, checkout: Path, path: str) -> None:
    """An unknown id is 404."""
    assert console.as_("editor").get(path).status_code == 404


def test_before_the_first_model(console: Console, checkout: Path) -> None:
    """Without a model the page says how to make one, and offers nothing to start."""
    page = body(console.as_("editor", "approver").get("/training/"))
    assert "make train" in page and "/training/start/" not in page and "/training/back/" not in page


def test_in_spanish(console: Console, checkout: Path, models: Models) -> None:
    """Page and progress are in the reader's language."""
    client = console.as_("editor")
    client.cookies["confianza_console_language"] = "es"
    write(ours(), Job("20261122-abc", "training", 1, 19, "topics"))
    assert "Entrenar y comparar" in body(client.get("/training/"))
    assert client.get("/training/20261122-abc/status/").json()["sentence"].startswith("Terminó sin decir nada")
