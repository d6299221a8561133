"""Models on disk: whoever goes live, whatever dies in between, there is a whole live model and its report finds it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.learning import models as module
from bot.learning.modelreports import Report
from bot.learning.models import LIVE, PREVIOUS, ModelError, Models, is_id

NEW = "candidate-ht-2"


class Death(BaseException):
    """The process ends here: nothing after it is run, nobody catches it."""


def figure(models: Models) -> dict[str, str]:
    """name -> what its file holds, and what its report says it holds."""
    return {name: f"{m.path.read_text()}/{m.report.figures['is'] if m.report else '?'}" for name, m in models.reports().items()}


def add(models: Models, name: str, holds: str, **more: Any) -> None:
    models.folder.mkdir(exist_ok=True)
    models.path(name).write_text(holds)
    models.describe(name, Report({"is": holds}, "2026-11-22", **more))


@pytest.fixture
def models(tmp_path: Path) -> Models:
    """A live model, the one before it, and a candidate."""
    made = Models(tmp_path)
    for name, holds in ((LIVE, "B"), (PREVIOUS, "A"), (NEW, "C")):
        add(made, name, holds)
    return made


def test_a_candidate_goes_live(models: Models) -> None:
    """The candidate is live, the live model is the previous one, and each keeps its own report."""
    assert models.promote("ht-2") == "live"
    assert figure(models) == {LIVE: "C/C", PREVIOUS: "B/B"}
    assert sorted(p.name for p in models.folder.iterdir()) == [
        ".lock", "confianza.report.json", "confianza.tar.gz", "previous.report.json", "previous.tar.gz"]


def test_the_old_model_comes_back_and_goes_again(models: Models) -> None:
    """Bringing back changes the two about; twice is as before."""
    assert models.bring_back()
    assert figure(models) == {LIVE: "A/A", PREVIOUS: "B/B", NEW: "C/C"}
    assert models.bring_back()
    assert figure(models) == {LIVE: "B/B", PREVIOUS: "A/A", NEW: "C/C"}


@pytest.mark.parametrize("report, why", [
    pytest.param(Report({"is": "C"}, allowed=False), "worse", id="a language is worse"),
    pytest.param(None, "worse", id="never measured"),
])
def test_what_is_not_judged_well_does_not_go_live(models: Models, report: Report | None, why: str) -> None:
    """Without a verdict that allows it, a candidate stays one, whoever asks."""
    (models.folder / f"{NEW}.report.json").unlink()
    if report:
        models.describe(NEW, report)
    assert models.promote("ht-2") == why
    assert models.path(LIVE).read_text() == "B" and models.path(NEW).exists()


def test_another_models_report_does_not_count(models: Models) -> None:
    """A report says which model it is about by the model's hash: one that was trained anew needs a new one."""
    models.path(NEW).write_text("D")
    assert models.promote("ht-2") == "worse"


@pytest.mark.parametrize("name", ["none", "", "../confianza", "a/b", "A", "é", "-x", "x" * 65])
def test_an_unknown_candidate_changes_nothing(models: Models, name: str) -> None:
    """What is not there, or is no id at all, does not go live."""
    before = figure(models)
    assert models.promote(name) == "absent"
    models.discard(name)
    assert figure(models) == before


def test_nothing_to_bring_back(tmp_path: Path) -> None:
    """Without a previous model the live one stays."""
    models = Models(tmp_path)
    add(models, LIVE, "B")
    assert not models.bring_back()
    assert figure(models) == {LIVE: "B/B"}


def test_the_first_model_goes_live(tmp_path: Path) -> None:
    """Where there is no live model, there is none to keep."""
    models = Models(tmp_path)
    add(models, NEW, "C")
    assert models.promote("ht-2") == "live"
    assert figure(models) == {LIVE: "C/C"}


