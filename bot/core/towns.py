"""Finds the town a text names, in any of our scripts, whatever the case, accents or common misspelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.content import Town
from bot.core.text import fold, script, words


@dataclass(frozen=True)
class TownMention:
    """A town found in a text: its id, the characters of the folded text, [start, end), and whether it stands alone."""

    town: str
    start: int
    end: int
    alone: bool


@dataclass(frozen=True)
class TownFinder:
    """Looks for the spellings of the towns; build it once with `town_finder`."""

    pattern: re.Pattern[str]
    town_of: Mapping[str, str]
    fillers: frozenset[str]

    def find(self, text: str) -> TownMention | None:
        """Returns the first town named in the text, the longest spelling winning, or None.

        It stands alone where the other words say nothing ("and in Norwalk?", "那纽黑文呢").
        """
        folded = fold(text)
        match = self.pattern.search(folded)
        if not match:
            return None
        rest = words(f"{folded[: match.start()]} {folded[match.end() :]}")
        return TownMention(self.town_of[match.group(0)], match.start(), match.end(), all(w in self.fillers for w in rest))


def town_finder(towns: Iterable[Town], fillers: Iterable[str] = ()) -> TownFinder:
    """Builds a finder. Latin spellings stand as whole words; Arabic and Chinese ones may be glued to other letters.

    fillers: words that say nothing beside a town's name.
    """
    town_of = {fold(spelling): town.id for town in towns for spelling in town.spellings}
    ordered = sorted(town_of, key=len, reverse=True)
    latin = [re.escape(s) for s in ordered if script(s) == "latin"]
    other = [re.escape(s) for s in ordered if script(s) != "latin"]
    pattern = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])|{'|'.join(other)}")
    return TownFinder(pattern, town_of, frozenset(map(fold, fillers)))
