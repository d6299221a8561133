"""Phone numbers in a person's own words: forbidden ones however they are written, and where a contact's number stands in answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.core.errors import EditError
from bot.edits import yamltext
from bot.edits.contacts import FORBIDDEN
from bot.history.files import Files

TOPICS = "data/answers/topics"
# Between two digits of a number stand few characters, and neither letters nor digits.
_GAP = r"[\W_]{0,4}"
# The letters on the keys of a telephone. Area codes are always written in digits.
_KEYS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
_AREA, _DIGITS = 3, 10


def plain(text: str) -> str:
    """Returns a text with the digits of every script as 0 to 9, in small letters, without characters that nobody sees."""
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.decimal(char, char)) for char in seen).lower()


def refuse_forbidden(files: Files, texts: Mapping[str, str]) -> None:
    """Raises EditError beside the first field (name -> text) that holds a number which must never be shown, and says why."""
    table = {str(row["number"]): str(row["why"]) for row in yamltext.read(files.read(FORBIDDEN))}
    for name, text in texts.items():
        written = plain(text)
        for number, why in table.items():
            if _pattern(number).search(written):
                raise EditError(name, f"a number in it must never be shown: {why}")


def answers_with(files: Files, numbers: Iterable[str]) -> list[str]:
    """Returns the topics whose English holds one of the numbers, sorted."""
    digits = (re.sub(r"\D", "", number)[-_DIGITS:] for number in numbers)
    patterns = [_pattern(number) for number in digits if len(number) == _DIGITS]
    texts = {path: plain(files.read(path)) for path in files.list(TOPICS, ".yml")} if patterns else {}
    return [path.rsplit("/", 1)[1].removesuffix(".yml") for path, text in texts.items() if any(p.search(text) for p in patterns)]


def _pattern(number: str) -> re.Pattern[str]:
    keys = [f"[{digit}{_KEYS.get(digit, '')}]" if place >= _AREA else digit for place, digit in enumerate(number)]
    return re.compile(_GAP.join(keys))