def steps(act: Callable[[Models], object], models: Models, monkeypatch: pytest.MonkeyPatch) -> int:
    """Counts the steps on disk that an act takes."""
    taken: list[object] = []
    with monkeypatch.context() as patch:
        for name in ("replace", "link", "unlink"):
            real = getattr(os, name)
            patch.setattr(module.os, name, lambda *a, real=real, **k: (taken.append(a), real(*a, **k))[1])
        act(models)
    return len(taken)


def dying(patch: pytest.MonkeyPatch, at: int) -> None:
    """Lets the process die at the step of a number."""
    left = [at]

    def step(real: Callable[..., Any]) -> Callable[..., Any]:
        def taken(*args: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Death
            return real(*args, **more)
        return taken

    for name in ("replace", "link", "unlink"):
        patch.setattr(module.os, name, step(getattr(os, name)))


@pytest.mark.parametrize("act, then, old, new", [
    pytest.param(lambda m: m.promote("ht-2"), lambda m: m.promote("ht-2"), "B", "C", id="promote"),
    pytest.param(lambda m: m.bring_back(), lambda m: m.bring_back(), "B", "A", id="bring back"),
])
def test_a_death_between_two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Models], object],
                                   then: Callable[[Models], object], old: str, new: str) -> None:
    """Wherever the process dies, the live model is whole, the old or the new one, and its report is its own; going on works."""
    def make(number: int) -> Models:
        made = Models(tmp_path / str(number))
        made.folder.parent.mkdir()
        for name, holds in ((LIVE, "B"), (PREVIOUS, "A"), (NEW, "C")):
            add(made, name, holds)
        return made

    count = steps(act, make(-1), monkeypatch)
    assert count >= 4
    seen = set()
    for at in range(count):
        models = make(at)
        with monkeypatch.context() as patch:
            dying(patch, at)
            with pytest.raises(Death):
                act(models)
        live = figure(models)[LIVE]
        assert live in (f"{old}/{old}", f"{new}/{new}")
        seen.add(live)
        if live == f"{old}/{old}":
            then(models)
            assert figure(models)[LIVE] == f"{new}/{new}"
        else:
            assert models.promote("none") == "absent"  # whoever comes next tidies up
        assert figure(models)[LIVE] == f"{new}/{new}"
        assert figure(models)[PREVIOUS] == f"{old}/{old}"
        assert not list(models.folder.glob("returning*"))
    assert len(seen) == 2  # some deaths came too early, some too late


def test_links_may_be_unknown(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk without hard links the live model is copied."""
    def refuse(*_args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(module.os, "link", refuse)
    assert models.promote("ht-2") == "live"
    assert figure(models) == {LIVE: "C/C", PREVIOUS: "B/B"}


def test_a_full_disk_changes_nothing(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the old model cannot be kept, the new one does not go live, and one sentence says so."""
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "link", full)
    monkeypatch.setattr(module.shutil, "copy2", full)
    with pytest.raises(ModelError, match="No space left"):
        models.promote("ht-2")
    monkeypatch.undo()
    assert figure(models) == {LIVE: "B/B", PREVIOUS: "A/A", NEW: "C/C"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"model": "x", "colour": 1}', "\0"])
def test_a_broken_report_is_none(models: Models, text: str) -> None:
    """A report that cannot be read is one that is not there; the model still counts."""
    (models.folder / "confianza.report.json").write_text(text)
    assert figure(models)[LIVE] == "B/?"


def test_old_candidates_are_thrown_away(models: Models) -> None:
    """The newest candidates stay, with their reports; the live and the previous model always do."""
    for number in range(3, 7):
        add(models, f"candidate-{number}", str(number))
        os.utime(models.path(f"candidate-{number}"), (2e9 + number, 2e9 + number))
    models.tidy(keep=2)
    assert list(models.reports()) == [LIVE, PREVIOUS, "candidate-6", "candidate-5"]
    assert not (models.folder / "candidate-3.report.json").exists()


def test_an_id_is_a_plain_name() -> None:
    """Small letters, digits and hyphens; a draft's number will do."""
    assert is_id("7") and is_id("ht-2026-11-22")
    assert not is_id("a.b") and not is_id("a\n")
