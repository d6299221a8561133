"""What the pure modules refuse, in the language of the request: their English messages, found by pattern, said in Spanish.

The pairs stand in refusals.yml, whose first lines give the shape. Texts that no pair fits stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from django.utils.translation import get_language

from bot.core.errors import SettingsError
from bot.doors.console.words import braces
from bot.yamlfile import read_yaml

FILE = Path(__file__).resolve().with_suffix(".yml")
# What is longer, or has more parts, than any message of ours stays as it is: no page waits for it.
MOST_CHARACTERS, MOST_PARTS, MOST_DEPTH = 4000, 16, 4
_ANY = ".+?"
_HOLES = {
    **dict.fromkeys(("n", "most", "line"), "[0-9]+"), **dict.fromkeys(("id", "topic", "path"), r"\S+?"),
    "numbers": "[0-9, ]+", "names": r"\[[^\]]*\]",
}
# Values that are messages themselves.
_TOLD = ("reason", "kind")
# The check joins its findings with "; ", each of which begins with its file.
_NEXT_FINDING = re.compile(r"; (?=(?:data|locales)/\S+: |domain\.yml\S*: )")
_PLACE = re.compile(r"\S+: ")


@dataclass(frozen=True)
class Pair:
    """A message in both languages. pattern: fits the English with any values; literal: how many of its characters are fixed."""

    pattern: re.Pattern[str]
    spanish: str
    literal: int

    def values(self, text: str) -> Mapping[str, str] | None:
        """Returns the values of a text that is this message, or None where it is another one."""
        found = self.pattern.fullmatch(text)
        return found.groupdict() if found else None


def told(what: BaseException | str) -> str:
    """Returns an error's message, or a text of the check, in Spanish where the reader wants that and a pair fits; else as it is."""
    text = str(what)
    if (get_language() or "en")[:2] != "es" or len(text) > MOST_CHARACTERS:
        return text
    return _told(text, MOST_DEPTH)


@cache
def pairs() -> tuple[Pair, ...]:
    """Returns all pairs, that with the most fixed characters first; raises SettingsError where the file is not of its shape."""
    return read(FILE)


def read(path: Path) -> tuple[Pair, ...]:
    """Reads and checks a file of pairs; raises SettingsError naming the message, ContentError where it is no YAML."""
    return tuple(sorted(map(_pair, read_yaml(path)), key=lambda pair: -pair.literal))


def _pair(raw: Mapping[str, str]) -> Pair:
    if raw.keys() != {"en", "es"}:
        raise SettingsError(f"refusals.yml: each entry has `en` and `es`, and only one of each: {dict(raw)!r}")
    english, spanish = raw["en"], raw["es"]
    if braces(english) != braces(spanish):
        raise SettingsError(f"refusals.yml: the braces differ between English and Spanish: {english!r}")
    fixed, names = _parted(english)
    if "" in fixed[1:-1]:
        raise SettingsError(f"refusals.yml: between two names in braces stands at least one character: {english!r}")
    return Pair(re.compile("".join(_regex(fixed, names)), re.DOTALL), spanish, sum(map(len, fixed)))


def _parted(english: str) -> tuple[list[str], list[str]]:
    """Returns the fixed words and the names between them: one name less than words, which may be "" at both ends."""
    fixed, names = [""], []
    for literal, name, _, _ in Formatter().parse(english):
        fixed[-1] += literal
        if name is not None:
            names.append(name)
            fixed.append("")
    return fixed, names


def _regex(fixed: list[str], names: list[str]) -> Iterator[str]:
    """A value ends at the first place where the next fixed words stand, and is not tried longer: the time grows with the text only."""
    yield re.escape(fixed[0])
    for place, (name, after) in enumerate(zip(names, map(re.escape, fixed[1:])), 1):
        hole = f"(?P<{name}>{_HOLES.get(name, _ANY)})"
        yield f"{hole}{after}" if place == len(names) else f"(?={hole}{after})(?P={name}){after}"


def _told(text: str, depth: int) -> str:
    findings = (_parts(part.split("; "), depth) for part in _NEXT_FINDING.split(text))
    return "; ".join(said for parts in findings for said in parts)


def _parts(pieces: list[str], depth: int) -> Iterator[str]:
    """Yields the messages of a text that is divided at "; ", which may stand within a message too: the longest that fits wins."""
    while pieces:
        ends = range(len(pieces), 0, -1) if len(pieces) <= MOST_PARTS else ()
        fitting = ((end, _placed("; ".join(pieces[:end]), depth)) for end in ends)
        end, said = next(((end, said) for end, said in fitting if said is not None), (1, pieces[0]))
        yield said
        pieces = pieces[end:]


def _placed(text: str, depth: int) -> str | None:
    """Says one message, which may stand after its file and line, or after the name of a piece."""
    said = _whole(text, depth)
    place = _PLACE.match(text) if said is None else None
    if place is None:
        return said
    rest = _whole(text[place.end():], depth)
    return None if rest is None else place.group() + rest


def _whole(text: str, depth: int) -> str | None:
    """Says a text that is one message; None where no pair fits."""
    for pair in pairs() if depth else ():
        values = pair.values(text)
        if values is not None:
            return pair.spanish.format(**{name: _told(value, depth - 1) if name in _TOLD else value for name, value in values.items()})
    return None
