"""Left-to-right pieces inside right-to-left text: numbers, links and English words keep their own direction."""

from __future__ import annotations

import re

# First-strong isolates keep what is between them in one piece, whatever stands around it.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
# English words stand in curly quotation marks; Arabic text uses its own («»). Old direction marks around them are not needed then.
_ENGLISH = re.compile("\u200e?(“[^“”]*[A-Za-z][^“”]*”)\u200e?")


def isolated(text: str, direction: str) -> str:
    """Returns a number or a link as it must stand in text of a direction."""
    return f"{ISOLATE}{text}{END_ISOLATE}" if direction == "rtl" else text


def isolate_english(text: str) -> str:
    """Returns right-to-left text with its quoted English isolated."""
    return _ENGLISH.sub(rf"{ISOLATE}\1{END_ISOLATE}", text)


def placed(text: str, in_english: bool, direction: str) -> str:
    """Returns a sentence as it must stand in text of a direction. in_english: it has no translation, so all of it is English."""
    if direction != "rtl":
        return text
    return isolated(text, direction) if in_english else isolate_english(text)
