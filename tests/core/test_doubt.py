"""When an intent is too doubtful to be answered."""

from __future__ import annotations

import pytest

from bot.core.doubt import Limits, doubtful

LIMITS = Limits(threshold=0.4, ambiguity=0.1, strangeness=4.0)
CASES = {
    "sure": ((("trust_act", 0.9), ("sanctuary", 0.05)), False),
    "below the threshold": ((("trust_act", 0.39), ("sanctuary", 0.1)), True),
    "two are close": ((("trust_act", 0.5), ("sanctuary", 0.45)), True),
    "too near to what is none of our business": ((("raids_now", 0.6), ("out_of_scope", 0.2)), True),
    "far enough from it": ((("raids_now", 0.6), ("out_of_scope", 0.1)), False),
    "none of our business, surely": ((("out_of_scope", 0.6), ("raids_now", 0.1)), False),
    "none of our business, perhaps": ((("out_of_scope", 0.3), ("raids_now", 0.1)), True),
    "one intent only": ((("greet", 0.8),), False),
}


@pytest.mark.parametrize("ranking, doubt", CASES.values(), ids=CASES)
def test_doubt(ranking: tuple[tuple[str, float], ...], doubt: bool) -> None:
    """Doubtful is what is improbable, ambiguous, or too near to out_of_scope."""
    assert doubtful(ranking, LIMITS) is doubt
