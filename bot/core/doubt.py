"""When the first intent is too doubtful to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Limits:
    """threshold: least probability of the first intent; ambiguity: least lead over the second; strangeness: how many
    times likelier than out_of_scope an answer must be, since a false answer costs more than a question back."""

    threshold: float = 0.475
    ambiguity: float = 0.08
    strangeness: float = 4.0


def doubts(ranking: Sequence[tuple[str, float]], limits: Limits) -> tuple[str, ...]:
    """Returns the limits that the first of the ranked intents misses; () where it may be answered.

    ranking: intents with their probability, best first.
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
