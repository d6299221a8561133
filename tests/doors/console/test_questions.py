"""Questions without an answer: kept only where the operator said so, read by few, and made examples in a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import BrainError
from bot.doors.console import questions, teaching
from bot.doors.console.explaining import Near
from bot.doors.console.models import Entry, Question
from bot.history.drafts import Drafts
from bot.history.repository import Repository
from tests.doors.console.conftest import Console

DAY = date(2026, 11, 20)
KREYOL = "eske ▢ ka kenbe pitit mwen an si m ale lopital ▢"
ARABIC = "هل تستطيع ▢ أن تأخذ سيارتي في ▢"


@pytest.fixture
def switched_on(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The inbox is on; the folder it is in."""
    from django.conf import settings

    ours = settings.CONFIANZA
    monkeypatch.setattr(settings, "CONFIANZA", replace(ours, console=replace(ours.console, inbox=True)))
    monkeypatch.setattr(teaching, "understood", lambda _questions, _content: {})
    return Path(ours.state / "inbox")


def ask(text: str = KREYOL, language: str = "ht", day: date = DAY, done: str = "") -> Question:
    return Question.objects.create(day=day, language=language, text=text, done=done)


def batch(folder: Path, *rows: tuple[str, str], day: date = DAY) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    value = {"day": day.isoformat(), "questions": [{"language": language, "text": text} for language, text in rows]}
    (folder / f"{len(list(folder.iterdir()))}.json").write_text(json.dumps(value))


def body(response: Any) -> str:
    return str(response.content.decode())


def test_off_says_so(console: Console, checkout: Path) -> None:
    """Switched off, nothing is taken in, and the page says what switching on would mean, and how."""
    from django.conf import settings

    batch(settings.CONFIANZA.state / "inbox", *[("ht", KREYOL)] * 5)
    page = body(console.as_("editor").get("/questions/"))
    assert "No questions are kept" in page and "CONFIANZA_INBOX=on" in page and "privacy page" in page
    assert not Question.objects.exists() and "▢" not in page


def test_what_is_left_when_it_is_switched_off_can_be_deleted(console: Console, checkout: Path) -> None:
    """An editor deletes what was kept before, in the database and in the folder."""
    from django.conf import settings

    inbox = settings.CONFIANZA.state / "inbox"
    batch(inbox, *[("ht", KREYOL)] * 5)
    ask()
    editor = console.as_("editor")
    assert "1 questions from before" in body(editor.get("/questions/"))
    editor.post("/questions/clear/")
    assert not Question.objects.exists() and not list(inbox.iterdir())


def test_clear_does_nothing_while_it_is_on(console: Console, switched_on: Path) -> None:
    """A forged request deletes nothing that people work on."""
    ask()
    console.as_("editor").post("/questions/clear/")
    assert Question.objects.count() == 1


def test_batches_are_taken_in_once(console: Console, switched_on: Path) -> None:
    """Day, language and masked words come into the database, the files go; a language that is not ours is dropped."""
    batch(switched_on, ("ht", KREYOL), ("ar", ARABIC), ("zh", "警察会▢吗我的孩子"), ("xx", "no such"), ("ht", KREYOL))
    client = console.as_("translator-ht")
    page = body(client.get("/questions/"))
    assert KREYOL in page and "2026-11-20" in page
    assert f'lang="ar" dir="rtl">{ARABIC}' in page and f'lang="ht" dir="ltr">{KREYOL}' in page
    assert Question.objects.count() == 4 and not list(switched_on.iterdir())
    client.get("/questions/")
    assert Question.objects.count() == 4


def test_the_first_page_takes_them_in_too(console: Console, switched_on: Path) -> None:
    """What waits is counted there as soon as it is written."""
    batch(switched_on, *[("ht", KREYOL)] * 5)
    console.as_("editor").get("/")
    assert Question.objects.count() == 5


def test_ninety_days(console: Console, switched_on: Path) -> None:
    """What is older goes when the page is opened, whatever became of it; a late batch that is older is not taken in."""
    ask(day=date(2026, 8, 23))
    ask(day=date(2026, 8, 23), done="example")
    kept = ask(day=date(2026, 8, 24))
    batch(switched_on, *[("ht", KREYOL)] * 5, day=date(2026, 8, 23))
    console.as_("approver").get("/questions/")
    assert list(Question.objects.all()) == [kept]


