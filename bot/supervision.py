"""Starts a process anew that ended by itself: nobody's night is to end with a crash. Within limits, and never in silence.

What cannot even start is not tried again, and what ends again and again ends everything, as it did before: whoever watches over
`confianza run` must learn of it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from honcho.manager import Manager
from honcho.process import Process

# Who ends within so many seconds of the first start was never there: a port is taken, a model is broken.
STARTED_SECONDS = 20.0
MOST_RESTARTS, WITHIN_SECONDS = 5, 600.0
PAUSE_SECONDS = 1.0


class Restarts:
    """How often one process may still be started anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._times: list[float] = []

    def may(self) -> bool:
        """True where a process that has just ended is to be started anew; counts it."""
        now = self._clock()
        if not self._times and now - self._began < STARTED_SECONDS:
            return False
        if sum(now - at < WITHIN_SECONDS for at in self._times) >= MOST_RESTARTS:
            return False
        self._times.append(now)
        return True


class Restarted(Process):
    """Honcho's process in a process of its own, which outlives the program that it runs. over: set when all is to end."""

    def __init__(self, *args: Any, over: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._over = over

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Runs the program until it ends for good; whoever started this learns of every start and of one end."""
        if ignore_signals:
            signal.signal(signal.SIGINT, _go_on)
            signal.signal(signal.SIGTERM, _go_on)
        self._events = events
        restarts = Restarts()
        code = self._once()
        while not self._over.is_set() and restarts.may() and not self._over.wait(PAUSE_SECONDS):
            self._send_message(f"ended by itself ({code}) and is started anew\n".encode())
            code = self._once()
        self._send_message({"returncode": code}, type="stop")

    def _once(self) -> int:
        """Runs the program once and returns its exit code; what it leaves behind of itself ends with it."""
        child = self._child_ctor(self.cmd, env=self.env, cwd=self.cwd)
        self._send_message({"pid": child.pid}, type="start")
        for line in iter(child.stdout.readline, b""):
            self._send_message(line)
        child.stdout.close()
        code = int(child.wait())
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        return code


class Supervisor(Manager):  # type: ignore[misc]
    """Honcho's manager, which starts anew what ended by itself."""

    def __init__(self, printer: Any = None) -> None:
        super().__init__(printer)
        self._over = multiprocessing.Event()
        self._process_ctor = lambda *args, **kwargs: Restarted(*args, over=self._over, **kwargs)

    def terminate(self) -> None:
        """Ends everything; from now on nothing is started anew."""
        self._over.set()
        super().terminate()


def _go_on(_number: int, _frame: Any) -> None:
    """Told to end, this process waits for its program, which is told too. (To ignore the signals would be handed down to the program.)"""
