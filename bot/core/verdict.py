"""Whether a new model may take the place of the live one: no language may get worse.

One measure: points. A message answered rightly is a point; a question back is none; a wrong answer costs two, since it
may cost the asker dearly and looks like a right one. What is none of our business is a point unless it gets an answer.
Accuracy alone would praise a model that answers more and errs more; the share answered alone, one that dares anything.

Both models judge the same messages, so only messages that they judge differently count, and chance is told from loss by
them: where each difference might as well have gone the other way, their sum strays by about the root of the sum of
their squares. A language is worse where its loss is more than TOLERANCE times that. With some hundred messages: five
right answers lost and nothing gained is worse, four are not; nine lost and two gained is worse, eight are not. Small losses
everywhere add up, so all languages together are judged in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.core.errors import ContentError
from bot.core.scores import Judged

RIGHT, ASKED_BACK, WRONG = 1, 0, -2
# A language that did not change is called worse by chance in about one comparison of forty; one of eight languages, in about one of
# six trainings (with 1.64 instead, one of three). The one training that was measured, with two examples more, changed 4 of 100 outcomes.
TOLERANCE = 2.0


@dataclass(frozen=True)
class Change:
    """One language: points a message before and after (-2 to 1); how many messages gained points and how many lost some.

    state: "better", "worse" or "same" (as good as the differences can tell).
    """

    before: float
    after: float
    gained: int
    lost: int
    state: str


@dataclass(frozen=True)
class Verdict:
    """Each language's change, and that of all together; `unmeasured` are languages that there is no message for."""

    languages: dict[str, Change]
    overall: Change
    unmeasured: tuple[str, ...] = ()

    @property
    def better(self) -> tuple[str, ...]:
        return self._in_state("better")

    @property
    def worse(self) -> tuple[str, ...]:
        return self._in_state("worse")

    @property
    def allowed(self) -> bool:
        """True where the new model may go live: every language was measured, none is worse, nor are all together."""
        return not (self.worse or self.unmeasured or self.overall.state == "worse")

    def _in_state(self, state: str) -> tuple[str, ...]:
        return tuple(code for code, change in self.languages.items() if change.state == state)


def points(row: Judged) -> int:
    """Returns what one message's outcome is worth."""
    if not row.answered:
        return ASKED_BACK if row.in_scope else RIGHT
    return RIGHT if row.given == row.intent else WRONG


def compare(before: Sequence[Judged], after: Sequence[Judged], languages: Collection[str] = ()) -> Verdict:
    """Judges two models on the same messages in the same order; raises ContentError where they are not the same, or none.

    languages: those that must be measured; the others are judged as well where they have messages.
    """
    if [(r.language, r.intent, r.text) for r in before] != [(r.language, r.intent, r.text) for r in after]:
        raise ContentError("the two models were measured on different messages; measure them again")
    if not before:
        raise ContentError("there are no messages to measure a model with; put tables into the evaluation folder")
    pairs: dict[str, list[tuple[int, int]]] = {}
    for old, new in zip(before, after):
        pairs.setdefault(old.language, []).append((points(old), points(new)))
    return Verdict(
        languages={code: _change(pairs[code]) for code in sorted(pairs)},
        overall=_change([pair for group in pairs.values() for pair in group]),
        unmeasured=tuple(sorted(set(languages) - set(pairs))),
    )


def _change(pairs: Sequence[tuple[int, int]]) -> Change:
    steps = [new - old for old, new in pairs if new != old]
    return Change(
        before=_mean(old for old, _ in pairs), after=_mean(new for _, new in pairs),
        gained=sum(step > 0 for step in steps), lost=sum(step < 0 for step in steps), state=_state(steps),
    )


def _state(steps: Sequence[int]) -> str:
    """Tells loss from chance: `steps` are the differences in points, one a message that changed."""
    limit = TOLERANCE * sqrt(sum(step * step for step in steps))
    total = sum(steps)
    if abs(total) <= limit:
        return "same"
    return "better" if total > 0 else "worse"


def _mean(values: Iterable[int]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 4)
