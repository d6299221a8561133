"""The record of reviews, locales/states.yml: who has checked which words of a language. One context a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml
from ruamel.yaml.comments import CommentedMap

from bot.core.errors import ContentError
from bot.edits import yamltext
from bot.history.files import Files
from bot.yamlfile import Loader

STATES_PATH = "locales/states.yml"


def reviews(files: Files) -> Mapping[str, Mapping[str, Any]]:
    """Returns language -> context -> {by, on, words}; raises ContentError where the record cannot be read."""
    return {language: contexts or {} for language, contexts in _loaded(files.read(STATES_PATH)).items()}


def recorded(text: str, language: str, context: str, by: str, on: date, words: Sequence[str]) -> str:
    """Returns the file's text with one context's review written into it. words: the hashes of what was checked."""
    return all_recorded(text, language, {context: words}, by, on)


def all_recorded(text: str, language: str, checked: Mapping[str, Sequence[str]], by: str, on: date) -> str:
    """Returns the file's text with reviews written into it. checked: context -> the hashes of what was checked."""
    wanted = _loaded(text)
    if language not in wanted:
        text = f"{text}{language}: {{}}\n"
    fresh = {context: {"by": by, "on": on, "words": list(words)} for context, words in checked.items()}
    wanted[language] = {**(wanted.get(language) or {}), **fresh}
    lines = {context: _line(by, on, words) for context, words in checked.items()}
    spliced = text
    for context, line in lines.items():
        spliced = _spliced(spliced, language, context, f"  {context}: {line}")
    # A file that somebody shaped by hand is written by ruamel: right, but a hundred times slower.
    return spliced if _readable(spliced) == wanted else _merged(text, language, lines)


def _line(by: str, on: date, words: Sequence[str]) -> str:
    hashes = ", ".join(f'"{word}"' for word in words)
    return f'{{by: "{by}", on: {on.isoformat()}, words: [{hashes}]}}'


def _spliced(text: str, language: str, context: str, line: str) -> str:
    """Puts a line in its place among those of a language, in the order of the alphabet: two people's reviews seldom meet."""
    lines = text.splitlines()
    head = next((n for n, old in enumerate(lines) if re.fullmatch(rf"{language}:\s*(\{{\}})?", old)), None)
    if head is None:
        return text
    end = next((n for n in range(head + 1, len(lines)) if not lines[n].startswith("  ")), len(lines))
    block = [old for old in lines[head + 1 : end] if not old.startswith(f"  {context}: ")]
    place = sum(1 for old in block if old.split(":")[0] < f"  {context}")
    block.insert(place, line)
    return "\n".join([*lines[:head], f"{language}:", *block, *lines[end:]]) + "\n"


def _merged(text: str, language: str, lines: Mapping[str, str]) -> str:
    states = yamltext.read(text)
    if not states.get(language):
        states[language] = CommentedMap()
        states[language].fa.set_block_style()
    for context, line in lines.items():
        states[language][context] = yamltext.read(line)
    return yamltext.write(states, text)


def _loaded(text: str) -> dict[str, Any]:
    try:
        return dict(yaml.load(text, Loader=Loader) or {})  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise ContentError(f"{STATES_PATH}: not valid YAML; check quotes, colons and indents") from error


def _readable(text: str) -> dict[str, Any] | None:
    try:
        return _loaded(text)
    except ContentError:
        return None
