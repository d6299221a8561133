"""How well messages were understood: accuracies, what was answered, false answers, confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.doubt import FALLBACK, OUT_OF_SCOPE


@dataclass(frozen=True)
class Judged:
    """One evaluation message: what it is, and what was understood. `best` is the first intent, `given` what was answered."""

    language: str
    intent: str
    register: str
    text: str
    heard: str
    best: str
    given: str

    @property
    def in_scope(self) -> bool:
        return self.intent != OUT_OF_SCOPE

    @property
    def answered(self) -> bool:
        """True where an answer went out: neither a question back nor "I cannot help with that"."""
        return self.given not in (FALLBACK, OUT_OF_SCOPE)


def figures(rows: Sequence[Judged]) -> dict[str, Any]:
    """Returns the figures of a set of messages; a share is None where nothing counts towards it."""
    inside = [r for r in rows if r.in_scope]
    answered = [r for r in inside if r.answered]
    return {
        "messages": len(rows),
        "language_accuracy": _share(rows, lambda r: r.heard == r.language),
        "intent_accuracy": _share(rows, lambda r: r.best == r.intent),
        "answered": _share(inside, lambda r: r.answered),
        "right_of_answered": _share(answered, lambda r: r.given == r.intent),
        "false_answers": _share([r for r in rows if not r.in_scope], lambda r: r.answered),
    }


def report(rows: Sequence[Judged], worst: int = 20) -> dict[str, Any]:
    """Returns the figures of all, per language and per register, and the commonest confusions."""
    wrong = Counter((r.intent, r.best) for r in rows if r.intent != r.best)
    return {
        **figures(rows),
        "by_language": {k: figures([r for r in rows if r.language == k]) for k in _sorted(r.language for r in rows)},
        "by_register": {k: figures([r for r in rows if r.register == k]) for k in _sorted(r.register for r in rows)},
        "confusions": [{"intent": i, "taken_for": b, "count": n} for (i, b), n in wrong.most_common(worst)],
    }


def _share(rows: Sequence[Judged], counts: Callable[[Judged], bool]) -> float | None:
    return round(sum(map(counts, rows)) / len(rows), 4) if rows else None


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(set(values))
