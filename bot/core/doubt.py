"""Which intent comes first when some cost more to miss, and when the first is too doubtful to be answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Limits:
    """threshold: least probability of the first intent; ambiguity: least lead over the second; strangeness: how many
    times likelier than out_of_scope an answer must be, since a false answer costs more than a question back."""

    threshold: float = 0.7
    ambiguity: float = 0.2
    strangeness: float = 8.0


def by_cost(ranking: Sequence[tuple[str, float]], urgent: Collection[str], urgency: float) -> list[tuple[str, float]]:
    """Returns the ranked intents with what their probability weighs, the heaviest first; equal ones stay in their order.

    urgent: intents that must not be missed; urgency: how many times as much it costs to miss one of them.
    """
    weighed = [(name, chance * (urgency if name in urgent else 1.0)) for name, chance in ranking]
    return sorted(weighed, key=lambda pair: -pair[1])


def doubts(ranking: Sequence[tuple[str, float]], limits: Limits) -> tuple[str, ...]:
    """Returns the limits that the first of the ranked intents misses; () where it may be answered.

    ranking: intents with their probability (or what it weighs, see `by_cost`), best first.
    """
    first, chance = ranking[0]
    lead = chance - (ranking[1][1] if len(ranking) > 1 else 0.0)
    strange = dict(ranking).get(OUT_OF_SCOPE, 0.0)
    missed = {
        "threshold": chance < limits.threshold,
        "ambiguity": lead < limits.ambiguity,
        "strangeness": first != OUT_OF_SCOPE and chance < limits.strangeness * strange,
    }
    return tuple(name for name, misses in missed.items() if misses)