def test_like_ones_stand_together_and_a_language_can_be_chosen(console: Console, switched_on: Path) -> None:
    """Two that ask the same are one group; the filter leaves other languages out; what is done is gone."""
    ask(), ask("eske ▢ ka kenbe pitit mwen si m ale lopital"), ask(ARABIC, "ar"), ask("fini deja", done="dismissed")
    client = console.as_("editor")
    page = body(client.get("/questions/"))
    assert "2 that ask much the same" in page and ">Others<" not in page and ARABIC in page and "fini deja" not in page
    assert ARABIC not in body(client.get("/questions/?language=ht"))
    assert ARABIC in body(client.get("/questions/?language=<x>"))


@pytest.mark.parametrize("role", ["approver", "translator-ht"])
def test_others_only_read(console: Console, switched_on: Path, role: str) -> None:
    """Approvers and translators see the questions and no buttons."""
    ask()
    page = body(console.as_(role).get("/questions/"))
    assert KREYOL in page and 'name="pick"' not in page and 'name="act"' not in page


def test_not_for_us(console: Console, switched_on: Path) -> None:
    """Ticked questions leave the list; the log says how many, and none of their words."""
    one, two = ask(), ask(ARABIC, "ar")
    client = console.as_("editor")
    response = client.post("/questions/choose/", {"pick": [one.pk], "act": "dismissed", "language": "ht"})
    assert response["Location"] == "/questions/?language=ht"
    assert Question.objects.get(pk=one.pk).done == "dismissed" and Question.objects.get(pk=two.pk).done == ""
    entry = Entry.objects.get(what="questions-dismissed")
    assert entry.about == "1" and "kenbe" not in f"{entry.about}{entry.detail}"


@pytest.mark.parametrize("pick", [[], ["x"], ["-1"], ["٣"], ["9" * 30], ["999999"]], ids=str)
@pytest.mark.parametrize("act", ["example", "dismissed", "", "other"])
def test_nothing_ticked_that_waits(console: Console, switched_on: Path, pick: list[str], act: str) -> None:
    """What is no waiting question does nothing."""
    ask()
    response = console.as_("editor").post("/questions/choose/", {"pick": pick, "act": act})
    assert response["Location"] == "/questions/" and Question.objects.filter(done="").count() == 1


def test_many_at_once(console: Console, switched_on: Path) -> None:
    """At most twenty go into one draft; who ticked more is told."""
    rows = [ask(f"kesyon {number}") for number in range(22)]
    client = console.as_("editor")
    response = client.post("/questions/choose/", {"pick": [row.pk for row in rows], "act": "example"})
    assert response["Location"].count("pick=") == questions.MOST_PICKED
    assert "Only the first 20" in body(client.get("/questions/"))


def hand_in(client: Any, *rows: tuple[Question, str, str], why: str = "Many asked") -> Any:
    base = Repository(Path(_root())).head()
    data: dict[str, Any] = {"pick": [row[0].pk for row in rows], "why": why, "base": base}
    for question, text, topic in rows:
        data |= {f"text_{question.pk}": text, f"topic_{question.pk}": topic}
    return client.post("/questions/examples/", data)


def _root() -> str:
    from django.conf import settings

    return str(settings.CONFIANZA.root)


def test_questions_become_examples(console: Console, switched_on: Path, checkout: Path) -> None:
    """Two languages, one draft: it holds both examples, the questions are done, residents' files are as before."""
    creole, arabic, editor = ask(), ask(ARABIC, "ar"), console.as_("editor")
    written = "eske lapolis ka kenbe pitit mwen an si m ale lopital Bridgeport"
    also = "هل تستطيع الشرطة أن تأخذ سيارتي في نورووك"
    response = hand_in(editor, (creole, written, "right_to_silence"), (arabic, also, "plate_readers"))
    [draft] = Drafts(Repository(checkout)).all()
    assert response["Location"] == f"/drafts/{draft.id}/"
    assert (draft.kind, draft.about, draft.last.why) == ("example", "ar:plate_readers, ht:right_to_silence", "Many asked")
    changes = Drafts(Repository(checkout)).changes(draft)
    assert set(changes) == {"data/nlu/ar.yml", "data/nlu/ht.yml"} and written in (changes["data/nlu/ht.yml"][1] or "")
    assert written not in (checkout / "data/nlu/ht.yml").read_text(encoding="utf-8")
    assert set(Question.objects.values_list("done", flat=True)) == {"example"}


def test_one_example_is_about_its_topic(console: Console, switched_on: Path, checkout: Path) -> None:
    """The draft of a single question is about language and topic."""
    hand_in(console.as_("editor"), (ask(), "eske yo ka kenbe pitit mwen lopital Bridgeport", "plate_readers"))
    [draft] = Drafts(Repository(checkout)).all()
    assert draft.about == "ht:plate_readers" and draft.title == "An example: ht:plate_readers"


