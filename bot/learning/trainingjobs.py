"""Trainings in the background: started by the console, run by `bot.learning.retraining` in a process of its own, one at a time.

A lock file says whether one runs: the lock goes with the process, however that ends. A file a job says how far it is. The
console may die meanwhile: the job goes on and is found again by its file and the lock. Stopping the whole service (Ctrl-C,
or a supervisor that ends the group) ends the job too, because it stays in the console's process group.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from bot.learning.models import ModelError, is_id
from bot.settings import Settings

WAITING, TRAINING, MEASURING, DONE, FAILED = "waiting", "training", "measuring", "done", "failed"
ENDED = (DONE, FAILED)
KEPT_JOBS = 20
TRIES = 4

Start = Literal["started", "busy", "bad-id"]


@dataclass(frozen=True)
class Job:
    """How far a training is.

    step of steps are done; word: what happens now, a stable word ("reading", "languages", "topics", "rules", "live", "candidate",
    "done", "measured", "cancelled", "died", "error"); message: the same for people, in English; before, after: figures as
    `core.scores.report` gives them; verdict: `{allowed, better, worse, unmeasured, overall, languages: {es: {before, after, gained,
    lost, state}}}`.
    """

    id: str
    state: str = WAITING
    step: int = 0
    steps: int = 0
    word: str = "waiting"
    message: str = "It is about to begin."
    started_day: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    verdict: dict[str, Any] | None = None

    @property
    def ended(self) -> bool:
        return self.state in ENDED


def folder(settings: Settings) -> Path:
    """Returns where jobs keep their files; made where it is not there."""
    path = settings.state / "training"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def content_folder(settings: Settings, job: str) -> Path:
    """Returns where the content of a job may be laid out: a folder that the job itself takes away when it ends."""
    return folder(settings) / f"{job}.content"


def start(settings: Settings, content: Path, job: str, commit: str = "", only_measure: bool = False) -> Start:
    """Starts a training of the content in a folder; its candidate model gets the job's id.

    only_measure: no training; the live model is measured, and its report says how it does today.
    "busy": another is running; "bad-id": the id is not made of small letters, digits and hyphens. Nothing was started then.
    """
    if not is_id(job):
        return "bad-id"
    lock = _claim_patiently(settings)
    if lock is None:
        return "busy"
    try:
        write(settings, Job(job, started_day=settings.today().isoformat()))
        command = [sys.executable, "-m", "bot.learning.retraining", "--content", str(content), "--id", job]
        command += ["--commit", commit, "--lock", str(lock)]
        command += ["--only-measure"] if only_measure else []
        process = subprocess.Popen(  # noqa: S603  (our own program)
            command, pass_fds=[lock], env={**os.environ, **_environment(settings)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        sign(lock, process.pid, job)
    except OSError as error:
        raise ModelError(f"the training could not be started ({error.strerror})") from error
    finally:
        os.close(lock)  # the job holds it from now on
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay a zombie
    return "started"


def status(settings: Settings, job: str) -> Job | None:
    """Returns how far a job is; None where there is no such job. One that died without a word has failed."""
    running = running_job(settings)  # before its file is read: a job writes its last words before it lets the lock go
    try:
        found = Job(**json.loads((folder(settings) / f"{job}.json").read_text(encoding="utf-8"))) if is_id(job) else None
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if found is None or found.ended or running in (job, ""):
        return found
    return replace(found, state=FAILED, word="died", message="The training ended without a word. Start it again.")


def running_job(settings: Settings) -> str | None:
    """Returns the id of the job that runs now, "" where it has not signed yet, None where none runs."""
    lock = claim(settings)
    if lock is not None:
        os.close(lock)
        return None
    return _holder(settings)[1]


def cancel(settings: Settings, job: str) -> bool:
    """Ends a job; True where it was running. It takes its half files away and says so in its status within seconds."""
    if not job or running_job(settings) != job:
        return False
    number, holder = _holder(settings)
    if holder != job or number <= 0:
        return False
    try:
        os.kill(number, signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True


def claim(settings: Settings) -> int | None:
    """Takes the lock of all trainings, unsigned; returns its open file, None where another holds it."""
    handle = os.open(folder(settings) / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    os.ftruncate(handle, 0)  # or the last holder's number would be taken for the new one's
    return handle


def _claim_patiently(settings: Settings) -> int | None:
    """Takes the lock also where somebody just looks whether it is free."""
    for _ in range(TRIES):
        lock = claim(settings)
        if lock is not None:
            return lock
        time.sleep(0.05)
    return None


def sign(lock: int, process: int, job: str) -> None:
    """Writes into the lock which process holds it, and for which job."""
    os.pwrite(lock, f"{process} {job}".encode(), 0)


def write(settings: Settings, job: Job) -> None:
    """Writes a job's file whole, and takes the oldest away where there are many."""
    path = folder(settings) / f"{job.id}.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
    os.replace(draft, path)
    for old in sorted(path.parent.glob("*.json"), key=lambda p: -p.stat().st_mtime_ns)[KEPT_JOBS:]:
        old.unlink(missing_ok=True)


def _holder(settings: Settings) -> tuple[int, str]:
    number, _, job = (folder(settings) / "lock").read_text(encoding="utf-8").partition(" ")
    return (int(number) if number.isdecimal() else 0), job


def _environment(settings: Settings) -> dict[str, str]:
    """What a job must know of these settings, which may differ from the environment's (in tests, for example)."""
    return {
        "CONFIANZA_ROOT": str(settings.root), "CONFIANZA_STATE_DIR": str(settings.state),
        "CONFIANZA_EVALUATION_DIR": str(settings.console.evaluation),
    }
