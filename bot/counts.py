"""The week's numbers: held in memory, written to a file a week once a cell has reached ten; no text, no person, no time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from bot.core.tally import Week, merged, monday_of, sound, week_of
from bot.ending import at_end

WRITE_EVERY_SECONDS = 60.0


class Counts:
    """What one process has counted and not yet written. Several processes may add to one folder.

    Nothing here ever raises for a full disk or a broken file: what cannot be written waits for the next time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, Counter[str]] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, cells: Iterable[str], day: date) -> None:
        """Raises cells of the day's week by one; a minute later they are written, where they have reached ten."""
        with self._lock:
            self._waiting.setdefault(week_of(day), Counter()).update(cells)
            self._arm()

    def _arm(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(WRITE_EVERY_SECONDS, self.write)
            self._timer.daemon = True
            self._timer.start()

    def write(self) -> bool:
        """Writes what has reached ten; what has not goes on waiting, and is dropped once its week is over. False: no disk."""
        with self._writing:
            with self._lock:
                self._timer, taken, self._waiting = None, self._waiting, {}
            left = {week: _written(self._folder, week, cells) for week, cells in taken.items()}
            with self._lock:
                self._take_back(taken, left)
            return None not in left.values()

    def _take_back(self, taken: dict[str, Counter[str]], left: dict[str, Counter[str] | None]) -> None:
        latest = max([*taken, *self._waiting], default="")
        for week, cells in left.items():
            if cells is None:  # it could not be written: all of it waits for another time
                self._waiting.setdefault(week, Counter()).update(taken[week])
                self._arm()
            elif week == latest:
                self._waiting.setdefault(week, Counter()).update(cells)


def _written(folder: Path, week: str, waiting: Counter[str]) -> Counter[str] | None:
    """Adds to a week's file; returns what is still below ten, or None where the disk did not take it."""
    try:
        with _alone(folder):
            kept, left = merged(_cells(folder / f"{week}.json"), waiting)
            if len(left) < len(waiting):
                _replace(folder / f"{week}.json", {"week": week, "cells": kept}, monday_of(week))
            return Counter(left)
    except OSError:
        return None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time reads, adds and writes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _cells(path: Path) -> dict[str, int]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # a broken file counts from nothing again
        return {}
    return sound(raw.get("cells")) if isinstance(raw, dict) else {}


def _replace(path: Path, value: dict[str, object], day: date) -> None:
    """Writes beside the file and moves it there; its time is its week's Monday, so that it does not tell when somebody asked."""
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
        midnight = datetime(day.year, day.month, day.day).timestamp()
        os.utime(draft, (midnight, midnight))
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def read_weeks(folder: Path) -> tuple[Week, ...]:
    """Returns the weeks of a folder, newest first; what is no week's file, or is broken, is left out. Raises OSError."""
    found = (Week(path.stem, _cells(path)) for path in folder.glob("*.json") if _is_week(path.stem))
    return tuple(sorted((week for week in found if week.cells), key=lambda week: week.name, reverse=True))


def _is_week(name: str) -> bool:
    try:
        return bool(monday_of(name))
    except ValueError:
        return False


@lru_cache(maxsize=4)
def counts(state: Path) -> Counts:
    """The process's counts; what has reached ten is also written when the process ends. state: the folder for what is not in git."""
    made = Counts(state / "counts")
    at_end(made.write)
    return made
