"""What a model learns, and what one on disk knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.history.files import Files, Table
from bot.learning.lessons import Lesson, intents, known_topics, lessons, teaches
from bot.learning.models import ModelError
from tests.trainees import model

NLU = 'version: "3.1"\nnlu:\n- intent: greet\n  metadata: {language: ar}\n  examples: |\n    - مرحبا\n    - 3 - yes\n'


def test_every_example_is_a_lesson() -> None:
    """Topic, language and words of each line; a file without examples has none."""
    files = Files(Table({"data/nlu/ar.yml": NLU, "data/nlu/zh.yml": 'version: "3.1"\n'}))
    assert lessons(files) == {Lesson("greet", "ar", "مرحبا"), Lesson("greet", "ar", "3 - yes")}


@pytest.mark.parametrize("path, expected", [
    pytest.param("data/nlu/ht.yml", True, id="examples"),
    pytest.param("domain.yml", True, id="intents"),
    pytest.param("data/words/ht.tsv", True, id="words the encoder cannot read"),
    pytest.param("data/answers/topics/greet.yml", False, id="an answer"),
    pytest.param("locales/ar/LC_MESSAGES/answers.po", False, id="a translation"),
])
def test_what_has_to_be_learned(path: str, expected: bool) -> None:
    """Words of answers count at once; only what a training reads needs one."""
    assert teaches([path]) is expected


def test_intents_of_a_domain() -> None:
    """Both of Rasa's ways to write an intent."""
    assert intents("intents:\n  - greet\n  - deny: {use_entities: []}\n") == {"greet", "deny"}


@pytest.mark.parametrize("text", ["", "intents: 3", "- greet"], ids=["empty", "no list", "no table"])
def test_no_domain(text: str) -> None:
    """What is no domain is refused, not taken for one without topics."""
    with pytest.raises(ContentError):
        intents(text)


def test_what_a_model_knows(tmp_path: Path) -> None:
    """Its intents stand in the archive."""
    assert known_topics(model(tmp_path / "models" / "x.tar.gz", "greet", "rent")) == {"greet", "rent"}


@pytest.mark.parametrize("content", [None, b"new model"], ids=["no file", "no archive"])
def test_a_model_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    """It is an error of ours."""
    if content:
        (tmp_path / "x.tar.gz").write_bytes(content)
    with pytest.raises(ModelError):
        known_topics(tmp_path / "x.tar.gz")
