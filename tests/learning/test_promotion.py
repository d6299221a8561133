"""A model goes live together with what it learned, or not at all; trainings know what they were of."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.core.errors import RefusedError
from bot.edits.examples import add_example
from bot.history import drafts
from bot.history.candidate import judge
from bot.history.drafts import Draft, Drafts, Proposal, publish_directly
from bot.history.repository import Person, Repository
from bot.learning import trainings
from bot.learning.models import CANDIDATE, LIVE, PREVIOUS, ModelError, Models
from bot.learning.promotion import Outcome, Promotion
from bot.learning.trainingjobs import claim, content_folder
from bot.learning.trainings import PREFIX, Training, Trainings
from bot.settings import Settings, read_settings
from tests.checkouts import whole
from tests.trainees import candidate, model

EDITOR, APPROVER = Person("Edi", "edi"), Person("Ana", "ana")
WORDS = "eske mwen ka pale ak yon avoka jodi a tanpri"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return whole(tmp_path_factory.mktemp("original") / "checkout", root)


@dataclass
class Bench:
    """A checkout with a live model; jobs are told to have started, and do nothing."""

    settings: Settings

    def __post_init__(self) -> None:
        self.repository = Repository(self.settings.root)
        self.drafts, self.models = Drafts(self.repository), Models(self.settings.root)
        self.trainings, self.promotion = Trainings(self.settings), Promotion(self.settings)

    def draft(self, words: str = WORDS, author: Person = EDITOR, onto: Draft | None = None) -> Draft:
        base = onto.tip if onto else self.repository.head()
        changes = add_example(self.repository.files(base), "ht", "greet", words)
        return self.drafts.save(author, Proposal("One more", "asked", "example", "ht:greet", changes), base, onto)

    def trained(self, draft: Draft | None = None, allowed: bool = True) -> Training:
        id_ = self.trainings.begin(EDITOR, draft)
        training = self.trainings.get(id_ or "")
        assert training
        candidate(self.models, training.id, training.commit, allowed)
        return training

    def taught(self) -> bool:
        return WORDS in (self.settings.root / "data/nlu/ht.yml").read_text(encoding="utf-8")


@pytest.fixture
def bench(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    root = shutil.copytree(original, tmp_path / "checkout")
    model(root / "models" / "confianza.tar.gz", "greet", "old")
    monkeypatch.setattr(trainings, "start", lambda *_args, **_kwargs: "started")
    for module in (drafts, trainings):
        monkeypatch.setattr(module, "judge", lambda _files: ())  # a second each; what it says is not our subject but once
    return Bench(replace(read_settings({"CONFIANZA_STATE_DIR": str(tmp_path / "state")}), root=root))


def test_a_draft_and_its_model_go_live_together(bench: Bench) -> None:
    """The draft is published under both names, the candidate is live, the old model is kept."""
    draft = bench.draft()
    training = bench.trained(draft)
    assert (training.by, training.title, training.draft, training.tip) == (EDITOR, "One more", draft.id, draft.tip)
    assert WORDS in (content_folder(bench.settings, training.id) / "data/nlu/ht.yml").read_text(encoding="utf-8")
    told: list[str] = []
    outcome = bench.promotion.go_live(training, APPROVER, told.append)
    assert outcome == Outcome(commit=told[0], live=True)
    assert bench.taught() and bench.drafts.all() == []
    report = bench.models.reports()[LIVE].report
    assert report and report.commit == training.commit
    assert PREVIOUS in bench.models.reports() and bench.trainings.unlearned() == 0


def _other_model(bench: Bench, _draft: Draft, training: Training) -> None:
    model(bench.models.path(LIVE), "greet", "another")


def _removed(bench: Bench, _draft: Draft, training: Training) -> None:
    bench.models.discard(training.id)


def _saved_again(bench: Bench, draft: Draft, _training: Training) -> None:
    bench.draft("eske gen moun ki ka ede mwen jodi a", onto=draft)


def _given_back(bench: Bench, draft: Draft, _training: Training) -> None:
    bench.drafts.give_back(draft, APPROVER, "why?")


def _thrown_away(bench: Bench, draft: Draft, _training: Training) -> None:
    bench.drafts.discard(draft)


def _taken_back(bench: Bench, draft: Draft, _training: Training) -> None:
    before = bench.repository.files().read("data/nlu/ht.yml")
    commit = bench.drafts.approve(draft, APPROVER)
    publish_directly(bench.repository, APPROVER, Proposal("Back", "no", "undo", "", {"data/nlu/ht.yml": before}), commit)


@pytest.mark.parametrize("then, obstacle", [
    pytest.param(_other_model, "overtaken", id="another model went live"),
    pytest.param(_removed, "absent", id="the candidate is gone"),
    pytest.param(_saved_again, "changed", id="the draft was saved again"),
    pytest.param(_given_back, "returned", id="the draft was given back"),
    pytest.param(_thrown_away, "unpublished", id="the draft was thrown away"),
    pytest.param(_taken_back, "unpublished", id="the draft was published and taken back"),
])
def test_neither_goes_live(bench: Bench, then: Callable[[Bench, Draft, Training], None], obstacle: str) -> None:
    """Whatever stands in the way of the model stands in the way of the draft too."""
    draft = bench.draft()
    training = bench.trained(draft)
    then(bench, draft, training)
    live, head = bench.models.path(LIVE).read_bytes(), bench.repository.head()
    assert bench.promotion.go_live(training, APPROVER) == Outcome(obstacle)  # type: ignore[arg-type]
    assert bench.models.path(LIVE).read_bytes() == live and bench.repository.head() == head


def test_a_worse_model_keeps_its_draft(bench: Bench) -> None:
    """Where the figures forbid it the draft waits on."""
    draft = bench.draft()
    assert bench.promotion.go_live(bench.trained(draft, allowed=False), APPROVER) == Outcome("worse")
    assert bench.drafts.get(draft.id) == draft and not bench.taught()


def test_nobody_makes_their_own_live(bench: Bench) -> None:
    """The second-person rule holds here too."""
    training = bench.trained(bench.draft())
    assert bench.promotion.obstacle(training, EDITOR) == "own"


def test_a_draft_that_was_published_meanwhile(bench: Bench) -> None:
    """Its model may follow: what it learned is live."""
    draft = bench.draft()
    training = bench.trained(draft)
    bench.drafts.approve(draft, APPROVER)
    assert bench.trainings.unlearned() is None
    assert bench.promotion.go_live(training, EDITOR) == Outcome(live=True)


def test_what_is_live_can_be_learned(bench: Bench) -> None:
    """Without a draft there is nothing to approve; examples that came later are counted as not learned."""
    training = bench.trained()
    bench.drafts.approve(bench.draft(), APPROVER)
    assert (training.draft, training.title) == ("", "")
    assert bench.promotion.go_live(training, APPROVER) == Outcome(live=True)
    assert bench.trainings.unlearned() == 1


def test_a_model_that_cannot_be_moved(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is published, which is said; the candidate is kept and can be made live afterwards."""
    training = bench.trained(bench.draft())

    def full(self: Models, candidate: str) -> str:
        raise ModelError("the models could not be moved")

    with monkeypatch.context() as patch:
        patch.setattr(Models, "promote", full)
        outcome = bench.promotion.go_live(training, APPROVER)
    assert outcome.commit == bench.repository.head() and not outcome.live and not outcome.obstacle
    assert CANDIDATE + training.id in bench.models.reports()
    assert bench.promotion.go_live(training, APPROVER) == Outcome(live=True)


