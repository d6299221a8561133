"""Which words are known to be harmless: those that several of our own texts use. One vocabulary a language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.content import Town
from bot.core.text import clean, fold, tidy

# In how many different texts of ours a word, a run of Chinese characters must stand.
WORD_TEXTS, RUN_TEXTS = 3, 2
RUN = 3
PUNCTUATION = frozenset(".,;:?!¿¡'\"-()…،؛؟、。，；：？！“”«»·/")
_SENTENCE_ENDS = frozenset(".?!…؟。？！¿¡")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{_HAN}]+|[^\s{_HAN}]+|\s+")
_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]|_|\s+")


@dataclass(frozen=True)
class Masks:
    """What is masked although our texts use it, folded.

    names: of people; calendar: months and weekdays; numbers: number words; streets: words for a street; beside: words that may
    stand beside one; houses: words that belong to an address where a number is near (floor, court); before, after: what stands
    before and after a Chinese family name (小, 先生); ordinary: words spelled exactly so that only look like a name (على), and
    Chinese family names that are also parts of everyday words (文).
    """

    names: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Vocabulary:
    """What the texts of one language use, folded.

    capitals: words that they write large within a sentence; runs: of three Chinese characters;
    towns: the spellings of our towns, in any language; masks: what goes all the same.
    """

    words: frozenset[str]
    capitals: frozenset[str]
    runs: frozenset[str]
    towns: frozenset[str]
    masks: Masks


@dataclass(frozen=True)
class Token:
    """A word, a space or a sign. kept: nothing speaks against it so far; starts: it opens a sentence; town: one of ours."""

    text: str
    kept: bool = True
    starts: bool = False
    town: bool = False
    number: bool = False

    @property
    def folded(self) -> str:
        """The form that is looked up."""
        return fold(self.text)

    @property
    def is_word(self) -> bool:
        """True for a word, and for the mask of a number."""
        return self.number or any(c.isalnum() for c in self.text)


def vocabulary(texts: Iterable[str], towns: Iterable[Town], masks: Masks) -> Vocabulary:
    """Makes the vocabulary of one language from its texts; the same text twice counts once."""
    used, large, runs = Counter[str](), Counter[str](), Counter[str]()
    folded = lru_cache(maxsize=None)(fold)  # our own words only, and gone with this call
    for text in {readable(text) for text in texts}:
        parts = pieces(text)
        tokens = with_starts([token for piece in parts if not is_han(piece) for token in tokens_of(piece)])
        used.update({folded(token.text) for token in tokens if token.is_word})
        large.update({folded(token.text) for token in tokens if token.text[:1].isupper() and not token.starts})
        runs.update({run for piece in parts if is_han(piece) for run in runs_of(piece)})
    spellings = frozenset(fold(spelling) for town in towns for spelling in town.spellings)
    return Vocabulary(_often(used, WORD_TEXTS), _often(large, WORD_TEXTS), _often(runs, RUN_TEXTS), spellings, masks)


def _often(texts: Counter[str], least: int) -> frozenset[str]:
    return frozenset(item for item, count in texts.items() if count >= least)


def readable(text: str) -> str:
    """Returns the text with composed letters, one kind of apostrophe and single spaces."""
    return clean(tidy(text))


def pieces(text: str) -> list[str]:
    """Cuts a text into runs of Chinese characters, runs of anything else, and spaces; joined again they are the text."""
    return _PIECE.findall(text)


def is_han(piece: str) -> bool:
    """True for a run of Chinese characters."""
    return bool(re.match(f"[{_HAN}]", piece))


def tokens_of(piece: str) -> list[Token]:
    """Cuts a piece that is not Chinese into words, signs and spaces."""
    return [Token(part) for part in _PART.findall(piece)]


def runs_of(piece: str) -> list[str]:
    """Returns every three characters in a row; a shorter piece is one run."""
    return [piece[i : i + RUN] for i in range(max(1, len(piece) - RUN + 1))]


def with_starts(tokens: list[Token]) -> list[Token]:
    """Marks the words that open a sentence."""
    marked, fresh = [], True
    for token in tokens:
        marked.append(replace(token, starts=fresh and token.is_word))
        fresh = token.text in _SENTENCE_ENDS or (fresh and not token.is_word)
    return marked
