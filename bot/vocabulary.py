"""What words our own texts use, read from the training examples, the answers and the tables of names; one vocabulary a language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from bot.core.content import Content, Language
from bot.core.errors import ContentError
from bot.core.text import fold
from bot.core.vocabulary import Masks, Vocabulary, is_han, vocabulary
from bot.yamlfile import read_yaml

# A name of another language counts where it has so many letters; shorter ones are too often words ("Ma", "Li", "Sol").
LEAST_OWN, LEAST_FOREIGN = 3, 4
LEAST_ABBREVIATION = 3
FOLDED = ("calendar", "numbers", "streets", "beside", "houses")


@lru_cache(maxsize=16)
def read_vocabulary(language: str, content: Content, root: Path) -> Vocabulary:
    """Returns a language's vocabulary, made once for each version of the content. Raises ContentError for a file of wrong form.

    root: the checkout, with data/nlu/<language>.yml and data/words.
    """
    texts = [*_examples(root / "data" / "nlu" / f"{language}.yml"), *_answers(language, content)]
    return vocabulary(texts, content.towns.values(), read_masks(content.languages[language], root / "data" / "words"))


def read_masks(language: Language, folder: Path) -> Masks:
    """Returns what is masked in a language. folder: data/words, with names.yml and masked.yml."""
    rows = _table(folder / "masked.yml").get(language.code, {})
    lists = {kind: str(words).split() for kind, words in rows.items()}
    folded = {kind: frozenset(map(fold, lists.get(kind, ()))) for kind in FOLDED}
    return Masks(
        names=_names(language.code, _table(folder / "names.yml")),
        before=tuple(lists.get("before", ())), after=tuple(lists.get("after", ())), ordinary=frozenset(lists.get("ordinary", ())),
        **{**folded, "calendar": folded["calendar"] | _calendar(language)},
    )


def _table(path: Path) -> dict[str, dict[str, str]]:
    raw = read_yaml(path)
    if not isinstance(raw, dict) or not all(isinstance(row, dict) for row in raw.values()):
        raise ContentError(f"{path}:1: each language needs its lists of words; compare with the comment at the top")
    return raw


def _names(language: str, table: dict[str, dict[str, str]]) -> frozenset[str]:
    """Returns a language's names and the longer ones of all others; a name of several words counts word by word."""
    found = set()
    for code, row in table.items():
        names = (part for words in row.values() for name in str(words).split() for part in fold(name).split("-"))
        found |= {name for name in names if len(name) >= _least_letters(code == language, name)}
    return frozenset(found)


def _least_letters(own: bool, name: str) -> int:
    """A Chinese name may have one character; of a Creole Ti-Jan, "ti" is a word like any other."""
    if is_han(name):
        return 1
    return LEAST_OWN if own else LEAST_FOREIGN


def _calendar(language: Language) -> frozenset[str]:
    """Returns months and weekdays, long and abbreviated: the ones we write, and those that Babel knows."""
    ours = (*language.months, *language.months_alone)
    known = (fold(name).strip(".") for name in (*ours, *_babel(language.code)))
    return frozenset(part for name in known for part in name.replace("-", " ").split() if len(part) >= _least(part))


def _least(word: str) -> int:
    return LEAST_ABBREVIATION if word.isascii() else 2


def _babel(code: str) -> Iterator[str]:
    if code == "ht":  # Babel has only the French ones
        return
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return
    for table in (locale.months, locale.days):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                yield from table[context][width].values()


def _examples(path: Path) -> Iterator[str]:
    """Yields how people ask, as the training data has it."""
    raw: Any = read_yaml(path)
    try:
        for block in raw["nlu"]:
            yield from (line.strip().removeprefix("- ") for line in block.get("examples", "").splitlines() if line.strip())
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"{path}:1: no training examples of the usual form; compare with its neighbours") from error


def _answers(language: str, content: Content) -> Iterator[str]:
    """Yields the sentences of the answers in a language; English that stands for a missing translation is left out."""
    for topic in content.topics.values():
        for english in (topic.title, topic.first, topic.short, topic.caution, *topic.steps, *topic.towns.values()):
            said = content.say(language, topic.id, english) if english else None
            if said and (language == "en" or said.text != english):
                yield said.text
