"""How hard our English is to read, in US school years (Flesch-Kincaid, by textstat)."""

from __future__ import annotations

from functools import lru_cache

import textstat

# We write for year 6; above year 8 an answer is not taken.
GOAL, STOP = 6.0, 8.0
FEWEST_WORDS = 5


@lru_cache(maxsize=4096)
def grade(text: str) -> float:
    """Returns the school year that a text asks for; 0 for one of fewer than five words, about which it says nothing."""
    return max(0.0, float(textstat.flesch_kincaid_grade(text))) if len(text.split()) >= FEWEST_WORDS else 0.0
