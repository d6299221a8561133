"""Trains the model and shows how far it is; Rasa's own progress bars by the thousand are kept quiet."""

from __future__ import annotations

import logging
import os
from pathlib import Path

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ["LOG_LEVEL"] = "ERROR"  # Rasa shows its bars at any other level

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.discretion import be_discreet

STEPS = {
    "LanguageIdentifier": "learning the languages",
    "TopicClassifier": "learning the topics",
    "RulePolicy": "learning the rules",
}


class _Steps(logging.Handler):
    """Moves the bar when Rasa says that a component begins or is done."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        super().__init__(logging.INFO)
        self._progress, self._task = progress, task

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        name = next((n for n in STEPS if n in text), None)
        if name and text.startswith("Starting"):
            self._progress.update(self._task, description=STEPS[name])
        elif name:
            after = "reading the examples" if name == "LanguageIdentifier" else STEPS[name]
            self._progress.update(self._task, advance=1, description=after)


def train(root: Path, console: Console) -> Path:
    """Trains models/confianza.tar.gz from config.yml, domain.yml, data/nlu and data/stories; returns its path."""
    be_discreet()
    logging.disable(logging.NOTSET)  # the steps are told at level INFO
    console.print("Training the model (about two minutes on two cores) ...")
    from rasa.model_training import train as rasa_train  # noqa: PLC0415  (ten seconds of imports, after the first line)

    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.propagate = False
    columns = (TextColumn("{task.description:<26}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        handler = _Steps(progress, progress.add_task("reading the examples", total=len(STEPS)))
        hooks.addHandler(handler)
        try:
            rasa_train(
                domain=str(root / "domain.yml"), config=str(root / "config.yml"),
                training_files=[str(root / "data" / "nlu"), str(root / "data" / "stories")],
                output=str(root / "models"), fixed_model_name="confianza",
            )
        finally:
            hooks.removeHandler(handler)
    return root / "models" / "confianza.tar.gz"
