"""Models and trainings for tests: small archives in place of models, and a job whose steps take no time."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.history.candidate import lay_out
from bot.history.files import Files
from bot.learning import trainings
from bot.learning.lessons import DOMAIN_OF_MODEL
from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import Report, digest
from bot.learning.models import CANDIDATE, Models
from bot.settings import Settings
from tests.standin import stand_in

LANGUAGES = ("ar", "en", "es", "fr", "ht", "pl", "pt", "zh")
GOOD = {code: ["greet"] * 9 for code in LANGUAGES}
WORSE = {**GOOD, "zh": ["goodbye"] * 9}


def model(path: Path, *intents: str) -> Path:
    """Writes an archive that knows the intents, and its hash on the list, as a training does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    domain = json.dumps({"intents": [{name: {"use_entities": []}} for name in intents]}).encode()
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo(DOMAIN_OF_MODEL)
        entry.size = len(domain)
        archive.addfile(entry, io.BytesIO(domain))
    ModelHashes(path.parent).add(digest(path), "trained")
    return path


def candidate(models: Models, id_: str, commit: str, allowed: bool = True) -> Path:
    """Writes a candidate with its report."""
    path = model(models.path(CANDIDATE + id_), "greet", id_)
    models.describe(CANDIDATE + id_, Report({}, "2026-11-22", commit, 1.0, allowed))
    return path


def quick(settings: Settings, folder: Path, project: Path, monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]] = GOOD,
          train: str = "fine") -> Settings:
    """Returns settings with which a training takes a second; the new model answers as told, the live one answers all rightly."""
    evaluation = folder / "evaluation"
    evaluation.mkdir()
    for code in LANGUAGES:
        (evaluation / f"{code}.tsv").write_text("lang\tintent\tregister\ttext\n")
    (settings.root / "plan.json").write_text(json.dumps({"answers": GOOD}))
    plan = json.dumps({"train": train, "answers": answers})

    def laid_out_with_plan(files: Files, target: Path) -> None:
        lay_out(files, target)
        (target / "plan.json").write_text(plan)

    monkeypatch.setattr(trainings, "lay_out", laid_out_with_plan)
    monkeypatch.setattr(sys, "executable", str(stand_in(folder, project)))
    return replace(settings, console=replace(settings.console, evaluation=evaluation))
