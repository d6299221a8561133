"""Trains the model and says how far it is; Rasa's own progress bars by the thousand are kept quiet."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # whatever the operator's shell says
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ["LOG_LEVEL"] = "ERROR"  # Rasa shows its bars at any other level

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.discretion import be_discreet
from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import digest
from bot.learning.models import LIVE, SUFFIX, ModelError

READING = "reading the examples"
STEPS = {
    "LanguageIdentifier": "learning the languages",
    "TopicClassifier": "learning the topics",
    "RulePolicy": "learning the rules",
}
# Called with the number of steps that are done (0 to len(STEPS)) and what comes now.
Tell = Callable[[int, str], None]


class _Steps(logging.Handler):
    """Tells when Rasa says that a component begins or is done."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.INFO)
        self._tell, self._done = tell, 0

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        name = next((n for n in STEPS if n in text), None)
        if name and text.startswith("Starting"):
            self._tell(self._done, STEPS[name])
        elif name:
            self._done += 1
            self._tell(self._done, READING if name == "LanguageIdentifier" else STEPS[name])


def train(root: Path, console: Console) -> Path:
    """Trains models/confianza.tar.gz from config.yml, domain.yml, data/nlu and data/stories; returns its path."""
    console.print("Training the model (about five minutes on two cores) ...")
    columns = (TextColumn("{task.description:<26}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(READING, total=len(STEPS))
        return build(root, root / "models" / f"{LIVE}{SUFFIX}",
                     lambda done, what: progress.update(task, completed=done, description=what))


def build(content: Path, output: Path, tell: Tell, config: Path | None = None) -> Path:
    """Trains a model from a folder of content and puts it in its place whole, its hash on the list before it; returns its path.

    config: the config.yml, the folder's own unless given. Raises ModelError where no model came of it; Rasa's own errors go through.
    """
    be_discreet()
    logging.disable(logging.NOTSET)  # the steps are told at level INFO
    from rasa.model_training import train as rasa_train  # noqa: PLC0415  (ten seconds of imports, after the first line)

    output.parent.mkdir(parents=True, exist_ok=True)
    # Rasa writes straight to the name it is given; a running bot must never find half a model there.
    with TemporaryDirectory(prefix=".training-", dir=output.parent) as draft, _telling(tell):
        rasa_train(
            domain=str(content / "domain.yml"), config=str(config or content / "config.yml"),
            training_files=[str(content / "data" / "nlu"), str(content / "data" / "stories")],
            output=draft, fixed_model_name=LIVE,
        )
        made = Path(draft) / f"{LIVE}{SUFFIX}"
        if not made.exists():
            raise ModelError("no model came of the training; `confianza check` may say why")
        ModelHashes(output.parent).add(digest(made), "trained")
        os.replace(made, output)
    return output


@contextmanager
def _telling(tell: Tell) -> Iterator[None]:
    """Listens to Rasa's training as long as the block lasts."""
    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.propagate = False
    handler = _Steps(tell)
    hooks.addHandler(handler)
    try:
        yield
    finally:
        hooks.removeHandler(handler)
