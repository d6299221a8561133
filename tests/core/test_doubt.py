"""When the first intent is too doubtful to be answered."""

from __future__ import annotations

import pytest

from bot.core.doubt import OUT_OF_SCOPE, Limits, doubtful

LIMITS = Limits(threshold=0.4, ambiguity=0.1, strangeness=5.0)

RANKINGS = {
    "clear": ((("trust_act", 0.9), ("sanctuary", 0.05)), False),
    "just likely enough": ((("trust_act", 0.4), ("sanctuary", 0.1)), False),
    "too unlikely": ((("trust_act", 0.39), ("sanctuary", 0.1)), True),
    "the only one": ((("trust_act", 0.5),), False),
    "two alike": ((("trust_act", 0.5), ("sanctuary", 0.45)), True),
    "just far enough apart": ((("trust_act", 0.75), ("sanctuary", 0.5)), False),
    "perhaps none of ours": ((("trust_act", 0.6), ("sanctuary", 0.2), (OUT_OF_SCOPE, 0.13)), True),
    "hardly out of scope": ((("trust_act", 0.6), ("sanctuary", 0.2), (OUT_OF_SCOPE, 0.11)), False),
    "out of scope for sure": (((OUT_OF_SCOPE, 0.9), ("trust_act", 0.05)), False),
    "out of scope, not sure": (((OUT_OF_SCOPE, 0.39), ("trust_act", 0.1)), True),
    "out of scope or something of ours": (((OUT_OF_SCOPE, 0.5), ("trust_act", 0.45)), True),
}


@pytest.mark.parametrize("ranking, doubt", RANKINGS.values(), ids=RANKINGS.keys())
def test_only_a_clear_first_is_answered(ranking: tuple[tuple[str, float], ...], doubt: bool) -> None:
    """The first intent is answered where it is likely, well ahead of the second, and much likelier than "none of ours"."""
    assert doubtful(ranking, LIMITS) is doubt
