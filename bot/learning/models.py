"""The models on disk: the live one, the one before it, and candidates that nobody has made live yet.

At every instant there is a whole live model: each step is one rename. What a crash leaves half done is either finished or
undone by whoever comes next (`_settle`). A report says which model it is about by the model's hash, not by its own name alone: so
it finds its model again after a crash between the two renames.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.core.errors import ConfianzaError
from bot.learning.modelreports import REPORT, Report, digest, write, written

LIVE, PREVIOUS, RETURNING = "confianza", "previous", "returning"
CANDIDATE = "candidate-"
SUFFIX = ".tar.gz"
KEPT_CANDIDATES = 3
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

Promotion = Literal["live", "absent", "worse"]


class ModelError(ConfianzaError):
    """A model cannot be made, moved or described; the message says what to do."""

    code = "model-failed"


@dataclass(frozen=True)
class Model:
    """One model on disk; `name` is "confianza" (live), "previous" or "candidate-<id>"; report None: never measured."""

    name: str
    path: Path
    report: Report | None


class Models:
    """The folder `models` of a checkout."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "models"

    def path(self, name: str) -> Path:
        """Returns where the model of a name is or would be."""
        return self.folder / f"{name}{SUFFIX}"

    def reports(self) -> dict[str, Model]:
        """Returns the models that are there by name: the live one, the previous one, then candidates, the newest first."""
        known = dict(written(self.folder))
        names = [name for name in (LIVE, PREVIOUS) if self.path(name).exists()] + self._candidates()
        return {name: Model(name, self.path(name), known.get(digest(self.path(name)))) for name in names}

    def describe(self, name: str, report: Report) -> None:
        """Writes a model's report beside it; raises ModelError where the disk does not take it."""
        try:
            write(self.folder / f"{name}{REPORT}", report, self.path(name))
        except OSError as error:
            raise ModelError(f"the model's report could not be written ({error.strerror})") from error

    def promote(self, candidate: str) -> Promotion:
        """Makes the candidate of an id live; the live model becomes the previous one.

        "absent": there is no such candidate; "worse": its report does not let it go live (or there is none). Nothing changed then.
        """
        name = CANDIDATE + candidate
        with self._locked():
            if not is_id(candidate) or not self.path(name).exists():
                return "absent"
            report = self.reports()[name].report
            if report is None or not report.allowed:
                return "worse"
            self._go_live(name)
        return "live"

    def bring_back(self) -> bool:
        """Changes the live and the previous model about; False where there is no previous one."""
        with self._locked():
            if not self.path(PREVIOUS).exists():
                return False
            os.replace(self.path(PREVIOUS), self.path(RETURNING))
            _replace_report(self.folder, PREVIOUS, RETURNING)
            self._go_live(RETURNING)
        return True

    def discard(self, candidate: str) -> None:
        """Throws a candidate away, where it is there."""
        if is_id(candidate):
            (self.folder / f"{CANDIDATE}{candidate}{REPORT}").unlink(missing_ok=True)
            self.path(CANDIDATE + candidate).unlink(missing_ok=True)

    def tidy(self, keep: int = KEPT_CANDIDATES) -> None:
        """Throws all candidates away but the newest: each takes some 30 MB."""
        for name in self._candidates()[keep:]:
            self.discard(name.removeprefix(CANDIDATE))

    def _go_live(self, name: str) -> None:
        """Keeps the live model as the previous one, then moves the named one to its place. Needs the lock."""
        if self.path(LIVE).exists():
            _twin(self.path(LIVE), self.path(PREVIOUS))
            if (self.folder / f"{LIVE}{REPORT}").exists():
                _twin(self.folder / f"{LIVE}{REPORT}", self.folder / f"{PREVIOUS}{REPORT}")
        _sync(self.path(name))
        os.replace(self.path(name), self.path(LIVE))
        _replace_report(self.folder, name, LIVE)

    def _candidates(self) -> list[str]:
        paths = sorted(self.folder.glob(f"{CANDIDATE}*{SUFFIX}"), key=lambda p: (-p.stat().st_mtime_ns, p.name))
        return [path.name.removesuffix(SUFFIX) for path in paths]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Holds the lock of all who move models; foreign errors of the disk become ours."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / ".lock").open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                self._settle()
                yield
        except OSError as error:
            raise ModelError(f"the models could not be moved ({error.strerror}); the live one is whole") from error

    def _settle(self) -> None:
        """Undoes or finishes what a dead process began. Needs the lock."""
        if self.path(RETURNING).exists():
            os.replace(self.path(RETURNING), self.path(PREVIOUS))
            _replace_report(self.folder, RETURNING, PREVIOUS)
        for report in self.folder.glob(f"*{REPORT}"):
            name = report.name.removesuffix(REPORT)
            if name != LIVE and not self.path(name).exists():
                self._settle_report(report)

    def _settle_report(self, report: Path) -> None:
        """Brings a report without a model to the live one, where it is about that, else takes it away."""
        if digest(self.path(LIVE)) in dict(written(self.folder, report.name)):
            os.replace(report, self.folder / f"{LIVE}{REPORT}")
        else:
            report.unlink()


def is_id(text: str) -> bool:
    """True for what may name a candidate: small letters, digits and hyphens."""
    return bool(_ID.fullmatch(text))


def _twin(source: Path, target: Path) -> None:
    """Gives a file a second name in place of what had it; copies where the disk knows no links."""
    draft = target.with_name(f".{target.name}")
    draft.unlink(missing_ok=True)
    try:
        _link(source, draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)  # a rename between two names of one file does nothing


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _sync(path: Path) -> None:
    """Sees to it that a file is on the disk before its name counts."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _replace_report(folder: Path, name: str, new: str) -> None:
    """Moves a report along with its model, where there is one; another model's may stay, since its hash says so."""
    source = folder / f"{name}{REPORT}"
    if source.exists():
        os.replace(source, folder / f"{new}{REPORT}")
