"""What a slip of the pen is: a word becomes a like word, a sign changes. Nothing that turns the meaning is one."""

from __future__ import annotations

import difflib
import re

from rapidfuzz import fuzz

LIKE = 70
# Words that turn a sentence: added, lost or changed, the translations do not hold any more.
TURNING = frozenset({
    "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "unless", "only", "must", "may",
    "might", "can", "should", "shall", "will", "would", "all", "any", "every", "each", "before", "after", "until", "always",
    "sometimes", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred", "thousand", "hour",
    "hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "january", "february", "march", "april", "june",
    "july", "august", "september", "october", "november", "december", "judge", "court", "police", "ice",
})
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def is_slip(old: str, new: str) -> bool:
    """True where a sentence says the same in the same words, but for letters and signs."""
    before, after = ([word.lower() for word in _WORD.findall(text)] for text in (old, new))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if kind != "replace" or b - a != d - c or not all(map(_like, before[a:b], after[c:d])):
            return False
    return True


def _like(old: str, new: str) -> bool:
    negated = old.endswith(("n't", "n’t")) != new.endswith(("n't", "n’t"))
    return not negated and not {old, new} & TURNING and fuzz.ratio(old, new) >= LIKE
