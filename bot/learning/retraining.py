"""Train and compare: trains a candidate from a folder of content, measures it and the live model on the same messages, judges.

    python -m bot.learning.retraining --content FOLDER --id NAME

Runs at a low priority in a process of its own (`trainingjobs` starts it) and loads neither Rasa nor TensorFlow itself: each
step is a process (`trainingstep`). Nothing goes live here; `models` makes a candidate live whose verdict allows it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from bot.core.errors import ConfianzaError
from bot.core.scores import Judged, report
from bot.core.verdict import Verdict, compare
from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import Report, digest
from bot.learning.models import CANDIDATE, LIVE, ModelError, Models
from bot.learning.trainingjobs import DONE, FAILED, MEASURING, TRAINING, Job, claim, content_folder, sign, write
from bot.settings import Settings, read_settings

PRIORITY = 10
TRAINING_STEPS = 3
WORK = ".work-"
MESSAGES = {
    "reading": "The examples are read.", "languages": "The languages are learned.", "topics": "The topics are learned.",
    "rules": "The rules are learned.", "live": "The model that is live is measured.", "candidate": "The new model is measured.",
    "done": "The new model is ready.", "measured": "The live model is measured.", "cancelled": "The training was cancelled.",
    "crashed": "The training ended early, perhaps for want of memory. Try it again later.",
}


class _CancelledError(ConfianzaError):
    code = "cancelled"


class Retraining:
    """One job from its beginning to its end. only_measure: the live model is measured, and that is all."""

    def __init__(self, settings: Settings, content: Path, job: str, commit: str = "", only_measure: bool = False) -> None:
        self._settings, self._content, self._commit = settings, content.resolve(), commit
        self._models, self._only_measure = Models(settings.root), only_measure
        self._hashes = ModelHashes(self._models.folder, settings.model_hashes)
        self._tables = sorted(settings.console.evaluation.glob("*.tsv"))
        steps = len(self._tables) if only_measure else TRAINING_STEPS + 2 * len(self._tables)
        self._job = Job(job, started_day=settings.today().isoformat(), steps=steps)
        self._work = Path()

    def run(self) -> Job:
        """Trains, measures, judges and reports; takes all half files away, however it ends. Returns the job as it ended."""
        try:
            with self._workplace():
                self._run()
        except _CancelledError:
            self._end(FAILED, "cancelled")
        except ConfianzaError as error:
            self._end(FAILED, "error", str(error))
        except OSError as error:
            self._end(FAILED, "error", f"The disk did not take it ({error.strerror}).")
        finally:
            if self._content == content_folder(self._settings, self._job.id).resolve():
                shutil.rmtree(self._content, ignore_errors=True)
        return self._job

    def _run(self) -> None:
        live, made = self._work / "live.tar.gz", self._work / "candidate.tar.gz"
        if not self._models.path(LIVE).exists():
            raise ModelError("There is no live model to compare with; run `make train` first.")
        self._hashes.need(self._models.path(LIVE))
        shutil.copy2(self._models.path(LIVE), live)  # another may go live meanwhile
        if self._only_measure:
            self._measure_live(live)
            return
        began = time.monotonic()
        self._train(made)
        seconds = round(time.monotonic() - began, 1)
        tables = [Path(shutil.copy(table, self._work)) for table in self._tables]  # the same for both, whatever is published meanwhile
        before = self._measure(live, self._settings.root, tables, "live", TRAINING_STEPS)
        after = self._measure(made, self._content, tables, "candidate", TRAINING_STEPS + len(tables))
        verdict = compare(before, after, [path.stem for path in sorted((self._content / "data" / "nlu").glob("*.yml"))])
        self._describe_live(digest(live), report(before))
        self._keep(made, report(before), report(after), verdict, seconds)

    def _measure_live(self, live: Path) -> None:
        """Measures the live model and notes how it does."""
        tables = [Path(shutil.copy(table, self._work)) for table in self._tables]
        rows = self._measure(live, self._settings.root, tables, "live", begun=0)
        if not rows:
            raise ModelError("There are no messages to measure a model with; put tables into the evaluation folder.")
        self._describe_live(digest(live), report(rows))
        self._job = replace(self._job, after=report(rows))
        self._end(DONE, "measured")

    def _train(self, output: Path) -> None:
        own = self._content / "config.yml"
        config = own if own.exists() else self._settings.root / "config.yml"
        arguments = ["train", "--model", str(output), "--content", str(self._content), "--config", str(config)]
        self._tell(0, TRAINING, "reading")
        with closing(self._step(arguments, self._content)) as lines:
            for line in lines:
                self._tell(line["done"], TRAINING, line["word"])

    def _measure(self, model: Path, root: Path, tables: Sequence[Path], word: str, begun: int) -> list[Judged]:
        """Returns the outcome of every message; `root` holds the words and towns that belong to the model, `begun` the steps done."""
        self._tell(begun, MEASURING, word)
        rows: list[Judged] = []
        with closing(self._step(["measure", "--model", str(model), "--tables", *map(str, tables)], root)) as lines:
            for line in lines:
                rows += [Judged(**row) for row in line["rows"]]
                self._tell(begun + line["done"], MEASURING, word)
        return rows

    def _step(self, arguments: Sequence[str], root: Path) -> Generator[dict[str, Any], None, None]:
        """Yields what a step says; raises ModelError where it fails. The step ends with this process, whatever happens."""
        reading, writing = os.pipe()
        command = [sys.executable, "-m", "bot.learning.trainingstep", *arguments, "--report", str(writing)]
        environment = {
            **os.environ, "CONFIANZA_ROOT": str(root), "TMPDIR": str(self._work), "PYTHONWARNINGS": "ignore",
            # Rasa's cache would keep 30 MB a training; what changed is to be learned anew anyway.
            "RASA_MAX_CACHE_SIZE": "0", "RASA_CACHE_DIRECTORY": str(self._work / "cache"), "RASA_TELEMETRY_ENABLED": "false",
        }
        process = subprocess.Popen(  # noqa: S603  (our own program)
            command, pass_fds=[writing], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="utf-8") as lines:
                for text in lines:
                    line = json.loads(text)
                    if "error" in line:
                        raise ModelError(line["error"])
                    yield line
            if process.wait() != 0:
                raise ModelError(MESSAGES["crashed"])
        finally:
            process.kill()
            process.communicate()

    def _keep(self, made: Path, before: dict[str, Any], after: dict[str, Any], verdict: Verdict, seconds: float) -> None:
        """Puts the candidate in its place with its report, and tells the result."""
        told = _told(verdict)
        name, day = CANDIDATE + self._job.id, self._settings.today().isoformat()
        self._hashes.add(digest(made), "trained")
        os.replace(made, self._models.path(name))
        self._models.describe(name, Report(after, day, self._commit, seconds, verdict.allowed, told))
        self._models.tidy()
        self._job = replace(self._job, before=before, after=after, verdict=told)
        self._end(DONE, "done")

    def _describe_live(self, measured: str, figures: dict[str, Any]) -> None:
        """Notes how the live model does today, unless it is another one by now."""
        if digest(self._models.path(LIVE)) == measured:
            known = self._models.reports()[LIVE].report or Report({})
            self._models.describe(LIVE, replace(known, figures=figures))

    def _tell(self, step: int, state: str, word: str) -> None:
        self._job = replace(self._job, step=step, state=state, word=word, message=MESSAGES[word])
        write(self._settings, self._job)

    def _end(self, state: str, word: str, message: str = "") -> None:
        if state == FAILED:
            self._models.discard(self._job.id)
        step = self._job.steps if state == DONE else self._job.step
        self._job = replace(self._job, step=step, state=state, word=word, message=message or MESSAGES[word])
        with suppress(OSError):  # on a full disk the file stays as it was; that the lock is free says that the job ended
            write(self._settings, self._job)

    @contextmanager
    def _workplace(self) -> Iterator[None]:
        """Makes a folder for all half files, on the disk of the models, and takes it away; those of dead jobs too."""
        self._models.folder.mkdir(parents=True, exist_ok=True)
        for left in self._models.folder.glob(f"{WORK}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._work = Path(mkdtemp(prefix=WORK, dir=self._models.folder))
        try:
            yield
        finally:
            shutil.rmtree(self._work, ignore_errors=True)


def _told(verdict: Verdict) -> dict[str, Any]:
    return {**asdict(verdict), "allowed": verdict.allowed, "better": list(verdict.better), "worse": list(verdict.worse),
            "unmeasured": list(verdict.unmeasured)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one job; returns 0 where it is done, 1 where it failed or another one runs."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning.retraining")
    parser.add_argument("--content", type=Path, required=True, help="a folder with data/ and domain.yml")
    parser.add_argument("--id", required=True, help="small letters, digits and hyphens")
    parser.add_argument("--commit", default="", help="which content this is")
    parser.add_argument("--only-measure", action="store_true", help="measure the live model, train none")
    parser.add_argument("--lock", type=int, help="the open lock, where the caller holds it")
    options = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _cancel)
    os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
    settings = read_settings()
    lock = options.lock if options.lock is not None else claim(settings)
    if lock is None:
        print("Another training is running.", file=sys.stderr)
        return 1
    if options.lock is None:
        sign(lock, os.getpid(), options.id)
    job = Retraining(settings, options.content, options.id, options.commit, options.only_measure).run()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{job.message} (most memory: {peak} MB)")
    return 0 if job.state == DONE else 1


def _cancel(number: int, _frame: object) -> None:
    """Breaks the job off once; while it cleans up, further signals change nothing."""
    for known in (signal.SIGTERM, signal.SIGINT):
        signal.signal(known, signal.SIG_IGN)
    raise _CancelledError(f"signal {number}")


if __name__ == "__main__":
    sys.exit(main())
