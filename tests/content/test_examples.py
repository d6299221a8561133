"""How people ask: enough examples, in every language, none of them an evaluation message."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from bot.core.content import Content
from bot.core.text import fold
from bot.yamlfile import read_yaml

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
# The encoder does not know Creole, and Arabic dialects badly.
LEAST_TOPIC = {"ht": 30, "ar": 30}
LEAST_SERVICE = 10
LEAST_OUT_OF_SCOPE = 80
NEAR = 90


def examples(root: Path, language: str) -> dict[str, list[str]]:
    blocks = read_yaml(root / "data" / "nlu" / f"{language}.yml")["nlu"]
    return {b["intent"]: [e.strip()[2:] for e in b["examples"].splitlines() if e.strip()] for b in blocks}


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_examples(language: str, root: Path, content: Content) -> None:
    """Each topic has at least 20 examples (30 in Creole and Arabic), each service intent 10, out_of_scope 80."""
    found = examples(root, language)
    assert set(found) == set(content.topics)
    for topic in content.topics.values():
        least = LEAST_OUT_OF_SCOPE if topic.id == "out_of_scope" else LEAST_SERVICE if topic.is_service else LEAST_TOPIC.get(language, 20)
        assert len(set(found[topic.id])) >= least, topic.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_twice(language: str, root: Path) -> None:
    """No example stands twice in a language, under whatever intent."""
    lines = [e for block in examples(root, language).values() for e in block]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_measure_never_trains(language: str, root: Path) -> None:
    """No message of data/evaluation, nor a light edit of one, is a training example; every intent is measured."""
    rows = table(root / "data" / "evaluation" / f"{language}.tsv")
    assert not near_examples(root, language, [row["text"] for row in rows])
    assert {row["intent"] for row in rows} == set(examples(root, language))
    assert {row["lang"] for row in rows} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_evaluation_message_trains(language: str, root: Path, shared: Path) -> None:
    """No evaluation message of the project, nor a light edit of one, is a training example: they measure, they never train."""
    assert not near_examples(root, language, [row["text"] for row in table(shared / "eval" / "dev" / f"{language}.tsv")])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def near_examples(root: Path, language: str, texts: list[str]) -> list[str]:
    """The examples that are one of the texts, or a light edit of one."""
    kept_back = [bare(text) for text in texts]
    lines = [bare(e) for block in examples(root, language).values() for e in block]
    longer = [line for line in lines if len(line) > 12]
    likeness = process.cdist(longer, kept_back, scorer=fuzz.ratio, score_cutoff=NEAR)
    return [*(set(lines) & set(kept_back)), *(longer[i] for i in range(len(longer)) if likeness[i].max() >= NEAR)]
