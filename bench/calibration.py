"""Whether confidences mean what they say, and whether the messages that cannot wait are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from outcomes import Outcome
from tables import Message

BINS = 10
# What costs most when it is taken for something else.
URGENT = ("emergency", "ice_at_door", "family_detained", "domestic_violence")


def reliability(messages: Sequence[Message], outcome: Outcome, bins: int = BINS) -> list[dict[str, float]]:
    """Returns, for each range of confidence in which there is a message: count, mean confidence, share whose first intent was right."""
    heaps: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for message, answer in zip(messages, outcome.answers, strict=True):
        confidence = float(answer["confidence"])
        heaps[min(int(confidence * bins), bins - 1)].append((confidence, answer["best"] == message.intent))
    return [_heap(heap) for heap in heaps if heap]


def calibration_error(heaps: Sequence[dict[str, float]]) -> float:
    """Returns the expected calibration error: how far confidence and share right lie apart, weighed by messages (Guo et al., 2017)."""
    total = sum(heap["count"] for heap in heaps)
    return round(sum(heap["count"] * abs(heap["confidence"] - heap["right"]) for heap in heaps) / total, 4)


def urgent(messages: Sequence[Message], outcome: Outcome) -> dict[str, Any]:
    """Returns for each urgent intent, and for all of them: messages, share found, share answered with something else."""
    pairs = [(m.intent, a["best"], a["given"]) for m, a in zip(messages, outcome.answers, strict=True) if m.intent in URGENT]
    groups = {name: [pair for pair in pairs if pair[0] == name] for name in URGENT}
    return {name: _found(group) for name, group in {**groups, "all": pairs}.items() if group}


def _found(pairs: Sequence[tuple[str, str, str]]) -> dict[str, float]:
    found = sum(best == intent for intent, best, _ in pairs)
    misled = sum(given == best != intent for intent, best, given in pairs)
    return {"messages": len(pairs), "found": round(found / len(pairs), 4), "misled": round(misled / len(pairs), 4)}


def _heap(heap: Sequence[tuple[float, bool]]) -> dict[str, float]:
    count = len(heap)
    return {"count": count, "confidence": round(sum(c for c, _ in heap) / count, 4), "right": round(sum(r for _, r in heap) / count, 4)}
