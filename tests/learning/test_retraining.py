"""Train and compare: a candidate with figures and a verdict comes of it, or nothing at all; the live model is never touched."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.doubt import FALLBACK
from bot.learning.modelhashes import LIST, ModelHashes
from bot.learning.modelreports import digest
from bot.learning.models import CANDIDATE, LIVE, Models
from bot.learning.retraining import Retraining
from bot.learning.trainingjobs import DONE, FAILED, content_folder, status
from bot.settings import Settings, read_settings
from tests.standin import stand_in

GOOD = {"ht": ["greet"] * 9, "zh": ["greet"] * 9}
WORSE = {"ht": ["greet"] * 9, "zh": ["greet"] * 4 + [FALLBACK] * 5}
DAY = "2026-11-22"


@pytest.fixture
def settings(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A checkout with a live model, two tables and a content folder whose training goes as its plan says."""
    home = tmp_path / "home"
    for folder in ("models", "evaluation"):
        (home / folder).mkdir(parents=True)
    live = home / "models" / "confianza.tar.gz"
    live.write_text("live model")
    ModelHashes(live.parent).add(digest(live), "trained")
    (home / "plan.json").write_text(json.dumps({"answers": GOOD}))
    for code in GOOD:
        (home / "evaluation" / f"{code}.tsv").write_text("lang\tintent\tregister\ttext\n")
    monkeypatch.setattr(sys, "executable", str(stand_in(tmp_path, root)))
    environment = {"CONFIANZA_STATE_DIR": str(tmp_path / "state"), "CONFIANZA_TODAY": DAY,
                   "CONFIANZA_EVALUATION_DIR": str(home / "evaluation")}
    return replace(read_settings(environment), root=home)


def content(settings: Settings, train: str = "fine", answers: dict[str, list[str]] = GOOD, job: str = "ht-2") -> Path:
    folder = content_folder(settings, job)
    (folder / "data" / "nlu").mkdir(parents=True)
    for code in GOOD:
        (folder / "data" / "nlu" / f"{code}.yml").touch()
    (folder / "plan.json").write_text(json.dumps({"train": train, "answers": answers}))
    return folder


def names(settings: Settings) -> set[str]:
    """What lies in the folder of models besides the list of hashes."""
    return {path.name for path in (settings.root / "models").iterdir()} - {LIST}


def test_a_candidate_comes_of_it(settings: Settings) -> None:
    """The candidate lies beside the live model, which nobody touched, with figures of both and a verdict that lets it go live."""
    job = Retraining(settings, content(settings), "ht-2", "c0ffee").run()
    assert (job.state, job.step, job.steps, job.word, job.started_day) == (DONE, 7, 7, "done", DAY)
    assert job == status(settings, "ht-2")
    models = Models(settings.root).reports()
    assert models[LIVE].path.read_text() == "live model" and models[CANDIDATE + "ht-2"].path.read_text() == "new model"
    report = models[CANDIDATE + "ht-2"].report
    assert report and (report.day, report.commit, report.allowed) == (DAY, "c0ffee", True)
    assert report.seconds is not None and report.figures == job.after and job.after["by_language"]["zh"]["answered"] == 1.0
    assert models[LIVE].report and models[LIVE].report.figures == job.before
    assert ModelHashes(settings.root / "models").knows(models[CANDIDATE + "ht-2"].path)
    assert Models(settings.root).promote("ht-2") == "live"


def test_a_worse_candidate_stays_a_draft(settings: Settings) -> None:
    """The job is done, names the language, and the candidate cannot be made live."""
    job = Retraining(settings, content(settings, answers=WORSE), "ht-2").run()
    assert job.state == DONE and job.verdict
    assert job.verdict["worse"] == ["zh"] and job.verdict["allowed"] is False
    assert job.verdict["languages"]["zh"] == {"before": 1.0, "after": 0.4444, "gained": 0, "lost": 5, "state": "worse"}
    assert Models(settings.root).promote("ht-2") == "worse"


@pytest.mark.parametrize("train, said", [
    pytest.param("broken", "no model came of the training", id="a step that says why"),
    pytest.param("dies", "want of memory", id="a step that was killed"),
])
def test_a_failure_leaves_nothing_half(settings: Settings, train: str, said: str) -> None:
    """The job says why in one sentence; no candidate, no folder, no content is left."""
    folder = content(settings, train)
    job = Retraining(settings, folder, "ht-2").run()
    assert job.state == FAILED and job.word == "error" and said in job.message
    assert job == status(settings, "ht-2")
    assert names(settings) == {"confianza.tar.gz"} and not folder.exists()


def test_no_messages_no_candidate(settings: Settings) -> None:
    """A model that cannot be measured is not kept."""
    for table in settings.console.evaluation.iterdir():
        table.unlink()
    job = Retraining(settings, content(settings), "ht-2").run()
    assert job.state == FAILED and "no messages to measure" in job.message
    assert names(settings) == {"confianza.tar.gz"}


def test_no_live_model_nothing_to_compare(settings: Settings) -> None:
    """Without a live model the job ends at once and says what to do."""
    (settings.root / "models" / "confianza.tar.gz").unlink()
    job = Retraining(settings, content(settings), "ht-2").run()
    assert job.state == FAILED and "make train" in job.message


def test_an_unknown_live_model_is_not_loaded(settings: Settings) -> None:
    """A live model that no training made is not even measured."""
    (settings.root / "models" / "confianza.tar.gz").write_text("another")
    job = Retraining(settings, content(settings), "ht-2").run()
    assert job.state == FAILED and "is not loaded" in job.message


def test_only_its_own_content_is_taken_away(settings: Settings, tmp_path: Path) -> None:
    """A folder that lies elsewhere, perhaps somebody's checkout, stays."""
    elsewhere = tmp_path / "checkout"
    os.rename(content(settings), elsewhere)
    assert Retraining(settings, elsewhere, "ht-2").run().state == DONE
    assert (elsewhere / "plan.json").exists()


def test_what_a_dead_job_left_is_taken_away(settings: Settings) -> None:
    """A job that was killed outright leaves its half files; the next one clears them."""
    left = settings.root / "models" / ".work-dead"
    left.mkdir()
    (left / "half").touch()
    assert Retraining(settings, content(settings), "ht-2").run().state == DONE
    assert not left.exists() and not list((settings.root / "models").glob(".work-*"))


def test_measuring_alone(settings: Settings) -> None:
    """The live model's report is renewed; nothing is trained, no candidate comes of it."""
    job = Retraining(settings, settings.root, "ht-2", only_measure=True).run()
    assert (job.state, job.word, job.step, job.steps, job.verdict) == (DONE, "measured", 2, 2, None)
    live = Models(settings.root).reports()[LIVE]
    assert live.report and live.report.figures == job.after and live.report.figures["by_language"]["ht"]["messages"] == 9
    assert names(settings) == {"confianza.tar.gz", "confianza.report.json"} and settings.root.exists()


def test_nothing_to_measure_with(settings: Settings) -> None:
    """Without messages the old report stays."""
    for table in settings.console.evaluation.iterdir():
        table.unlink()
    job = Retraining(settings, settings.root, "ht-2", only_measure=True).run()
    assert job.state == FAILED and "no messages to measure" in job.message
    assert names(settings) == {"confianza.tar.gz"}
