"""Words within the text of a document: where they stand, and how a selection becomes a quotation.

The one normalisation: runs of white space (line breaks and no-break spaces too) count as one space. Every other character counts.
Offsets are in characters (code points) of the text, the end excluded.
"""

from __future__ import annotations

import hashlib
import re

from bot.core.errors import DocumentError

_SPACE = re.compile(r"\s+")
# One word: letters, digits and the marks above them; an apostrophe or a decimal point inside. A Han character is its own word.
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = rf"(?:(?![{_HAN}])[\w\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d])+"
_WORD = re.compile(rf"{_PIECE}(?:(?:['’ʼ]|(?<=\d)[.,](?=\d)){_PIECE})*")


def spaced(text: str) -> str:
    """Returns the text with each run of white space as one space."""
    return _SPACE.sub(" ", text)


def find(text: str, words: str) -> tuple[int, int] | None:
    """Returns the first span of a text that holds the words, or None; where it gives a span, `spaced(words) in spaced(text)`."""
    if not words.strip():
        return None
    found = re.search(r"\s+".join(map(re.escape, _SPACE.split(words))), text)
    return found.span() if found else None


def passage(text: str, start: int, end: int) -> str:
    """Returns the exact words between two offsets, white space within them as it is.

    White space at both ends goes; a word that is touched comes whole: half a word ("can" of "cannot") may mean the opposite.
    Raises DocumentError ("nothing-selected") where no words lie between the offsets.
    """
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise DocumentError("nothing-selected", "select the words in the document first")
    chosen = text[start:end]
    start, end = start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())
    for word in _WORD.finditer(text):
        if word.start() >= end:
            break
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return text[start:end]


def digest(words: str) -> str:
    """Returns the SHA-256 of words as UTF-8, in hexadecimal, as quotations and documents carry it."""
    return hashlib.sha256(words.encode()).hexdigest()
