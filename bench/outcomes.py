"""What a compared program said, and the figures of it: accuracy, what was answered, the curve, milliseconds."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures import percentile
from tables import Message

from bot.core.doubt import OUT_OF_SCOPE
from bot.core.scores import Judged, report

POINTS = 40
SHARES = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Outcome:
    """Seconds from the process's start to its first answer, resident megabytes, the answers in the messages' order.

    An answer has `ms` and what the program can tell: best, given, confidence, language. language_ms: of our identifier alone.
    thresholds: the limits that the model itself states.
    """

    ready: float
    megabytes: float | None
    answers: tuple[dict[str, Any], ...]
    language_ms: tuple[float, ...]
    thresholds: dict[str, float]

    @classmethod
    def read(cls, path: Path, started: float) -> Outcome:
        """Reads what a worker wrote. started: when its process began, in seconds since 1970."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        times = tuple(raw.get("language_ms") or ())
        return cls(raw["ready"] - started, raw["megabytes"], tuple(raw["answers"]), times, raw.get("thresholds", {}))

    @property
    def knows_languages(self) -> bool:
        """True where the program finds out the language by itself."""
        return any(answer.get("language") for answer in self.answers)


def judged(messages: Sequence[Message], outcome: Outcome) -> list[Judged]:
    """Returns each message with what was understood."""
    return [Judged(m.language, m.intent, m.register, m.text, a["language"] or "", a["best"], a["given"])
            for m, a in zip(messages, outcome.answers, strict=True)]


def understanding(messages: Sequence[Message], outcome: Outcome) -> dict[str, Any]:
    """Returns the figures of all messages, by language and by register; no language figures for who was told it."""
    found = report(judged(messages, outcome), worst=0)
    found.pop("confusions")
    if not outcome.knows_languages:
        for group in (found, *found["by_language"].values(), *found["by_register"].values()):
            group["language_accuracy"] = None
    return found


def languages(messages: Sequence[Message], outcome: Outcome) -> dict[str, float]:
    """Returns the share of messages whose language was found: of all, and by language."""
    right: dict[str, list[bool]] = {"all": []}
    for message, answer in zip(messages, outcome.answers, strict=True):
        for group in ("all", message.language):
            right.setdefault(group, []).append(answer["language"] == message.language)
    return {group: round(sum(marks) / len(marks), 4) for group, marks in right.items()}


def curve(messages: Sequence[Message], outcome: Outcome, points: int = POINTS) -> list[dict[str, float]]:
    """Returns what one limit on the confidence would give, from strict to none.

    Each point: threshold, answered (share of the messages in scope), right (of those), false_answers (share of those out of scope).
    """
    pairs = list(zip(messages, outcome.answers, strict=True))
    inside = [(a["confidence"], a["best"] == m.intent) for m, a in pairs if m.intent != OUT_OF_SCOPE and a["best"] != OUT_OF_SCOPE]
    outside = [a["confidence"] for m, a in pairs if m.intent == OUT_OF_SCOPE and a["best"] != OUT_OF_SCOPE]
    asked = sum(m.intent != OUT_OF_SCOPE for m in messages)
    strange = len(messages) - asked
    inside.sort(key=lambda pair: -pair[0])
    limits = sorted({inside[(len(inside) - 1) * step // points][0] for step in range(1, points + 1)}, reverse=True) if inside else []
    return [_point(limit, inside, outside, asked, strange) for limit in limits]


def at_share(line: Sequence[dict[str, float]], share: float) -> float | None:
    """Returns how many of the answered are right where at least this share is answered; None where it is never reached."""
    return next((point["right"] for point in line if point["answered"] >= share), None)


def milliseconds(times: Sequence[float]) -> dict[str, float]:
    """Returns median, 95th percentile and mean."""
    return {"p50": round(statistics.median(times), 3), "p95": round(percentile(times, 95), 3), "mean": round(statistics.fmean(times), 3)}


def _point(limit: float, inside: Sequence[tuple[float, bool]], outside: Sequence[float], asked: int, strange: int) -> dict[str, float]:
    answered = [right for confidence, right in inside if confidence >= limit]
    false = sum(confidence >= limit for confidence in outside)
    return {"threshold": round(limit, 4), "answered": round(len(answered) / asked, 4), "right": round(sum(answered) / len(answered), 4),
            "false_answers": round(false / strange, 4) if strange else 0.0}
