"""A language's legal terms (locales/<code>/glossary.yml) held against a translation. A finding is advice: words bend and sentences turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bot.core.errors import ContentError
from bot.core.text import fold, script
from bot.history.files import Files
from bot.yamlfile import Loader

_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）")
# "orden (alone)" is to be avoided only in some sentences; no program can tell in which.
_SOMETIMES = re.compile(r"[^,،、;؛；]*[(（](?:alone|unless)[^()（）]*[)）]")
_BETWEEN = re.compile(r"\s*[,،、，;；؛/:：]\s*")
_MARKS = "“”«»\"' "


@dataclass(frozen=True)
class Term:
    """One legal term: the English, how it is said (any of `use`), how it must not be said, and why.

    is_verb: "to hold" has other senses ("hold this up"), so that only what is to be avoided is looked for.
    name, said, unsaid: English, use and avoid as they stand in the file, for people.
    """

    english: tuple[str, ...]
    use: tuple[str, ...]
    avoid: tuple[str, ...]
    said: str
    note: str
    is_verb: bool
    name: str = ""
    unsaid: str = ""


def glossary(files: Files, language: str) -> tuple[Term, ...]:
    """Returns the terms of a language, none where it has no glossary; raises ContentError where it cannot be read."""
    path = f"locales/{language}/glossary.yml"
    if not files.has(path):
        return ()
    try:
        rows = yaml.load(files.read(path), Loader=Loader) or []  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: not valid YAML; check quotes, colons and indents") from error
    return tuple(map(_term, rows))


def terms_in(english: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Returns the terms that an English sentence holds; of "warrant" and "warrant signed by a judge" the longer only."""
    plain = fold(english)
    found = [(term, name) for term in terms for name in term.english if re.search(rf"(?<!\w){re.escape(name)}(?:e?s)?(?!\w)", plain)]
    return tuple(dict.fromkeys(t for t, name in found if not any(name != other and name in other for _, other in found)))


def remarks(english: str, text: str, terms: tuple[Term, ...]) -> Iterator[str]:
    """Yields what the glossary has to say about a translation, one sentence a term."""
    plain = fold(text)
    for term in terms_in(english, terms):
        avoided = [word for word in term.avoid if _holds(_without(plain, term.use, word), word)]
        why = f" {term.note}" if term.note else ""
        if avoided:
            yield f"Avoid “{avoided[0]}” for “{term.english[0]}”; the glossary says: {term.said}.{why}"
        elif term.use and not term.is_verb and not any(_holds_bent(plain, use) for use in term.use):
            yield f"The glossary says for “{term.english[0]}”: {term.said}.{why}"


def _term(row: Mapping[str, Any]) -> Term:
    english = (re.sub(r"^to ", "", part) for part in _parts(str(row["term"])))
    name, said, unsaid = str(row["term"]), str(row.get("use") or ""), str(row.get("avoid") or "")
    avoid, note = _parts(_SOMETIMES.sub("", unsaid)), str(row.get("note") or "")
    return Term(tuple(english), _parts(said), avoid, said, note, name.startswith("to "), name, unsaid)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(plain for part in _BETWEEN.split(_ASIDE.sub("", text)) if (plain := fold(part.strip(_MARKS))))


def _without(plain: str, use: tuple[str, ...], avoided: str) -> str:
    """Takes what the glossary wants out of a text: "orden" within "orden firmada por un juez" is no fault."""
    for words in sorted(use, key=len, reverse=True):
        plain = plain if words in avoided else plain.replace(words, " ")
    return plain


def _holds(plain: str, words: str) -> bool:
    if script(words) == "han":
        return words in plain
    before = r"(?<!\w)[وف]?[بكل]?(?:ال)?" if script(words) == "arabic" else r"(?<!\w)"
    return re.search(rf"{before}{re.escape(words)}(?!\w)", plain) is not None


def _holds_bent(plain: str, use: str) -> bool:
    """True where half of the words, at least, stand in the text by their beginnings: nouns and verbs change their ends."""
    if script(use) == "han":
        return use in plain
    stems = [word[: max(3, round(len(word) * 0.6))] for word in re.findall(r"\b(?:ال)?(\w+)", use)]
    return 2 * sum(stem in plain for stem in stems) >= len(stems)
