"""Puts back the accents that people leave out when they type: the encoder reads "zatrzymać" better than "zatrzymac".

How a word is mostly written is learnt from the examples, so there is no list to keep. Only words in Latin letters count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from bot.core.text import fold, script, tidy, words

Spellings = Mapping[str, Mapping[str, str]]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# A spelling that was seen once may be somebody's slip.
LEAST = 2


def learn(examples: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Returns language -> folded word -> its commonest spelling, for the words that are mostly written with accents.

    examples: (language, text). Of spellings that are equally common the first in the alphabet counts, so that the same examples
    always give the same.
    """
    seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for language, text in examples:
        for word in words(tidy(text).lower()):
            if script(word) == "latin":
                seen[language][fold(word)][word] += 1
    return {language: found for language, table in sorted(seen.items()) if (found := _accented(table))}


def restore(text: str, spellings: Mapping[str, str]) -> str:
    """Returns the text with known words spelled as they mostly are; they lose their capital letters, other words stay."""
    return _WORD.sub(lambda match: spellings.get(fold(match[0]), match[0]), text)


def _accented(table: Mapping[str, Counter[str]]) -> dict[str, str]:
    commonest = {bare: min(counts, key=lambda word: (-counts[word], word)) for bare, counts in sorted(table.items())}
    return {bare: word for bare, word in commonest.items() if word != bare and table[bare][word] >= LEAST}
