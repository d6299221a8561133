"""The console's own words, English and Spanish: one pair of files an area, words/<area>.en.yml and words/<area>.es.yml.

A file is a flat table `key: "sentence with {braces}"`. Keys are unique over all areas; both languages have the same keys and braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from django.utils.functional import lazy
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bot.core.errors import SettingsError
from bot.yamlfile import read_yaml

LANGUAGES = ("en", "es")
FOLDER = Path(__file__).resolve().parent / "words"


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Returns {language: {key: sentence}} of all areas; raises SettingsError where the files do not fit together."""
    return read(FOLDER)


def read(folder: Path) -> dict[str, dict[str, str]]:
    """Reads and checks the word files of a folder; raises SettingsError naming file and key."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for area in sorted({path.name.split(".")[0] for path in folder.glob("*.yml")}):
        for language in LANGUAGES:
            _add(found[language], folder / f"{area}.{language}.yml")
        _compare(area, found)
    return found


def _add(table: dict[str, str], path: Path) -> None:
    for key, sentence in (read_yaml(path) or {}).items():
        if not (isinstance(key, str) and key.isidentifier() and isinstance(sentence, str) and sentence.strip()):
            raise SettingsError(f"{path}: '{key}' needs a name of letters and _ and a sentence in quotes")
        if key in table:
            raise SettingsError(f"{path}: the key '{key}' stands twice, perhaps in another area; rename one")
        table[key] = sentence


def _compare(area: str, found: dict[str, dict[str, str]]) -> None:
    english, spanish = (found[language] for language in LANGUAGES)
    if alone := sorted(english.keys() ^ spanish.keys()):
        raise SettingsError(f"words/{area}: only one language has {', '.join(alone)}; add the other")
    for key, sentence in english.items():
        if braces(sentence) != braces(spanish[key]):
            raise SettingsError(f"words/{area}: the braces of '{key}' differ between English and Spanish")


def braces(sentence: str) -> frozenset[str]:
    """Returns the names in braces; raises SettingsError for one that is no plain name."""
    try:
        names = frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    except ValueError as error:
        raise SettingsError(f"a brace is open or too many: {sentence!r}") from error
    if wrong := [name for name in names if not name.isidentifier()]:
        raise SettingsError(f"in braces stands a name, not {wrong[0]!r}: {sentence!r}")
    return names


def say(key: str, **values: object) -> str:
    """Returns a sentence in the language of the request as plain text; raises KeyError for an unknown key or missing value."""
    return _sentence(key).format(**values)


def say_safely(key: str, **values: object) -> SafeString:
    """Returns a sentence for a page: it and its values are escaped, but for values that are safe HTML already."""
    return mark_safe(escape(_sentence(key)).format(**{name: conditional_escape(value) for name, value in values.items()}))  # noqa: S308


# For labels that are written when a module is imported and read in the language of each request.
later = lazy(say, str)


def known(key: str) -> bool:
    """True where there is such a sentence."""
    return key in tables()["en"]


def _sentence(key: str) -> str:
    language = (get_language() or "en")[:2]
    return tables()[language if language in LANGUAGES else "en"][key]


class Words(Mapping[str, str]):
    """All sentences without braces' values, for templates: {{ words.key }}."""

    def __getitem__(self, key: str) -> str:
        return _sentence(key)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(tables()["en"])

    def __len__(self) -> int:
        return len(tables()["en"])
