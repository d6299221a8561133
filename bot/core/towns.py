"""Finds the town a text names, in any of our scripts, whatever the case, accents or common misspelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.content import Town
from bot.core.text import fold, script


@dataclass(frozen=True)
class TownMention:
    """A town found in a text: its id and the characters of the folded text, [start, end)."""

    town: str
    start: int
    end: int


@dataclass(frozen=True)
class TownFinder:
    """Looks for the spellings of the towns; build it once with `town_finder`."""

    pattern: re.Pattern[str]
    town_of: Mapping[str, str]

    def find(self, text: str) -> TownMention | None:
        """Returns the first town named in the text, the longest spelling winning, or None."""
        match = self.pattern.search(fold(text))
        if not match:
            return None
        return TownMention(self.town_of[match.group(0)], match.start(), match.end())


def town_finder(towns: Iterable[Town]) -> TownFinder:
    """Builds a finder. Latin spellings stand as whole words; Arabic and Chinese ones may be glued to other letters."""
    town_of = {fold(spelling): town.id for town in towns for spelling in town.spellings}
    ordered = sorted(town_of, key=len, reverse=True)
    latin = [re.escape(s) for s in ordered if script(s) == "latin"]
    other = [re.escape(s) for s in ordered if script(s) != "latin"]
    return TownFinder(re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)|{'|'.join(other)}"), town_of)
