"""`confianza run` starts anew what ended by itself: within limits, saying so, and never after it was told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.supervision import MOST_RESTARTS, STARTED_SECONDS, WITHIN_SECONDS, Restarts

WITHIN = 30
# Two programs that write down their numbers and do as they are told.
PROGRAM = """
import os, sys, time
with open(sys.argv[1], "a") as file:
    file.write(f"{{os.getpid()}} ")
{then}
"""
SUPERVISOR = """
import sys
from honcho.printer import Printer
from bot import supervision
supervision.STARTED_SECONDS, supervision.PAUSE_SECONDS, supervision.MOST_RESTARTS = {started}, 0.05, {most}
manager = supervision.Supervisor(Printer(sys.stdout))
for name in ("one", "two"):
    manager.add_process(name, f"exec {{sys.executable}} program.py {{name}}")
manager.loop()
sys.exit(manager.returncode)
"""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def restarts(*lives: float) -> list[bool]:
    """What is said when a process ends after so many seconds, again and again."""
    clock, said = Clock(), []
    counted = Restarts(clock)
    for seconds in lives:
        clock.now += seconds
        said.append(counted.may())
    return said


@pytest.mark.parametrize("lives, said", [
    pytest.param([STARTED_SECONDS - 1], [False], id="it could not even start"),
    pytest.param([STARTED_SECONDS], [True], id="it had started"),
    pytest.param([3600.0, 1.0, 1.0], [True, True, True], id="a hard night"),
    pytest.param([3600.0, *[1.0] * MOST_RESTARTS], [True] * MOST_RESTARTS + [False], id="again and again"),
    pytest.param([WITHIN_SECONDS] * (3 * MOST_RESTARTS), [True] * (3 * MOST_RESTARTS), id="now and then, for ever"),
])
def test_how_often(lives: list[float], said: list[bool]) -> None:
    """What started is started anew, up to five times in ten minutes; what never did is not."""
    assert restarts(*lives) == said


class Run:
    """A supervisor with two programs, in a folder of its own."""

    def __init__(self, folder: Path, root: Path, started: float, most: int, then: str) -> None:
        self.folder = folder
        self.log = folder / "log"
        (folder / "program.py").write_text(PROGRAM.format(then=then))
        program = SUPERVISOR.format(started=started, most=most)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-c", program], cwd=folder, stdout=log, stderr=log,
                                            env={**os.environ, "PYTHONPATH": str(root)}, start_new_session=True)

    def numbers(self, name: str, count: int) -> list[int]:
        """Waits until a program was started so often, and returns all its process numbers."""
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            found = (self.folder / name).read_text().split() if (self.folder / name).exists() else []
            if len(found) >= count:
                return [int(number) for number in found]
            time.sleep(0.05)
        raise AssertionError(f"{name} was not started {count} times:\n{self.log.read_text()}")


@pytest.fixture
def begin(tmp_path: Path, root: Path) -> Iterator[object]:
    runs: list[Run] = []

    def make(started: float = 0.0, most: int = 3, then: str = "time.sleep(60)") -> Run:
        runs.append(Run(tmp_path, root, started, most, then))
        return runs[-1]

    yield make
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
            run.process.wait(timeout=WITHIN)


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_process_comes_back_alone(begin) -> None:
    """The others go on; the output says what happened."""
    run = begin()
    (first,), (other,) = run.numbers("one", 1), run.numbers("two", 1)
    os.kill(first, signal.SIGKILL)
    assert len(run.numbers("one", 2)) == 2
    assert run.numbers("two", 1) == [other] and alive(other)
    assert "ended by itself (-9) and is started anew" in run.log.read_text()


def test_the_end_is_the_end(begin) -> None:
    """Told to end, all end at once and none is started anew."""
    run = begin()
    numbers = [*run.numbers("one", 1), *run.numbers("two", 1)]
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=WITHIN) == 130
    assert not any(alive(number) for number in numbers)
    assert (run.numbers("one", 1) + run.numbers("two", 1)) == numbers


def test_again_and_again_ends_everything(begin) -> None:
    """A program that never stays ends the whole, with its own exit code, after the restarts that it had."""
    run = begin(most=2, then="raise SystemExit(7)")
    assert run.process.wait(timeout=WITHIN) == 7
    assert max(len(run.numbers(name, 1)) for name in ("one", "two")) == 3


def test_what_cannot_start_is_not_tried_again(begin) -> None:
    """A port in use or a broken model is said once."""
    run = begin(started=20.0, then="raise SystemExit(3)")
    assert run.process.wait(timeout=WITHIN) == 3
    assert len(run.numbers("one", 1)) == 1
