"""YAML that a program edits and people read: what is not changed stays as it stands, with its comments, order and quotes."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.core.errors import ContentError
from bot.yamlfile import MISFITS

# Our files indent the rows of a list in one of two ways; each file keeps its own.
INDENTS = ((4, 2), (2, 0))
# What YAML would take for the end of a line, or for no character at all.
_BREAKS = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)}


def read(text: str) -> Any:
    """Returns a document that remembers how it was written; raises ContentError where it is no YAML."""
    try:
        return _yaml(*INDENTS[0]).load(text)
    except (YAMLError, *MISFITS) as error:
        raise ContentError(f"not valid YAML: {error}") from error


def write(document: Any, like: str) -> str:
    """Returns a document's text, indented as the text `like` is."""
    for indent in INDENTS:
        if _written(read(like), indent) == like:
            return _written(document, indent)
    return _written(document, INDENTS[1])


def quoted(text: str) -> DoubleQuotedScalarString:
    """Returns a text as it is written everywhere in our files: in double quotes."""
    return DoubleQuotedScalarString(text)


def row(items: list[Any]) -> CommentedSeq:
    """Returns a list written in one line: [a, b]."""
    made = CommentedSeq(items)
    made.fa.set_flow_style()
    return made


def flow(fields: dict[str, Any]) -> CommentedMap:
    """Returns fields written in one line: {a: 1, b: 2}."""
    made = CommentedMap(fields)
    made.fa.set_flow_style()
    return made


def block(fields: dict[str, Any]) -> CommentedMap:
    """Returns fields written one a line."""
    return CommentedMap(fields)


def put(document: CommentedMap, key: str, value: Any, after: tuple[str, ...] = ()) -> None:
    """Sets a field, or takes it away where the value is None; a new one comes after the last of the fields named in `after`."""
    if value is None:
        document.pop(key, None)
    elif key in document:
        document[key] = value
    else:
        places = [place for place, name in enumerate(document, 1) if name in after]
        document.insert(max(places, default=len(document)), key, value)


def _yaml(sequence: int, offset: int) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=sequence, offset=offset)
    return yaml


def _written(document: Any, indent: tuple[int, int]) -> str:
    out = StringIO()
    _yaml(*indent).dump(document, out)
    return out.getvalue()


def exact(text: str) -> str:
    """Returns a text in double quotes for YAML, to the letter, white space and line breaks included."""
    return json.dumps(text, ensure_ascii=False).translate(_BREAKS)


def line(text: str) -> str:
    """Returns a text of ours in double quotes, in one line."""
    return exact(" ".join(text.split()))
