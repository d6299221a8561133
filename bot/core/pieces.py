"""A document's text cut into pieces: rows to choose from without a pointer, and stretches that are quoted already.

Offsets are in characters (code points) of the text, the end excluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

_MARKS = "“”„\"«»"
# A sentence, or a part of one within quotation marks. The marks, and a comma before the closing one, belong to no piece.
_PIECE = re.compile(
    rf"[^\s{_MARKS}].*?(?=,?\s*[{_MARKS}\n]|\s*\Z|(?:(?<=[.!?…;])|(?<=[.!?…;][)’']))\s|(?<=[。！？；؟؛]))",
    re.DOTALL,
)
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Stretch:
    """A part of a text; inside: the names of the passages that hold it; ending: of those whose last words it has."""

    text: str
    inside: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


def pieces(text: str) -> tuple[Span, ...]:
    """Returns where the sentences of a text stand, and their parts within quotation marks, in order."""
    found = (match.span() for match in _PIECE.finditer(text))
    return tuple(span for span in found if any(c.isalnum() for c in text[slice(*span)]))


def trimmed(text: str, span: Span, first: int, last: int) -> Span:
    """Returns a span without so many words (between white space) at its beginning and end; an empty one where none is left.

    Where words go at the end, the comma or colon before them goes too.
    """
    start, end = span
    words = [match.span() for match in _TOKEN.finditer(text, start, end)]
    kept = words[first:max(0, len(words) - last)]
    if not kept:
        return start, start
    return kept[0][0], start + len(text[start:kept[-1][1]].rstrip(",;:")) if last else end


def stretches(text: str, passages: Mapping[str, Span]) -> Iterator[Stretch]:
    """Yields the text cut at the borders of passages (name -> span), which may overlap; joined they are the text."""
    borders = sorted({0, len(text), *(border for span in passages.values() for border in span)})
    for start, end in pairwise(borders):
        inside = tuple(name for name, (first, last) in passages.items() if first <= start and end <= last)
        yield Stretch(text[start:end], inside, tuple(name for name in inside if passages[name][1] == end))