def _twice(console: Console) -> str:
    from django.conf import settings

    text = (settings.CONFIANZA.root / "data/nlu/ht.yml").read_text(encoding="utf-8")
    return next(line.strip()[2:] for line in text.splitlines() if line.startswith("    - "))


@pytest.mark.parametrize("text, topic, why, said", [
    pytest.param(lambda _: KREYOL, "plate_readers", "x", "Write invented words in place of every ▢", id="still masked"),
    pytest.param(lambda _: "eske {x} ka kenbe m", "plate_readers", "x", "brackets", id="markup of Rasa's"),
    pytest.param(_twice, "plate_readers", "x", "one question cannot mean two things", id="an example of another topic"),
    pytest.param(lambda _: "eske yo ka kenbe m", "", "x", "This field is required", id="no topic"),
    pytest.param(lambda _: "eske yo ka kenbe m", "no_such_topic", "x", "no_such_topic is not one of", id="an unknown topic"),
    pytest.param(lambda _: "eske yo ka kenbe m", "plate_readers", "", "This field is required", id="no reason"),
    pytest.param(lambda _: "a" * 501, "plate_readers", "x", "at most 500", id="too long"),
])
def test_what_cannot_be_learned(console: Console, switched_on: Path, checkout: Path, text: Callable[[Any], str], topic: str, why: str,
                                said: str) -> None:
    """Refused beside its field, with a link to it above; the words stay in the form, the question in the list."""
    question = ask()
    response = hand_in(console.as_("editor"), (question, text(console), topic), why=why)
    page = body(response)
    assert response.status_code == 400 and said in page and 'role="alert"' in page
    assert f'<a href="#id_text_{question.pk}"' in page or f'<a href="#id_topic_{question.pk}"' in page or '<a href="#id_why"' in page
    assert text(console).replace("'", "&#x27;") in page
    assert Question.objects.get().done == "" and Drafts(Repository(checkout)).all() == []


def test_somebody_else_was_quicker(console: Console, switched_on: Path, checkout: Path) -> None:
    """A question that is done is not made an example twice."""
    question, client = ask(done="example"), console.as_("editor")
    response = hand_in(client, (question, "eske yo ka kenbe pitit mwen lopital Bridgeport", "plate_readers"))
    assert response["Location"] == "/questions/" and Drafts(Repository(checkout)).all() == []
    assert "somebody else has dealt with them" in body(client.get("/questions/"))


def test_the_form_shows_the_nearest_topics(console: Console, switched_on: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the running bot finds likeliest stands beside the question; the field holds the masked words to be written out."""
    question = ask(ARABIC, "ar")
    monkeypatch.setattr(teaching, "understood", lambda _q, _c: {question.pk: (Near("plate_readers", "License plate readers", 0.41),)})
    page = body(console.as_("editor").get(f"/questions/examples/?pick={question.pk}"))
    assert "License plate readers (41%)" in page and 'lang="ar" dir="rtl"' in page and "Replace each ▢" in page


class Bot:
    """Stands in for the running bot."""

    def __init__(self, answer: Any) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.answer = answer

    def ask(self, sender: str, message: str, metadata: dict[str, Any], seconds: float) -> dict[str, Any]:
        self.heard.append((message, metadata))
        if isinstance(self.answer, Exception):
            raise self.answer
        return dict(self.answer)


DIAGNOSIS = {"guess": None, "ask": [], "ranking": [["plate_readers", 0.5], ["greet", 0.2]], "asked_back": False, "missed": [], "limits": {},
             "town": None, "town_alone": False}


@pytest.mark.parametrize("answer, near", [
    pytest.param({"diagnosis": DIAGNOSIS}, ["plate_readers", "greet"], id="it answers"),
    pytest.param({}, [], id="it says nothing of how it came about"),
    pytest.param(BrainError("silent"), None, id="it does not answer"),
    pytest.param({"diagnosis": {"ranking": 3}}, None, id="it answers nonsense"),
])
def test_understood(console: Console, checkout: Path, monkeypatch: pytest.MonkeyPatch, answer: Any, near: list[str] | None) -> None:
    """The bot hears the words without masks, never a command; the first silence ends the asking, and the page comes all the same."""
    from bot.doors.console import desk

    bot = Bot(answer)
    monkeypatch.setattr(teaching, "brain", lambda: bot)
    rows = [ask("/ ▢ restart ▢ mwen"), ask(ARABIC, "ar")]
    found = teaching.understood(rows, desk.live())
    assert [[one.id for one in found[row.pk]] for row in rows if row.pk in found] == ([near, near] if near is not None else [])
    assert bot.heard[0] == ("restart mwen", {"language": "ht", "town": None, "page_language": None, "channel": "console"})
    assert len(bot.heard) == (1 if near is None else 2)
