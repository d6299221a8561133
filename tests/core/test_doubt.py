"""When an intent is too doubtful to be answered."""

from __future__ import annotations

import pytest

from bot.core.doubt import Limits, doubts

LIMITS = Limits(threshold=0.4, ambiguity=0.1, strangeness=4.0)
CASES = {
    "sure": ((("trust_act", 0.9), ("sanctuary", 0.05)), ()),
    "below the threshold": ((("trust_act", 0.39), ("sanctuary", 0.1)), ("threshold",)),
    "two are close": ((("trust_act", 0.5), ("sanctuary", 0.45)), ("ambiguity",)),
    "too near to what is none of our business": ((("raids_now", 0.6), ("out_of_scope", 0.2)), ("strangeness",)),
    "far enough from it": ((("raids_now", 0.6), ("out_of_scope", 0.1)), ()),
    "none of our business, surely": ((("out_of_scope", 0.6), ("raids_now", 0.1)), ()),
    "none of our business, perhaps": ((("out_of_scope", 0.3), ("raids_now", 0.1)), ("threshold",)),
    "all at once": ((("raids_now", 0.3), ("out_of_scope", 0.28)), ("threshold", "ambiguity", "strangeness")),
    "one intent only": ((("greet", 0.8),), ()),
}


@pytest.mark.parametrize("ranking, missed", CASES.values(), ids=CASES)
def test_doubt(ranking: tuple[tuple[str, float], ...], missed: tuple[str, ...]) -> None:
    """Doubtful is what is improbable, ambiguous, or too near to out_of_scope; the limit that is missed is named."""
    assert doubts(ranking, LIMITS) == missed
