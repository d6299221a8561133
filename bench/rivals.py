"""Who is compared: how each one is trained, and how it is asked. Every step is a process of its own, in a scratch folder."""

from __future__ import annotations

import json
import resource
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

import examples
import installs
import stock
from bots import PROGRAMS, ROOT
from examples import Example
from outcomes import Outcome
from program import BenchError, Program, running
from tables import Message

WORKERS = Path(__file__).resolve().parent / "workers"
PYTHON = str(PROGRAMS / "python")
TRAINING_SECONDS = 3600
JUDGING_SECONDS = 3600


@dataclass(frozen=True)
class Trained:
    """A model: where it lies, how long its training took by the clock and by the processors, and when that was."""

    model: Path
    seconds: float
    cpu_seconds: float
    taken: str


@dataclass(frozen=True)
class Bench:
    """The scratch folder, and the messages in it as the workers read them."""

    scratch: Path
    messages: Path

    def ours(self, lessons: Sequence[Example], name: str) -> Trained:
        """Trains our pipeline, as config.yml has it, on these examples."""
        folder, model = self.scratch / f"ours-{name}", self.scratch / f"ours-{name}.tar.gz"
        for part in ("config.yml", "domain.yml"):
            folder.mkdir(exist_ok=True)
            shutil.copy2(ROOT / part, folder)
        shutil.copytree(ROOT / "data" / "stories", folder / "data" / "stories")
        examples.write(lessons, folder / "data" / "nlu" / "examples.yml")
        cache = {"RASA_CACHE_DIRECTORY": str(self.scratch / f"cache-{name}")}
        return self._train([PYTHON, str(WORKERS / "ours_train.py"), str(folder), str(model)], model, cache)

    def nlpjs(self, lessons: Sequence[Example], name: str) -> Trained:
        """Trains NLP.js on these examples, each in its language."""
        source, model = self.scratch / f"nlpjs-{name}.json", self.scratch / f"nlpjs-{name}.nlp"
        source.write_text(json.dumps([asdict(lesson) for lesson in lessons], ensure_ascii=False), encoding="utf-8")
        return self._train([*installs.nlpjs_worker(), "train", str(source), str(model)], model, {})

    def ask_rasa(self, trained: Trained) -> Outcome:
        """Has a Rasa model, ours or the stock one, judge the messages."""
        return self._ask([PYTHON, str(WORKERS / "rasa_judge.py"), str(trained.model)], ())

    def ask_nlpjs(self, trained: Trained, mode: str) -> Outcome:
        """Has NLP.js judge the messages. mode: "given" tells it each message's language, "guessed" does not."""
        return self._ask([*installs.nlpjs_worker(), "judge", str(trained.model)], (mode,))

    def ask_identifier(self, name: str) -> Outcome:
        """Has one of the language identifiers of workers/languages.py judge the messages."""
        return self._ask([str(installs.languages_python()), str(WORKERS / "languages.py"), name], ())

    def _train(self, command: Sequence[str], model: Path, env: Mapping[str, str]) -> Trained:
        before = _cpu_seconds()
        program = Program(command, self.scratch, self.scratch / "training.log", env)
        with running(program):
            seconds = program.finish(TRAINING_SECONDS)
        if not model.is_file():
            raise BenchError(f"{Path(command[1]).name} made no model")
        return Trained(model, seconds, _cpu_seconds() - before, now())

    def _ask(self, command: Sequence[str], rest: Sequence[str]) -> Outcome:
        outcome = self.scratch / "outcome.json"
        outcome.unlink(missing_ok=True)
        program = Program([*command, str(self.messages), str(outcome), *rest], self.scratch, self.scratch / "judging.log", {})
        started = time.time()
        with running(program):
            program.finish(JUDGING_SECONDS)
        return Outcome.read(outcome, started)


def lay(scratch: Path, messages: Sequence[Message]) -> Bench:
    """Puts the messages where the workers read them."""
    path = scratch / "messages.json"
    path.write_text(json.dumps([asdict(message) for message in messages], ensure_ascii=False), encoding="utf-8")
    return Bench(scratch, path)


def kept_stock() -> tuple[Trained, tuple[Example, ...]] | None:
    """Returns the stock model that `make bench-slow` kept, and its examples; None where there is none."""
    folder = stock.place()
    if not (folder / stock.ABOUT).is_file():
        return None
    about = json.loads((folder / stock.ABOUT).read_text(encoding="utf-8"))
    lessons = examples.read([folder / stock.EXAMPLES])
    if examples.digest(lessons) != about["digest"]:
        raise BenchError("the examples beside the stock model are not those that it learnt from; run: make bench-slow")
    return Trained(folder / stock.MODEL, about["seconds"], about["cpu_seconds"], about["taken"]), lessons


def now() -> str:
    """Returns the time in UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
