"""What a sentence asks of a reader and costs as a text message, counted while it is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.core.segments import Count, count, forcing, plainer
from bot.edits.grade import FEWEST_WORDS, GOAL, STOP, grade

# How hard a sentence is to read: nothing said of a few words, as plain as we want it, better shorter, not taken.
UNRATED, PLAIN, WORDY, HARD = "unrated", "plain", "wordy", "hard"


@dataclass(frozen=True)
class Measure:
    """A text in figures. limit: the most characters it may have (0: none); year: US school year; level: one of the four words above.

    cost: as a text message with plain characters, as phones get it where that is cheaper. replaced: the characters that plain ones
    stand for then; costly: those that stay, and take the message from 160 characters a segment to 70.
    """

    characters: int
    limit: int
    year: float
    level: str
    cost: Count
    replaced: tuple[str, ...]
    costly: tuple[str, ...]

    @property
    def over(self) -> int:
        """How many characters are too many."""
        return max(0, self.characters - self.limit) if self.limit else 0


def measure(text: str, limit: int = 0) -> Measure:
    """Counts one of our own English sentences, with single spaces, as it will be kept."""
    text = " ".join(text.split())
    year = grade(text)
    plain = plainer(text)
    costly = forcing(plain)
    replaced = tuple(char for char in forcing(text) if char not in costly)
    level = UNRATED if len(text.split()) < FEWEST_WORDS else _level(year)
    return Measure(len(text), limit, year, level, count(plain), replaced, costly)


def character_name(char: str) -> str:
    """Returns what Unicode calls a character, in small letters, or its number where it has no name."""
    return unicodedata.name(char, "").lower() or f"U+{ord(char):04X}"


def _level(year: float) -> str:
    return PLAIN if year <= GOAL else WORDY if year <= STOP else HARD

