"""Reads one YAML file and says in one line what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

from bot.core.errors import ContentError

_OLD = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_DATE = "tag:yaml.org,2002:timestamp"
# What the library raises for a value that is none of its kind ("2026-13-45"), and where nesting has no end.
MISFITS = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
# The reader of C nests one call a level and ends the process where the stack does. Texts with so many openings are counted first.
_MANY_OPENINGS, _MOST_LEVELS = 1000, 200


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain words as YAML 1.2 does: `on`, `off`, `No`, `9:30` and `0123` are text, as whoever wrote them meant."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        letter: [(tag, pattern) for tag, pattern in rules if tag not in _OLD]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver(_OLD[0], re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Loader.add_implicit_resolver(_OLD[1], re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
Loader.add_implicit_resolver(_OLD[2], re.compile(r"^[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-+0123456789"))


def _fitting(tag: str) -> None:
    """Has a value that is none of its kind refused with its line."""
    construct = Loader.yaml_constructors[tag]

    def constructed(loader: Loader, node: yaml.ScalarNode) -> Any:
        try:
            return construct(loader, node)
        except MISFITS as error:
            kind = {_DATE: "date"}.get(tag, tag.rpartition(":")[2])
            raise yaml.constructor.ConstructorError(None, None, f"{str(node.value)[:40]!r} is no {kind}", node.start_mark) from error

    Loader.add_constructor(tag, constructed)


for _tag in (*_OLD, _DATE):
    _fitting(_tag)


def read_yaml(path: Path) -> Any:
    """Returns the content of a YAML file; raises ContentError with file, line and remedy."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError as error:
        raise ContentError(f"{path}: this file is missing; restore it from git") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: not UTF-8; save the file as UTF-8") from error


def parse_yaml(text: str, name: str) -> Any:
    """Returns the content of a YAML text; name: what messages call it. Raises ContentError with line and remedy."""
    try:
        if _is_bottomless(text):
            raise ContentError(f"{name}:1: nested too deep; check brackets and hyphens")
        return yaml.load(text, Loader=Loader)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "cannot be read"
        raise ContentError(f"{name}:{line}: not valid YAML ({what}); check quotes, colons and indents there") from error
    except MISFITS as error:
        raise ContentError(f"{name}:1: cannot be read ({type(error).__name__}); check brackets, tags and odd characters") from error


def _is_bottomless(text: str) -> bool:
    if sum(map(text.count, ("[", "{", "- -", "? ?", "- ?", "? -"))) < _MANY_OPENINGS:
        return False
    level = 0
    for event in yaml.parse(text, Loader=Loader):
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > _MOST_LEVELS:
            return True
    return False
