"""What differs between two moments of the content, piece by piece, as people read it: no YAML, no PO."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalogs import is_withdrawn, parse_catalog
from bot.yamlfile import parse_yaml

# A word with the space after it; a Han character is a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[\w’'])+\s*|.\s*", re.DOTALL)
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Difference:
    """One piece that differs. where: the file's noun and id ("topics/trust_act"); field: its place in it ("towns.norwalk").

    language: of the words, "en" where they are our English; old, new: "" for what was not there.
    """

    where: str
    field: str
    old: str
    new: str
    language: str = "en"

    @property
    def marked(self) -> tuple[tuple[str, str], ...]:
        """Both texts in one, word by word: ("same" | "gone" | "new", words)."""
        return marked(self.old, self.new)


def differences(changed: Mapping[str, tuple[str | None, str | None]]) -> list[Difference]:
    """Returns what differs. changed: path -> (old text, new text), as `bot.history.repository` gives it."""
    return [difference for path, (old, new) in sorted(changed.items()) for difference in _of_file(path, old, new)]


def marked(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Compares two texts word by word."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append((SAME, "".join(before[a:b])))
            continue
        parts += [(mark, text) for mark, text in ((GONE, "".join(before[a:b])), (NEW, "".join(after[c:d]))) if text]
    return tuple(parts)


def _of_file(path: str, old: str | None, new: str | None) -> Iterator[Difference]:
    if path.endswith(".po"):
        yield from _translations(path, old, new)
    elif path.endswith((".yml", ".yaml")):
        where = path.removeprefix("data/").removeprefix("answers/").removesuffix(".yml")
        before, after = (dict(_leaves(parse_yaml(text, path))) if text else {} for text in (old, new))
        for field in (*after, *(f for f in before if f not in after)):
            if before.get(field) != after.get(field):
                yield from _lines(Difference(where, field, before.get(field, ""), after.get(field, "")))


def _lines(difference: Difference) -> Iterator[Difference]:
    """A block of examples is shown as the examples that came and went."""
    old, new = difference.old.splitlines(), difference.new.splitlines()
    if len(old) < 2 and len(new) < 2:
        yield difference
        return
    came, went = ([line for line in a if line not in set(b)] for a, b in ((new, old), (old, new)))
    yield Difference(difference.where, difference.field, "\n".join(went), "\n".join(came))


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yields the places and texts of a document; records are named by their id, short lists of ids are one text."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        yield from _items(value, place)
    elif value is not None:
        yield place, str(value)


def _items(items: list[Any], place: str) -> Iterator[tuple[str, str]]:
    if any(isinstance(item, dict) for item in items):
        for number, item in enumerate(items):
            yield from _leaves(item, f"{place}.{_name(item, number)}".lstrip("."))
    elif any(isinstance(item, str) and " " in item for item in items):
        yield from ((f"{place}.{number}", str(item)) for number, item in enumerate(items, 1))
    else:
        yield place, ", ".join(f"[{', '.join(map(str, item))}]" if isinstance(item, list) else str(item) for item in items)


def _name(item: Any, number: int) -> str:
    keys = ("id", "intent", "code", "rule")
    return str(next((item[key] for key in keys if isinstance(item, dict) and key in item), number + 1))


def _translations(path: str, old: str | None, new: str | None) -> Iterator[Difference]:
    language = path.split("/")[1]
    before, after = (_entries(path, text) if text else {} for text in (old, new))
    for key in (*after, *(k for k in before if k not in after)):
        was, now = before.get(key, ("", "")), after.get(key, ("", ""))
        if was != now and (was[0] or now[0]):
            context, english = key
            field = f"{english} ({now[1]})" if now[1] else english
            yield Difference(f"{language}: {context}", field, was[0], now[0], language)


def _entries(path: str, text: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Returns (msgctxt, msgid) -> (translation, "outdated", "withdrawn" or "")."""
    catalog = parse_catalog(text, path.split("/")[1], path)
    return {
        (message.context or "", str(message.id)): (str(message.string or ""), _state(message))
        for message in catalog if message.id
    }


def _state(message: Any) -> str:
    return "withdrawn" if is_withdrawn(message) else "outdated" if message.fuzzy else ""
