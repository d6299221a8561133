"""Files that come in: their kind is found, and what only differs in numbers is told apart."""

from __future__ import annotations

import pytest

from bot.core.errors import EditError
from bot.edits.sheets import export_csv, export_po
from bot.edits.uploads import dry_run
from tests.edits.small import DAY, SHORT, small

FILES = small()
CALM = "Stay calm."


def po(context: str, english: str, text: str) -> str:
    return f'msgctxt "{context}"\nmsgid "{english}"\nmsgstr "{text}"\n'


@pytest.mark.parametrize(("text", "path"), [
    pytest.param(po("door", CALM, "Rete kal."), "locales/ht/LC_MESSAGES/answers.po", id="PO of answers"),
    pytest.param(po("said_in", "Said in {date}.", "Te di sa nan {date}."), "locales/ht/LC_MESSAGES/messages.po", id="PO of messages"),
    pytest.param(f"language,context,english,translation,state\nht,door,{CALM},Rete kal.,missing\n", "locales/ht/LC_MESSAGES/answers.po",
                 id="table"),
])
def test_the_kind_of_a_file_is_found(text: str, path: str) -> None:
    """By what stands in it; its name is never asked."""
    found = dry_run(FILES, "ht", text, "jan", DAY)
    assert list(found.sure.changes) == [path] and found.doubtful == () and found.sure == found.whole


@pytest.mark.parametrize("text", [export_csv(FILES, "ht").lstrip("\ufeff"), *(export_po(FILES, "ht", d) for d in ("messages", "answers"))])
def test_what_went_out_comes_back_without_a_change(text: str) -> None:
    """Nothing is unknown and nothing is refused."""
    found = dry_run(FILES, "ht", text, "jan", DAY)
    assert (found.sure.changes, found.sure.unknown, found.sure.refused) == ({}, (), ())


def test_numbers_alone_are_doubtful() -> None:
    """A wrong phone number is refused for good; a number as a word waits for somebody's yes."""
    fine = "Rele yon avoka nan 203-234-0000 anvan dis out 2025. Gade https://ctlawhelp.org/ice."
    found = dry_run(FILES, "ht", po("door", SHORT, fine), "jan", DAY)
    assert found.sure.changes == {} and [d.new for d in found.doubtful] == [fine]
    wrong = dry_run(FILES, "ht", po("door", SHORT, fine.replace("0000", "0001")), "jan", DAY)
    assert wrong.doubtful == () and len(wrong.whole.refused) == 1


def test_a_catalogue_of_strangers_is_all_unknown() -> None:
    """A PO file of another program brings nothing in."""
    found = dry_run(FILES, "ht", po("menu", "File", "Fichye"), "jan", DAY)
    assert found.whole.unknown == (("menu", "File"),) and not found.whole.changes


@pytest.mark.parametrize("text", ["", "hello", 'msgid "a\nmsgstr "b"\n', 'msgid "a"\nmsgstr "b\n'], ids=repr)
def test_what_is_neither_is_refused(text: str) -> None:
    """With the file's field named."""
    with pytest.raises(EditError) as caught:
        dry_run(FILES, "ht", text, "jan", DAY)
    assert caught.value.field == "file"
