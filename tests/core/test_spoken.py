"""The language of a message without a model: by the words of our own answers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.core.content import Content
from bot.core.spoken import likely_language

SAID = {
    "Spanish without a hint": ("¿La policía me va a preguntar por mis papeles?", None, "es"),
    "Spanish on an English page": ("la migra se llevó a mi hermano", "en", "es"),
    "Creole without a hint": ("ICE pran frè m nan", None, "ht"),
    "Portuguese": ("a polícia vai perguntar o meu status?", None, "pt"),
    "Polish": ("czy policja zapyta o mój status?", None, "pl"),
    "French": ("que faire si la police vient chez moi ?", None, "fr"),
    "English on a Spanish page": ("what do I do if the police stop my car", "es", "en"),
    "Chinese by its letters": ("警察会问我的身份吗", "es", "zh"),
    "Arabic by its letters": ("هل ستسألني الشرطة", "es", "ar"),
    "a town says nothing": ("norwalk", "pl", "pl"),
    "nonsense keeps the hint": ("xyzzy plugh", "ht", "ht"),
    "nonsense without a hint": ("xyzzy plugh", None, "en"),
    "a digit": ("2", "pt", "pt"),
    "nothing": ("", None, "en"),
    "signs": ("?!", "fr", "fr"),
}


@pytest.mark.parametrize("text, hint, language", SAID.values(), ids=SAID.keys())
def test_the_words_tell_the_language(content: Content, text: str, hint: str | None, language: str) -> None:
    """What is clear beats the hint; what is not keeps it."""
    assert likely_language(text, hint, content) == language


def test_most_messages_are_found(content: Content, root: Path) -> None:
    """Of the messages that measure us, without any hint, 85 of 100 in every language, so that a short answer can be read."""
    for table in sorted((root / "data" / "evaluation").glob("*.tsv")):
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        found = sum(likely_language(row["text"], None, content) == row["lang"] for row in rows)
        assert found >= 0.85 * len(rows), table.name
