"""Which questions ask much the same, so that people read them together."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.core.privacy import MASK
from bot.core.text import fold

# Share of common words (0 to 100) from which two questions stand together. Lower puts whole topics into one group.
ALIKE = 75.0


def alike(texts: Iterable[str]) -> list[list[int]]:
    """Returns the places of texts in groups, in the order of their first ones; each text is like the first of its group.

    All texts are in one language. Masked words count for nothing. Takes about a second for a thousand texts.
    """
    groups: list[tuple[str, list[int]]] = []
    for place, text in enumerate(texts):
        bare = " ".join(fold(text).replace(MASK, " ").split())
        near = next((places for first, places in groups if bare == first or fuzz.token_set_ratio(bare, first) >= ALIKE), None)
        if near is None:
            groups.append((bare, [place]))
        else:
            near.append(place)
    return [places for _, places in groups]
