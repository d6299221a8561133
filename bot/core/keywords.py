"""Messages with a fixed meaning, alone or among courtesies: handled at the door, whatever the state of the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.content import Content
from bot.core.text import fold, script

_CLAUSES = re.compile(r"[,.;:?!،؛؟。，；！？\n]")
# "能不能" asks whether one can; it denies nothing.
_EITHER = re.compile(r"(\w)[不没沒唔]\1")
# Arabic words as short as this also stand inside other words; longer names may be glued to a preposition.
SHORT_WORD = 4
# An apostrophe inside a word stays: "don't text me".
_SIGNS = re.compile(r"(?<!\w)'|'(?!\w)|[^\w']|_")
_DIGIT = re.compile(r"^#?\s*([1-9])\s*[.)]?$")
# A keycap is a digit, a variation selector and U+20E3; all but the digit go.
_KEYCAP = re.compile("[\ufe0f\u20e3]")


# Which intent each kind of keyword stands for.
INTENTS = {
    "menu": "menu_help", "help": "menu_help", "more": "repeat_more", "source": "source_request",
    "forget": "forget", "choice": "choose", "language": "change_language", "stop": "forget", "start": "greet",
}
# Who wants another language says so early; a text of a thousand commas must not cost a second.
MOST_READ = 300
# Longer messages are never read as a keyword with courtesies around it.
MOST_CHARACTERS = 60


@dataclass(frozen=True)
class Keyword:
    """What such a message means: a kind ("menu", "language", "choice" ...), its value where it has one, and the
    language the word belongs to ("" where several share it)."""

    kind: str
    value: str = ""
    language: str = ""

    @property
    def intent(self) -> str:
        """The intent that the keyword stands for."""
        return INTENTS[self.kind]


@dataclass(frozen=True)
class Keywords:
    """The table of words; build it once with `keyword_table`.

    courtesies: each with what parts it from its neighbour: a space, nothing in Chinese.
    """

    meanings: Mapping[str, Keyword]
    courtesies: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> Keyword | None:
        """Returns what the whole message means, or None where it is an ordinary message."""
        bare = fold(_KEYCAP.sub("", text))
        return self._meaning(bare) or self._among_courtesies(" ".join(_SIGNS.sub(" ", bare).split()))

    def _meaning(self, text: str) -> Keyword | None:
        digit = _DIGIT.match(text)
        return Keyword("choice", digit.group(1)) if digit else self.meanings.get(text)

    def _among_courtesies(self, text: str) -> Keyword | None:
        """Looks the text up, then what is left of it without a courtesy at one of its ends, and so on."""
        waiting, seen = [text], {text}
        while waiting:
            text = waiting.pop(0)
            found = self._meaning(text)
            if found or len(text) > MOST_CHARACTERS:
                return found
            shorter = {rest for courtesy, gap in self.courtesies for rest in _without(courtesy, gap, text)} - seen
            seen |= shorter
            waiting += sorted(shorter, key=len, reverse=True)
        return None


def _without(courtesy: str, gap: str, text: str) -> Iterator[str]:
    """Yields the text without a courtesy at its beginning or end."""
    if text.startswith(courtesy + gap):
        yield text[len(courtesy):].strip()
    if text.endswith(gap + courtesy):
        yield text[: -len(courtesy)].strip()


def keyword_table(content: Content) -> Keywords:
    """Builds the table from the keyword file, the courtesies and the names of the languages."""
    meanings: dict[str, Keyword] = {}
    for kind, languages in content.keywords.items():
        for code, phrases in languages.items():
            for phrase in phrases:
                word = _bare_word(phrase)
                shared = word in meanings and meanings[word].language != code
                meanings[word] = Keyword(kind, language="" if shared else code)
    for language in content.languages.values():
        for name in (language.name, *language.asked_as):
            meanings[_bare_word(name)] = Keyword("language", language.code, language.code)
    courtesies = sorted({_bare_word(c) for c in content.courtesies} - {""})
    return Keywords(meanings, tuple((c, "" if script(c) == "han" else " ") for c in courtesies))


def _bare_word(phrase: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(phrase)).split())


def named_language(text: str, content: Content) -> str | None:
    """Returns the language a sentence asks for ("en español por favor" -> "es"), or None."""
    clauses = dict.fromkeys(clause for clause in _CLAUSES.split(fold(text[:MOST_READ])) if clause.strip())
    names = _names(content)
    found = [(len(name), code) for clause in clauses for name, code in names if _asks_for(name, clause, content.negations)]
    return max(found)[1] if found else None


@lru_cache(maxsize=2)
def _names(content: Content) -> tuple[tuple[str, str], ...]:
    """What the languages are called, folded once for each version of the content, each with its code."""
    named = ((name, language.code) for language in content.languages.values() for name in (language.name, *language.asked_as))
    return tuple(dict.fromkeys((fold(name), code) for name, code in named))


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
