"""What a model learns: how people ask for which topic, in each language. For what a model knows that nobody published."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import ContentError
from bot.history.files import Files
from bot.learning.models import ModelError
from bot.yamlfile import parse_yaml

EXAMPLES, DOMAIN = "data/nlu", "domain.yml"
# What a training reads.
LEARNED = (f"{EXAMPLES}/", DOMAIN, "data/stories/", "data/words/")
# Where Rasa keeps the domain within a model.
DOMAIN_OF_MODEL = "components/domain_provider/domain.yml"


class Lesson(NamedTuple):
    """One example of a topic."""

    topic: str
    language: str
    text: str


def lessons(files: Files) -> frozenset[Lesson]:
    """Returns every example of the content. Takes about half a second."""
    return frozenset(lesson for path in files.list(EXAMPLES, ".yml") for lesson in _of_file(path, files.read(path)))


def teaches(paths: Iterable[str]) -> bool:
    """True where a model has to be trained before changes of these files count in full."""
    return any(path.startswith(LEARNED) for path in paths)


def known_topics(model: Path) -> frozenset[str]:
    """Returns the intents that a model on disk knows; raises ModelError where it cannot be read."""
    try:
        with tarfile.open(model) as archive:
            file = archive.extractfile(DOMAIN_OF_MODEL)
            return intents(file.read().decode("utf-8") if file else "")
    except (OSError, KeyError, tarfile.TarError, EOFError, UnicodeDecodeError, ContentError) as error:
        raise ModelError("this model cannot be read; train a new one") from error


def intents(domain: str) -> frozenset[str]:
    """Returns the intents that a domain.yml names; raises ContentError where it is none."""
    raw = parse_yaml(domain, DOMAIN)
    if not isinstance(raw, dict) or not isinstance(raw.get("intents"), list):
        raise ContentError(f"{DOMAIN}: there is no list of intents")
    return frozenset(str(name) for entry in raw["intents"] for name in (entry if isinstance(entry, dict) else [entry]))


def _of_file(path: str, text: str) -> list[Lesson]:
    language = path.rsplit("/", 1)[-1].removesuffix(".yml")
    blocks = (parse_yaml(text, path) or {}).get("nlu") or []
    return [
        Lesson(str(block["intent"]), language, line.strip().removeprefix("- "))
        for block in blocks for line in str(block["examples"]).splitlines() if line.strip()
    ]
