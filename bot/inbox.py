"""Questions that we could not answer, redacted, on their way to the advocates: kept in memory, written in shuffled batches of a day.

Only where the operator switched it on. A batch tells the day and no time; a question stands among at least five.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.core.privacy import has_digit, words_kept
from bot.core.text import MAX_CHARACTERS
from bot.ending import at_end
from bot.settings import Settings

FULL, LEAST_QUESTIONS, LEAST_WORDS = 20, 5, 2
MOST_BYTES = 1 << 20
LOOK_EVERY_SECONDS = 60.0


@dataclass(frozen=True)
class Question:
    """A redacted question and its language."""

    language: str
    text: str


@dataclass(frozen=True)
class Batch:
    """Questions of one day, in no order."""

    day: date
    questions: tuple[Question, ...]


class Inbox:
    """The questions of one process that are not yet written. Never raises: what cannot be written is dropped."""

    def __init__(self, folder: Path, today: Callable[[], date]) -> None:
        self._folder = folder
        self._today = today
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._day: date | None = None
        self._questions: list[Question] = []

    def put(self, question: Question) -> None:
        """Keeps a redacted question, if two words are left of it; the twentieth writes them all."""
        if words_kept(question.text) < LEAST_WORDS:
            return
        with self._lock:
            self._turn()
            self._questions.append(question)
            if len(self._questions) >= FULL:
                self._empty()
            self._arm()

    def turn(self) -> None:
        """Ends the day that is over: five questions or more are written, fewer are dropped. Comes again while any wait."""
        with self._lock:
            self._timer = None
            self._turn()
            self._arm()

    def close(self) -> None:
        """Ends the day, because the process ends."""
        with self._lock:
            self._empty()

    def _arm(self) -> None:
        if self._questions and self._timer is None:
            self._timer = threading.Timer(LOOK_EVERY_SECONDS, self.turn)
            self._timer.daemon = True
            self._timer.start()

    def _turn(self) -> None:
        day = self._today()
        if day != self._day:
            self._empty()
            self._day = day

    def _empty(self) -> None:
        questions, self._questions = self._questions, []
        if self._day and len(questions) >= LEAST_QUESTIONS:
            random.SystemRandom().shuffle(questions)
            with contextlib.suppress(OSError):  # a full disk: they are dropped
                _write(self._folder, Batch(self._day, tuple(questions)))


def _write(folder: Path, batch: Batch) -> None:
    """Writes one file with a random name; its time and the folder's are that day's midnight."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.json"
    draft = path.with_suffix(".part")
    value = {"day": batch.day.isoformat(), "questions": [asdict(question) for question in batch.questions]}
    midnight = datetime(batch.day.year, batch.day.month, batch.day.day).timestamp()
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
        os.utime(draft, (midnight, midnight))
        draft.replace(path)
        os.utime(folder, (midnight, midnight))
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def collect(folder: Path) -> list[Batch]:
    """Returns the batches of a folder and deletes their files, oldest day first; what has a wrong form is deleted unread.

    Raises OSError where a file can be read but not deleted: better a batch late than twice.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        batch = _read(path)
        path.unlink(missing_ok=True)
        if batch:
            found.append(batch)
    return sorted(found, key=lambda batch: batch.day)


def _read(path: Path) -> Batch | None:
    try:
        if path.is_symlink() or path.stat().st_size > MOST_BYTES:
            return None
        raw = json.loads(path.read_text(encoding="utf-8"))
        questions = tuple(_questions(raw["questions"]))
        return Batch(date.fromisoformat(raw["day"]), questions) if len(questions) >= LEAST_QUESTIONS else None
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _questions(rows: Any) -> Iterator[Question]:
    """Yields the questions; raises TypeError or ValueError for one that the door cannot have written."""
    if not isinstance(rows, list) or len(rows) > FULL:
        raise TypeError("no list of questions")
    for row in rows:
        language, text = row["language"], row["text"]
        if not isinstance(language, str) or not isinstance(text, str) or not language.isalpha() or len(language) > 8:
            raise TypeError("no question")
        if has_digit(text) or len(text) > MAX_CHARACTERS:
            raise ValueError("not redacted")
        yield Question(language, text)


@lru_cache(maxsize=4)
def inbox(settings: Settings) -> Inbox:
    """The process's inbox, in the state folder."""
    made = Inbox(settings.state / "inbox", settings.today)
    at_end(made.close)
    return made
