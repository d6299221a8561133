"""Messages that are one word with a fixed meaning: handled at the door, whatever the state of the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.content import Content
from bot.core.text import fold, script

_CLAUSES = re.compile(r"[,.;:?!،؛؟。，；！？\n]")
# "能不能" asks whether one can; it denies nothing.
_EITHER = re.compile(r"(\w)[不没沒唔]\1")
# Arabic words as short as this also stand inside other words; longer names may be glued to a preposition.
SHORT_WORD = 4
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DIGIT = re.compile(r"^#?\s*([1-9])\s*[.)]?$")
# A keycap is a digit, a variation selector and U+20E3; all but the digit go.
_KEYCAP = re.compile("[\ufe0f\u20e3]")


# Which intent each kind of keyword stands for.
INTENTS = {
    "menu": "menu_help", "help": "menu_help", "more": "repeat_more", "source": "source_request",
    "forget": "forget", "choice": "choose", "language": "change_language",
}


@dataclass(frozen=True)
class Keyword:
    """What a one-word message means: a kind ("menu", "language", "choice" ...) and its value where it has one."""

    kind: str
    value: str = ""

    @property
    def intent(self) -> str:
        """The intent that the keyword stands for."""
        return INTENTS[self.kind]


@dataclass(frozen=True)
class Keywords:
    """The table of words; build it once with `keyword_table`."""

    meanings: Mapping[str, Keyword]

    def read(self, text: str) -> Keyword | None:
        """Returns what the whole message means, or None where it is an ordinary message."""
        bare = fold(_KEYCAP.sub("", text))
        digit = _DIGIT.match(bare)
        if digit:
            return Keyword("choice", digit.group(1))
        return self.meanings.get(_EDGES.sub("", bare))


def keyword_table(content: Content) -> Keywords:
    """Builds the table from the keyword file and the names of the languages."""
    meanings = {fold(w): Keyword(kind) for kind, words in content.keywords.items() for w in words}
    for language in content.languages.values():
        for name in (language.name, *language.asked_as):
            meanings[fold(name)] = Keyword("language", language.code)
    return Keywords(meanings)


def named_language(text: str, content: Content) -> str | None:
    """Returns the language a sentence asks for ("en español por favor" -> "es"), or None."""
    found = [
        (len(name), language.code)
        for clause in _CLAUSES.split(fold(text))
        for language in content.languages.values()
        for name in {fold(n) for n in (language.name, *language.asked_as)}
        if _asks_for(name, clause, content.negations)
    ]
    return max(found)[1] if found else None


def _asks_for(name: str, clause: str, negations: tuple[str, ...]) -> bool:
    """True where a clause names a language and does not say before it that one does not speak it."""
    clause = _EITHER.sub(r"\1", clause)
    place = _find_word(name, clause)
    return place is not None and not any(_find_word(no, clause[:place]) is not None for no in negations)


def _find_word(word: str, text: str) -> int | None:
    """Returns where a word stands. Latin words end at other Latin letters only: in Chinese text nothing divides them."""
    pattern = rf"(?<![a-z0-9']){re.escape(word)}(?![a-z0-9'])" if word.isascii() else re.escape(word)
    if script(word) == "arabic":
        pattern = rf"(?<!\w){pattern}(?!\w)" if len(word) <= SHORT_WORD else pattern
    match = re.search(pattern, text)
    return match.start() if match else None
