"""Whether a model may go live, and how it does: together with the draft that it learned from, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.core.errors import ClashError, HistoryError
from bot.history.drafts import Draft, Drafts
from bot.history.files import Files
from bot.history.repository import Person, Repository
from bot.learning.lessons import DOMAIN, intents, known_topics, lessons
from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import digest
from bot.learning.models import CANDIDATE, LIVE, PREVIOUS, ModelError, Models
from bot.learning.trainings import Training
from bot.settings import Settings

# Why a model may not go live. absent: there is none; worse: its figures forbid it; overtaken: it was compared with another model
# than the one that is live; changed, returned, own, clash: of its draft; unpublished: it learned what is not published; unknown: it may
# not be loaded (`modelhashes`).
Obstacle = Literal["", "absent", "worse", "overtaken", "changed", "returned", "own", "clash", "unpublished", "unreadable", "unknown"]


@dataclass(frozen=True)
class Outcome:
    """What became of "make it live". commit: what was published with it, "" for nothing; live: whether the model is live now."""

    obstacle: Obstacle = ""
    commit: str = ""
    live: bool = False


class Promotion:
    """Models of a checkout on their way to residents."""

    def __init__(self, settings: Settings) -> None:
        self._repository = Repository(settings.root)
        self._drafts = Drafts(self._repository)
        self._models = Models(settings.root)
        self._hashes = ModelHashes(self._models.folder, settings.model_hashes)

    def waiting(self, training: Training) -> Draft | None:
        """Returns the draft of a training, where it still waits."""
        try:
            return self._drafts.get(training.draft) if training.draft else None
        except HistoryError:
            return None

    def obstacle(self, training: Training, approver: Person) -> Obstacle:
        """Returns why this person cannot make the candidate live, "" where they can."""
        report = self._models.reports().get(CANDIDATE + training.id)
        if report is None:
            return "absent"
        if report.report is None or not report.report.allowed:
            return "worse"
        if not self._hashes.knows(report.path):
            return "unknown"
        if digest(self._models.path(LIVE)) != training.rival:
            return "overtaken"
        return self._draft_obstacle(training, approver) or self._lesson_obstacle(training)

    def go_live(self, training: Training, approver: Person, told: Callable[[str], None] = lambda commit: None) -> Outcome:
        """Approves the draft, where it still waits, and makes the candidate live; neither where an obstacle stands.

        told: called with the commit as soon as the draft is published. Where the model cannot be moved then, the outcome says so
        and the candidate is kept. Raises the errors of `Drafts.approve`; nothing happened then.
        """
        obstacle = self.obstacle(training, approver)
        if obstacle:
            return Outcome(obstacle)
        draft, commit = self.waiting(training), ""
        if draft:
            commit = self._drafts.approve(draft, approver)
            told(commit)
        try:
            return Outcome(commit=commit, live=self._models.promote(training.id) == "live")
        except ModelError:
            return Outcome(commit=commit)

    def back_obstacle(self) -> Obstacle:
        """Returns why the previous model cannot be brought back, "" where it can: it must not know a topic that has no answer."""
        if not self._models.path(PREVIOUS).exists():
            return "absent"
        try:
            unknown = known_topics(self._models.path(PREVIOUS)) - intents(self._repository.files().read(DOMAIN))
        except ModelError:
            return "unreadable"
        if not self._hashes.knows(self._models.path(PREVIOUS)):
            return "unknown"
        return "unpublished" if unknown else ""

    def _draft_obstacle(self, training: Training, approver: Person) -> Obstacle:
        draft = self.waiting(training)
        if draft is None:
            return ""
        if draft.by(approver.username):
            return "own"
        if draft.returned:
            return "returned"
        return "" if draft.tip == training.tip else "changed"

    def _lesson_obstacle(self, training: Training) -> Obstacle:
        """What a model learned must be live, or go live with it: a draft may have been thrown away, or taken back."""
        draft = self.waiting(training)
        try:
            files = self._with(draft) if draft else self._repository.files()
        except ClashError:
            return "clash"
        learned = self._repository.files(training.commit)
        unknown = intents(learned.read(DOMAIN)) - intents(files.read(DOMAIN))
        return "unpublished" if unknown or lessons(learned) - lessons(files) else ""

    def _with(self, draft: Draft) -> Files:
        """Returns what is live with a draft on top; raises ClashError."""
        live, changes = self._drafts.candidate(draft)
        return self._repository.files(live).changed(changes)
