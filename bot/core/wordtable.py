"""Turns words that the sentence encoder cannot read into words it can, by a table; Arabizi into Arabic letters first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.text import fold, script, tidy

_PIECES = re.compile(r"\w+(?:'\w+)*|[^\w\s]")
# What Arabic speakers type with Latin letters and digits; the longest match first.
_ARABIZI = (
    ("3'", "غ"), ("7'", "خ"), ("6'", "ظ"), ("9'", "ض"), ("sh", "ش"), ("ch", "ش"), ("kh", "خ"), ("gh", "غ"), ("th", "ث"),
    ("dh", "ذ"), ("ou", "و"), ("oo", "و"), ("ee", "ي"), ("aa", "ا"), ("ei", "ي"), ("2", "ا"), ("3", "ع"), ("4", "ش"),
    ("5", "خ"), ("6", "ط"), ("7", "ح"), ("8", "ق"), ("9", "ق"), ("a", "ا"), ("b", "ب"), ("c", "ك"), ("d", "د"),
    ("e", "ي"), ("f", "ف"), ("g", "ج"), ("h", "ه"), ("i", "ي"), ("j", "ج"), ("k", "ك"), ("l", "ل"), ("m", "م"),
    ("n", "ن"), ("o", "و"), ("p", "ب"), ("q", "ق"), ("r", "ر"), ("s", "س"), ("t", "ت"), ("u", "و"), ("v", "ف"),
    ("w", "و"), ("x", "كس"), ("y", "ي"), ("z", "ز"), ("'", ""),
)
_LETTERS = dict(_ARABIZI)
_ARABIZI_PATTERN = re.compile("|".join(re.escape(latin) for latin, _ in _ARABIZI))


@dataclass(frozen=True)
class WordTable:
    """A language's table: folded word or pair of words -> what the encoder can read."""

    entries: Mapping[str, str]
    arabizi: bool = False

    def apply(self, text: str) -> str:
        """Returns the text word by word; pairs win over single words, unknown words stay as they are."""
        pieces = _PIECES.findall(tidy(text))
        out: list[str] = []
        position = 0
        while position < len(pieces):
            pair = fold(" ".join(pieces[position : position + 2]))
            if " " in pair and pair in self.entries:
                out.append(self.entries[pair])
                position += 2
                continue
            out.append(self._word(pieces[position]))
            position += 1
        return " ".join(piece for piece in out if piece)

    def _word(self, word: str) -> str:
        folded = fold(word)
        if folded in self.entries:
            return self.entries[folded]
        if self.arabizi and script(word) == "latin" and _looks_arabizi(folded):
            arabic = arabizi_to_arabic(folded)
            return self.entries.get(fold(arabic), arabic)
        return word


def word_table(rows: Mapping[str, str], arabizi: bool = False) -> WordTable:
    """Builds a table; keys are folded so that accents and case do not matter."""
    return WordTable({fold(key): value for key, value in rows.items()}, arabizi)


def arabizi_to_arabic(word: str) -> str:
    """Writes a folded Arabizi word in Arabic letters ("7okouma" -> "حوكوما"); an approximation, for the encoder only."""
    return _ARABIZI_PATTERN.sub(lambda m: _LETTERS[m.group(0)], word)


def _looks_arabizi(word: str) -> bool:
    """Digits inside a word mark Arabizi for sure; plain Latin words may be English and stay unless the table has them."""
    return bool(re.search(r"[a-z][235679]|[235679][a-z]", word))
