"""A program that the benchmark starts, together with all the processes that it starts in turn: their memory and their end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROC = Path("/proc")  # where there is none (macOS), memory is not measured
STOP_SECONDS = 20
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


class BenchError(Exception):
    """Something that cannot be measured; its text says why."""


@dataclass(frozen=True)
class Process:
    """One process as the kernel shows it; number and start together name it for ever."""

    number: int
    start: int
    parent: int
    group: int


@dataclass(frozen=True)
class Memory:
    """Resident megabytes (of 1024 * 1024 bytes) of several processes: pages in common counted once (pss), or in each (rss)."""

    pss: float
    rss: float


class Program:
    """A command in a process group of its own, its output in a file."""

    def __init__(self, command: Sequence[str], folder: Path, log: Path, env: Mapping[str, str]) -> None:
        self._command, self._folder, self._log, self._name = list(command), folder, log, Path(command[0]).name
        self._env = {**os.environ, **QUIET, **env}
        self._child: subprocess.Popen[bytes] | None = None
        self._seen: set[Process] = set()
        self.started = 0.0

    def start(self) -> None:
        """Starts the command; `started` is when."""
        with self._log.open("wb") as log:
            self.started = time.perf_counter()
            self._child = subprocess.Popen(self._command, cwd=self._folder, env=self._env, stdin=subprocess.DEVNULL, stdout=log,
                                           stderr=subprocess.STDOUT, start_new_session=True)

    def seconds(self) -> float:
        """Returns the seconds since the start."""
        return time.perf_counter() - self.started

    def need_running(self) -> None:
        """Raises BenchError with the last lines of output where the program ended by itself."""
        if self._child is None or self._child.poll() is not None:
            raise BenchError(f"{self._name} ended by itself; the end of its output:\n{self._last_lines()}")

    def finish(self, within: float) -> float:
        """Waits for the program's end and returns its seconds; raises BenchError where it failed or took too long."""
        assert self._child is not None
        try:
            code = self._child.wait(within)
        except subprocess.TimeoutExpired:
            raise BenchError(f"{self._name} was not done after {within:.0f} s") from None
        seconds = self.seconds()
        if code:
            raise BenchError(f"{self._name} failed; the end of its output:\n{self._last_lines()}")
        return seconds

    def memory(self) -> Memory | None:
        """Returns the memory of the program and all that it started; None where the system does not tell."""
        try:
            rows = [_resident(process.number) for process in self._tree()]
        except PermissionError:  # root alone looks into a running Confianza
            return None
        return Memory(sum(row.get("Pss", 0) for row in rows) / 1024, sum(row.get("Rss", 0) for row in rows) / 1024) if rows else None

    @property
    def number(self) -> int:
        """The process number of the command itself; 0 before its start."""
        return self._child.pid if self._child else 0

    def numbers(self) -> list[int]:
        """The process numbers of the command and of all that it has started."""
        return [process.number for process in self._tree()]

    def ended(self) -> bool:
        """True where the command has ended, by itself or by somebody's hand."""
        return self._child is not None and self._child.poll() is not None

    def stop(self) -> None:
        """Asks the program to end, waits, then ends by force what is left of it and of what it started."""
        if self._child is None:
            return
        self._tree()
        if self._child.poll() is None:
            _signal_group(self._child.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(STOP_SECONDS)
        left = {process.group for process in _processes() if process in self._seen}
        if self._child.poll() is None:
            left.add(self._child.pid)
        for group in left:
            _signal_group(group, signal.SIGKILL)
        self._child.wait()

    def _tree(self) -> list[Process]:
        """Returns the program's process and all below it. `confianza run` gives each of its processes a group of its own."""
        assert self._child is not None
        everything = _processes()
        tree = [process for process in everything if process.number == self._child.pid]
        for process in tree:  # grows while it is walked
            tree += [other for other in everything if other.parent == process.number]
        self._seen.update(tree)
        return tree

    def _last_lines(self, count: int = 20) -> str:
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


@contextmanager
def running(program: Program) -> Iterator[Program]:
    """Starts a program and ends it however the block ends; Ctrl-C waits while it starts or stops."""
    try:
        with uninterrupted():
            program.start()
        yield program
    finally:
        with uninterrupted():
            program.stop()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Holds back Ctrl-C and its like until the block is done."""
    came: list[int] = []

    def remember(number: int, _frame: Any) -> None:
        came.append(number)

    before = {number: signal.signal(number, remember) for number in interrupts()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


def interrupts() -> list[signal.Signals]:
    """Returns the signals that are to end the benchmark: not those that its starter (nohup, for one) had it ignore."""
    return [s for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) is not signal.SIG_IGN]


def _processes() -> list[Process]:
    """Returns all processes of the machine that are not dead."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if fields[0] not in "ZX":
                found.append(Process(int(folder.name), start=int(fields[19]), parent=int(fields[1]), group=int(fields[2])))
    return found


def _resident(number: int) -> dict[str, int]:
    """Returns the kilobytes in /proc/<number>/smaps_rollup by their names."""
    with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        lines = (PROC / str(number) / "smaps_rollup").read_text().splitlines()[1:]
        return {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return {}


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)
