"""Merging drafts: what different people changed in different pieces goes together; one piece is never put together of two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.errors import ClashError
from bot.edits import contacts
from bot.edits.answers import edit, opened
from bot.edits.contacts import called
from bot.edits.translations import translate
from bot.history.files import Files, Table
from bot.history.merging import merged

TOPIC, DAY = "plate_readers", date(2026, 11, 22)
SLS = "statewide-legal-services-ct"


@pytest.fixture(scope="module")
def files(root: Path) -> Files:
    paths = [p for folder in ("data/answers", "locales") for p in (root / folder).rglob("*") if p.suffix in (".yml", ".po", ".pot")]
    return Files(Table({str(p.relative_to(root)): p.read_text(encoding="utf-8") for p in paths}))


def reworded(files: Files, short: str, severity: str = "law") -> dict[str, str | None]:
    return dict(edit(files, TOPIC, replace(opened(files, TOPIC), short=short), severity))


@pytest.mark.parametrize("english_first", [True, False])
def test_old_words_never_come_under_new_english(files: Files, english_first: bool) -> None:
    """A sentence that the law changed again and a translator's "the old words fit" clash, whichever was live first."""
    base = files.changed(reworded(files, "The law says one thing. Ask a lawyer."))
    english = reworded(base, "The law says another thing. Ask a lawyer.")
    fits = translate(base, "es", TOPIC, "The law says one thing. Ask a lawyer.", "Lo de antes. Pregunte a un abogado.", "jean", DAY)
    first, second = (english, fits) if english_first else (fits, english)
    with pytest.raises(ClashError):
        merged(base, second, base.changed(first))


def test_a_call_belongs_to_the_number_that_was_called(files: Files) -> None:
    """A new number that waits and a call to the old one clash: nobody called the new one."""
    row = next(r for r in contacts.records(files) if r["id"] == SLS)
    wanted = contacts.Contact(row["name"], tuple(row["kinds"]), tuple(row["serves"]), row["publish"], "203-838-0101", row["url"],
                              row["hours"], row["note"])
    waiting = contacts.edit(files, SLS, wanted)
    live = files.changed(called(files, SLS, "Eva", DAY, "", works=True))
    with pytest.raises(ClashError):
        merged(files, waiting, live)


def test_different_pieces_go_together(files: Files) -> None:
    """Two translations of different sentences in one file, and calls to different contacts, are both kept."""
    other = opened(files, "trust_act").short
    one = translate(files, "es", TOPIC, opened(files, TOPIC).short, "Pregunte a un abogado.", "jean", DAY, numbers_ok=True)
    two = translate(files, "es", "trust_act", other, "Pregunte a otra abogada.", "luz", DAY, numbers_ok=True)
    both = files.changed(one).changed(merged(files, two, files.changed(one)))
    text = both.read("locales/es/LC_MESSAGES/answers.po")
    assert "Pregunte a un abogado." in text
    assert "Pregunte a otra abogada." in text


def test_no_line_moves_into_its_neighbour() -> None:
    """Where the lines of two changes fit together, but a sentence came out that neither side has, that is a clash."""
    path = "locales/ht/LC_MESSAGES/answers.po"
    head = 'msgid ""\nmsgstr ""\n"Kite "\n"pòt la."\n'
    ours = 'msgid ""\nmsgstr ""\n\nmsgid "Keep the door shut."\nmsgstr ""\n"Kite "\n"pòt la."\n'
    live = 'msgid ""\nmsgstr ""\n"Louvri pòt la."\n'
    with pytest.raises(ClashError):
        merged(Files(Table({path: head})), {path: ours}, Files(Table({path: live})))
