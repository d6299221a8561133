"""Trainings that advocates start: of which draft, by whom, and compared with which live model.

The content that a model learns is a commit under refs/trainings/, so that it can be told at any time what the model was taught.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import HistoryError, RefusedError
from bot.history.candidate import judge, lay_out
from bot.history.drafts import Draft, Drafts
from bot.history.repository import Change, Person, Repository
from bot.learning.lessons import lessons, teaches
from bot.learning.modelreports import digest
from bot.learning.models import LIVE, ModelError, Models
from bot.learning.trainingjobs import KEPT_JOBS, content_folder, running_job, start
from bot.settings import Settings

PREFIX = "refs/trainings/"

@dataclass(frozen=True)
class Training:
    """One training. commit: the content that was learned; title: its draft's, "" for what was live.

    draft, tip: the draft's id and its version; rival: the hash of the live model that it is compared with.
    """

    id: str
    commit: str
    by: Person
    at: datetime
    title: str = ""
    draft: str = ""
    tip: str = ""
    rival: str = ""


class Trainings:
    """The trainings of a checkout."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._repository = Repository(settings.root)
        self._drafts = Drafts(self._repository)
        self._models = Models(settings.root)

    def all(self) -> list[Training]:
        """Returns those that are kept, the newest first."""
        found = (_described(name, self._repository.change(tip)) for name, tip in self._repository.refs(PREFIX).items())
        return sorted(found, key=lambda training: (training.at, training.id), reverse=True)

    def get(self, id_: str) -> Training | None:
        """Returns one, or None."""
        tip = self._repository.refs(PREFIX).get(id_)
        return _described(id_, self._repository.change(tip)) if tip else None

    def choices(self) -> list[Draft]:
        """Returns the drafts that a model can learn from."""
        return [draft for draft in self._drafts.all() if not draft.returned and teaches(self._drafts.changes(draft))]

    def begin(self, by: Person, draft: Draft | None = None) -> str | None:
        """Starts a training of a draft (None: of what is live) and returns its id; None where one runs already.

        Raises RefusedError and ClashError where the draft could not go live as it is, ModelError where the disk is full.
        """
        if running_job(self._settings) is not None:
            return None
        self._tidy()
        id_ = self._new_id()
        commit = self._content(id_, by, draft)
        self._repository.point(PREFIX + id_, commit, None)
        begun = False
        try:
            begun = self._start(id_, commit)
        finally:
            if not begun:
                self._repository.drop(PREFIX + id_, commit)
                shutil.rmtree(content_folder(self._settings, id_), ignore_errors=True)
        return id_ if begun else None

    def measure(self) -> str | None:
        """Starts a measurement of the live model and returns the job's id; None where another job runs."""
        id_ = self._new_id()
        return id_ if start(self._settings, self._settings.root, id_, only_measure=True) == "started" else None

    def unlearned(self) -> int | None:
        """Returns how many published examples the live model was not taught; None where nobody knows."""
        live = self._models.reports().get(LIVE)
        if live is None or live.report is None or not live.report.commit:
            return None
        try:
            self._repository.change(live.report.commit)
        except HistoryError:
            return None  # git threw it away
        return len(lessons(self._repository.files()) - lessons(self._repository.files(live.report.commit)))

    def _content(self, id_: str, by: Person, draft: Draft | None) -> str:
        """Stores what is to be learned as a commit that no branch holds, and returns its id."""
        live, changes = self._drafts.candidate(draft) if draft else (self._repository.head(), {})
        found = judge(self._repository.files(live).changed(changes)) if draft else ()
        if found:
            raise RefusedError("; ".join(finding.text for finding in found[:3]), found)
        rows = {"Training": id_, "Draft": draft.id if draft else "", "Draft-Tip": draft.tip if draft else "",
                "Rival": digest(self._models.path(LIVE))}
        trailers = "\n".join(f"{name}: {value}" for name, value in rows.items() if value)
        message = f"{draft.title if draft else 'What is live'}\n\nLearned by a model.\n\n{trailers}"
        return self._repository.commit(live, changes, by, message)

    def _start(self, id_: str, commit: str) -> bool:
        folder = content_folder(self._settings, id_)
        try:
            lay_out(self._repository.files(commit), folder)
        except OSError as error:
            raise ModelError(f"the content could not be laid out ({error.strerror})") from error
        return start(self._settings, folder, id_, commit) == "started"

    def _new_id(self) -> str:
        return f"{self._settings.today():%Y%m%d}-{secrets.token_hex(3)}"

    def _tidy(self) -> None:
        """Forgets the oldest trainings, but for those whose model is still here."""
        used = {model.report.commit for model in self._models.reports().values() if model.report}
        for training in self.all()[KEPT_JOBS:]:
            if training.commit not in used:
                self._repository.drop(PREFIX + training.id, training.commit)


def _described(id_: str, change: Change) -> Training:
    rows = change.trailers
    return Training(
        id=id_, commit=change.id, by=change.author, at=change.at, title=change.title if rows.get("Draft") else "",
        draft=rows.get("Draft", ""), tip=rows.get("Draft-Tip", ""), rival=rows.get("Rival", ""),
    )
