"""Training: the model appears whole or not at all, and the steps are told; Rasa itself is a stand-in here."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from bot.learning.modelhashes import LIST, ModelHashes
from bot.learning.models import ModelError
from bot.learning.training import STEPS, build, train

HOOKS = "rasa.engine.training.hooks"


@pytest.fixture(autouse=True)
def _logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("bot.learning.training.be_discreet", lambda: None)
    level = logging.root.manager.disable
    yield
    logging.disable(level)


def rasa(monkeypatch: pytest.MonkeyPatch, makes: str | None, fails: bool = False) -> dict[str, Any]:
    """Puts a stand-in in Rasa's place; returns what it was asked for."""
    asked: dict[str, Any] = {}

    def stand_in(**options: Any) -> None:
        asked.update(options)
        for name in STEPS:
            logging.getLogger(HOOKS).info(f"Starting to train component '{name}'.")
            logging.getLogger(HOOKS).info(f"Finished training component '{name}'.")
        if makes:
            (Path(options["output"]) / f"{options['fixed_model_name']}.tar.gz").write_text(makes)
        if fails:
            raise ValueError("half a model")

    monkeypatch.setitem(sys.modules, "rasa.model_training", SimpleNamespace(train=stand_in))
    return asked


def test_the_model_and_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model stands under the name that was asked for, each step is told once begun and once done, nothing else is left."""
    asked = rasa(monkeypatch, "model")
    told: list[tuple[int, str]] = []
    output = tmp_path / "models" / "candidate-7.tar.gz"
    assert build(tmp_path, output, lambda done, what: told.append((done, what)), tmp_path / "other.yml") == output
    assert output.read_text() == "model" and {p.name for p in output.parent.iterdir()} == {output.name, LIST}
    assert ModelHashes(output.parent).knows(output)
    assert asked["config"] == str(tmp_path / "other.yml") and asked["domain"] == str(tmp_path / "domain.yml")
    assert told == [(0, "learning the languages"), (1, "reading the examples"), (1, "learning the topics"), (2, "learning the topics"),
                    (2, "learning the rules"), (3, "learning the rules")]


@pytest.mark.parametrize("makes, fails, error", [
    pytest.param(None, False, ModelError, id="Rasa makes none"),
    pytest.param("half", True, ValueError, id="Rasa breaks off"),
])
def test_a_failure_leaves_the_old_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, makes: str | None, fails: bool,
                                        error: type[Exception]) -> None:
    """What was live stays as it was, and no half file lies about."""
    rasa(monkeypatch, makes, fails)
    output = tmp_path / "confianza.tar.gz"
    output.write_text("old")
    with pytest.raises(error):
        build(tmp_path, output, lambda _done, _what: None)
    assert output.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == [output.name]
    assert not logging.getLogger(HOOKS).handlers


def test_the_command_trains_the_live_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`confianza train` makes models/confianza.tar.gz of the checkout's own files."""
    asked = rasa(monkeypatch, "model")
    assert train(tmp_path, Console(quiet=True)) == tmp_path / "models" / "confianza.tar.gz"
    assert asked["config"] == str(tmp_path / "config.yml")
    assert asked["training_files"] == [str(tmp_path / "data" / "nlu"), str(tmp_path / "data" / "stories")]
