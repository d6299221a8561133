"""When an intent is too doubtful to be answered."""

from __future__ import annotations

import pytest

from bot.core.doubt import Limits, by_cost, doubts

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


@pytest.mark.parametrize("ranking, first", [
    ((("ice_in_street", 0.5), ("ice_at_door", 0.4)), "ice_at_door"),
    ((("ice_in_street", 0.5), ("ice_at_door", 0.2)), "ice_in_street"),
    ((("ice_in_street", 0.45), ("trust_act", 0.4), ("ice_at_door", 0.1)), "ice_in_street"),
    ((("emergency", 0.5), ("ice_at_door", 0.45)), "emergency"),
    ((("ice_in_street", 0.6), ("ice_at_door", 0.39)), "ice_in_street"),
], ids=["close behind", "far behind", "none near", "both urgent", "not close enough"])
def test_what_must_not_be_missed_weighs_more(ranking: tuple[tuple[str, float], ...], first: str) -> None:
    """An urgent intent close behind the first one takes its place; nothing else changes order."""
    weighed = by_cost(ranking, {"emergency", "ice_at_door"}, 1.5)
    assert weighed[0][0] == first
    assert sorted(name for name, _ in weighed) == sorted(name for name, _ in ranking)
