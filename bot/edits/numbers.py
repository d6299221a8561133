"""Phone numbers in a person's own words: forbidden ones however they are written, and where a contact's number stands in answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.core.errors import EditError
from bot.core.forbidden import pattern, plain
from bot.edits import yamltext
from bot.edits.contacts import FORBIDDEN
from bot.history.files import Files

TOPICS = "data/answers/topics"
_DIGITS = 10


def refuse_forbidden(files: Files, texts: Mapping[str, str]) -> None:
    """Raises EditError beside the first field (name -> text) that holds a number which must never be shown, and says why."""
    table = {str(row["number"]): str(row["why"]) for row in yamltext.read(files.read(FORBIDDEN))}
    for name, text in texts.items():
        written = plain(text)
        for number, why in table.items():
            if pattern(number).search(written):
                raise EditError(name, f"a number in it must never be shown: {why}")


def answers_with(files: Files, numbers: Iterable[str]) -> list[str]:
    """Returns the topics whose English holds one of the numbers, sorted."""
    digits = (re.sub(r"\D", "", number)[-_DIGITS:] for number in numbers)
    patterns = [pattern(number) for number in digits if len(number) == _DIGITS]
    texts = {path: plain(files.read(path)) for path in files.list(TOPICS, ".yml")} if patterns else {}
    return [path.rsplit("/", 1)[1].removesuffix(".yml") for path, text in texts.items() if any(p.search(text) for p in patterns)]