@pytest.mark.parametrize("intents, obstacle", [
    pytest.param(("greet", "nlu_fallback"), "", id="topics that are live"),
    pytest.param(("greet", "rent"), "unpublished", id="a topic that has no answer any more"),
    pytest.param((), "absent", id="no previous model"),
])
def test_the_old_model_must_not_know_more(bench: Bench, intents: tuple[str, ...], obstacle: str) -> None:
    """A model that finds a topic without an answer would leave the asker with an error."""
    if intents:
        model(bench.models.path(PREVIOUS), *intents)
    assert bench.promotion.back_obstacle() == obstacle


def test_an_unreadable_old_model_stays(bench: Bench) -> None:
    """What cannot be read cannot answer either."""
    bench.models.path(PREVIOUS).write_text("junk")
    assert bench.promotion.back_obstacle() == "unreadable"


def test_one_at_a_time(bench: Bench) -> None:
    """While one runs nothing is begun, and nothing is left of the try."""
    lock = claim(bench.settings)
    assert lock is not None
    assert bench.trainings.begin(EDITOR) is None and bench.repository.refs(PREFIX) == {}


def test_a_lost_race_leaves_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes a moment too late leaves neither a name in git nor a folder."""
    monkeypatch.setattr(trainings, "start", lambda *_args, **_kwargs: "busy")
    assert bench.trainings.begin(EDITOR, bench.draft()) is None
    assert bench.repository.refs(PREFIX) == {} and not list(bench.settings.state.rglob("*.content"))


def test_a_draft_that_cannot_go_live_is_not_learned(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the check refuses by now would cost minutes for nothing."""
    monkeypatch.setattr(trainings, "judge", judge)
    draft = bench.draft()
    other = add_example(bench.repository.files(), "ht", "goodbye", WORDS)
    publish_directly(bench.repository, APPROVER, Proposal("Other", "x", "example", "ht:goodbye", other), bench.repository.head())
    with pytest.raises(RefusedError, match="stands under"):
        bench.trainings.begin(EDITOR, draft)
    assert bench.repository.refs(PREFIX) == {}


def test_only_what_teaches_is_offered(bench: Bench) -> None:
    """A draft of an answer's words needs no training; one that was given back waits for its author."""
    topic = "data/answers/topics/plate_readers.yml"
    text = f"{bench.repository.files().read(topic).rstrip()}\n# seen\n"
    bench.drafts.save(EDITOR, Proposal("Words", "x", "answer", "plate_readers", {topic: text}), bench.repository.head())
    draft = bench.draft()
    assert [found.id for found in bench.trainings.choices()] == [draft.id]
    bench.drafts.give_back(draft, APPROVER, "why?")
    assert bench.trainings.choices() == []


def test_old_trainings_are_forgotten(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones are kept, and those whose model is still here."""
    first = bench.trained()
    second = bench.trainings.begin(EDITOR)
    monkeypatch.setattr(trainings, "KEPT_JOBS", 0)
    third = bench.trainings.begin(EDITOR)
    assert bench.repository.refs(PREFIX).keys() == {first.id, third} and second != third
    assert bench.trainings.get(second or "") is None
