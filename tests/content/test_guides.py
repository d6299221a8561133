"""The guides for advocates: they name buttons as the console does, say the same in both languages, and their pictures are there."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest

from bot.yamlfile import read_yaml

GUIDES = {"en": "advocates.md", "es": "advocates.es.md"}
BOLD, PICTURE, STEP = re.compile(r"\*\*(.+?)\*\*", re.DOTALL), re.compile(r"!\[(.+?)\]\((.+?)\)"), re.compile(r"^\d\. ", re.MULTILINE)
SPEAKS_OF_ITSELF = {"bold", "negrita"}
MOST_BYTES, FEWEST_STEPS, MOST_STEPS = 150_000, 3, 6


@pytest.fixture(scope="module")
def guides(root: Path) -> dict[str, str]:
    """The text of each guide."""
    return {language: (root / "docs" / name).read_text(encoding="utf-8") for language, name in GUIDES.items()}


@pytest.fixture(scope="module")
def keys(root: Path) -> dict[str, dict[str, set[str]]]:
    """{language: {sentence: its keys}}; what the program fills in is written as …"""
    found: dict[str, dict[str, set[str]]] = {language: {} for language in GUIDES}
    for language, sentences in found.items():
        for path in (root / "bot" / "doors" / "console" / "words").glob(f"*.{language}.yml"):
            for key, sentence in read_yaml(path).items():
                sentences.setdefault(re.sub(r"\{\w+\}", "…", sentence), set()).add(key)
    return found


def quoted(text: str) -> list[str]:
    """The words in bold, without line breaks."""
    return [words for bold in BOLD.findall(text) if (words := " ".join(bold.split())) not in SPEAKS_OF_ITSELF]


def sections(text: str) -> list[str]:
    return re.split(r"^## ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("language", GUIDES)
def test_words_in_bold_stand_on_the_screen(language: str, guides: dict[str, str], keys: dict[str, dict[str, set[str]]]) -> None:
    """Whoever looks for a button finds it under the name that the guide gives it."""
    assert len(quoted(guides[language])) > 50
    assert [words for words in quoted(guides[language]) if words not in keys[language]] == []


def test_both_guides_name_the_same_buttons(guides: dict[str, str], keys: dict[str, dict[str, set[str]]]) -> None:
    """Section by section, what is bold in one language is the same button in the other."""
    for english, spanish in zip_longest(*(sections(guides[language]) for language in GUIDES), fillvalue=""):
        pairs = zip_longest(quoted(english), quoted(spanish), fillvalue="")
        different = [(one, other) for one, other in pairs if not keys["en"].get(one, set()) & keys["es"].get(other, set())]
        assert different == [], english.splitlines()[0]


def test_both_guides_have_the_same_steps_and_pictures(guides: dict[str, str]) -> None:
    """A section of one language has as many steps as that of the other, and the same pictures."""
    shapes = [
        [(len(STEP.findall(part)), [path.replace(f".{language}.png", "") for _, path in PICTURE.findall(part)]) for part in sections(text)]
        for language, text in guides.items()
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", GUIDES)
def test_a_task_has_few_steps(language: str, guides: dict[str, str]) -> None:
    """Every task is done in three to six steps, numbered from one."""
    tasks = [STEP.findall(part) for part in sections(guides[language]) if STEP.search(part)]
    assert len(tasks) >= 12
    assert all(steps == [f"{number}. " for number in range(1, len(steps) + 1)] for steps in tasks)
    assert all(FEWEST_STEPS <= len(steps) <= MOST_STEPS for steps in tasks)


@pytest.mark.parametrize("language", GUIDES)
def test_pictures_are_there_and_light(language: str, guides: dict[str, str], root: Path) -> None:
    """Each picture has words for who cannot see it, is of the guide's language, exists, and is small enough to load on a phone."""
    pictures = PICTURE.findall(guides[language])
    assert len(pictures) >= 8
    for words, path in pictures:
        assert len(words.split()) >= 3
        assert path.endswith(f".{language}.png")
        assert 0 < (root / "docs" / path).stat().st_size <= MOST_BYTES


def test_no_picture_is_left_over(guides: dict[str, str], root: Path) -> None:
    """A picture that no guide shows any more is deleted."""
    shown = {Path(path).name for text in guides.values() for _, path in PICTURE.findall(text)}
    assert {path.name for path in (root / "docs" / "pictures").glob("console-*.png")} == shown
