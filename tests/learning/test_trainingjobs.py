"""Trainings in the background: one at a time, found again, ended on demand; with the real job and steps that take no time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.learning import trainingjobs
from bot.learning.trainingjobs import DONE, FAILED, KEPT_JOBS, TRAINING, Job, cancel, claim, running_job, start, status
from bot.settings import Settings
from tests.learning.test_retraining import content, names, settings

__all__ = ["settings"]  # the fixture


def wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def state(settings: Settings, job: str = "ht-2") -> str:
    found = status(settings, job)
    assert found
    return found.state


def begin(settings: Settings, train: str) -> Path:
    """Starts a job and waits until its training has begun."""
    folder = content(settings, train)
    assert start(settings, folder, "ht-2") == "started"
    wait(lambda: getattr(status(settings, "ht-2"), "step", 0) == 1)
    return folder


def test_a_job_runs_to_its_end(settings: Settings) -> None:
    """Started, followed, done: the candidate is there and the lock is free."""
    assert start(settings, content(settings), "ht-2", "c0ffee") == "started"
    assert state(settings) != FAILED
    wait(lambda: state(settings) == DONE and running_job(settings) is None)
    assert "candidate-ht-2.tar.gz" in names(settings)


def test_one_at_a_time_and_ended_on_demand(settings: Settings) -> None:
    """A second one is refused while one runs; cancelled, the first says so and leaves no half files; then the next may begin."""
    folder = begin(settings, "hangs")
    number = int((settings.state / "training" / "lock").read_text().split()[0])
    assert os.getpriority(os.PRIO_PROCESS, number) == 10
    assert running_job(settings) == "ht-2" and state(settings) == TRAINING
    assert start(settings, content(settings, job="ht-3"), "ht-3") == "busy"
    assert not cancel(settings, "ht-3") and not cancel(settings, "")
    assert cancel(settings, "ht-2")
    wait(lambda: running_job(settings) is None)
    ended = status(settings, "ht-2")
    assert ended and (ended.state, ended.word) == (FAILED, "cancelled")
    assert names(settings) == {"confianza.tar.gz"} and not folder.exists()
    assert not cancel(settings, "ht-2")
    assert start(settings, content(settings, job="ht-4"), "ht-4") == "started"
    wait(lambda: state(settings, "ht-4") == DONE)


def test_a_job_that_died_has_failed(settings: Settings) -> None:
    """Killed outright it can say nothing: the free lock says it, and its steps end with it."""
    begin(settings, "hangs")
    number = int((settings.state / "training" / "lock").read_text().split()[0])
    os.kill(number, signal.SIGKILL)
    wait(lambda: state(settings) == FAILED)
    found = status(settings, "ht-2")
    assert found and found.word == "died"
    assert not cancel(settings, "ht-2")


@pytest.mark.parametrize("job", ["", "../x", "A", "a b", "é"])
def test_a_bad_id_starts_nothing(settings: Settings, tmp_path: Path, job: str) -> None:
    """An id becomes part of file names: only plain ones are taken."""
    assert start(settings, tmp_path, job) == "bad-id"
    assert status(settings, job) is None and running_job(settings) is None


@pytest.mark.parametrize("text", ["", "{", '{"id": "ht-2", "colour": 1}', "[]"])
def test_a_broken_file_is_no_job(settings: Settings, text: str) -> None:
    """What cannot be read is not there; nobody gets an error page for it."""
    (trainingjobs.folder(settings) / "ht-2.json").write_text(text)
    assert status(settings, "ht-2") is None


def test_looking_does_not_hold_the_lock(settings: Settings) -> None:
    """Whoever asks what runs does not stand in the way of who starts; the last job's signature is not the next one's."""
    assert running_job(settings) is None
    lock = claim(settings)
    assert lock is not None
    trainingjobs.sign(lock, 1, "ht-2")
    assert running_job(settings) == "ht-2" and claim(settings) is None
    os.close(lock)
    again = claim(settings)
    assert again is not None and running_job(settings) == ""
    os.close(again)


def test_old_jobs_are_forgotten(settings: Settings) -> None:
    """The files of the last jobs stay; they would pile up else."""
    for number in range(KEPT_JOBS + 3):
        trainingjobs.write(settings, Job(f"job-{number}", DONE))
        os.utime(trainingjobs.folder(settings) / f"job-{number}.json", (1e9 + number, 1e9 + number))
    trainingjobs.write(settings, Job("last", DONE))
    assert len(list(trainingjobs.folder(settings).glob("*.json"))) == KEPT_JOBS
    assert status(settings, "last") and status(settings, "job-0") is None
