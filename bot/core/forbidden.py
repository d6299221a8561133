"""Numbers that must never be shown, found however they are written: other digits, letters of a telephone's keys, signs between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Between two digits of a number stand few characters, and neither letters nor digits.
_GAP = r"[\W_]{0,4}"
# The letters on the keys of a telephone. Area codes are always written in digits.
_KEYS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
_AREA = 3
_ANY_DIGIT = re.compile(r"\d")


def plain(text: str) -> str:
    """Returns a text with the digits of every script as 0 to 9, in small letters, without characters that nobody sees."""
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.decimal(char, char)) for char in seen).lower()


def pattern(number: str) -> re.Pattern[str]:
    """Returns what finds a number (digits only) in a plain text."""
    return _pattern((number,))


def holds(text: str, numbers: frozenset[str]) -> bool:
    """True where a text holds one of the numbers (digits only)."""
    if not numbers or not _ANY_DIGIT.search(text):
        return False
    return bool(_pattern(tuple(sorted(numbers))).search(plain(text)))


@lru_cache(maxsize=64)
def _pattern(numbers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_written, numbers)))


def _written(number: str) -> str:
    return _GAP.join(_keys(number))


def _keys(number: str) -> Iterable[str]:
    return (f"[{digit}{_KEYS.get(digit, '')}]" if place >= _AREA else digit for place, digit in enumerate(number))
