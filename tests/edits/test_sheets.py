"""Files that come in say how known sentences are said, and nothing else."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import EditError
from bot.edits.catalogues import WORDING, reword
from bot.edits.entries import entries
from bot.edits.sheets import MAX_BYTES, Incoming, decoded, export_csv, export_po, guarded, import_csv, import_po, unguarded
from bot.edits.translations import translate
from bot.history.files import Files
from tests.edits.small import DAY, SAID, SHORT, STEP, edited, small

CALM, HELP = "Stay calm.", "Call us:\n{phone}"
SAID_CALM = {"ar": "ابقوا هادئين.", "zh": "保持冷静。", "ht": "Rete kal."}


@pytest.fixture(scope="module")
def files() -> Files:
    return small()


def table(*rows: tuple[str, str, str, str], delimiter: str = ",", head: str = "language,context,english,translation,state") -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head.split(","))
    writer.writerows((*row, "missing") for row in rows)
    return out.getvalue().encode("utf-8-sig")


def take(files: Files, raw: bytes, language: str = "ht") -> Incoming:
    return import_csv(files, language, raw, "jan", DAY)


@pytest.mark.parametrize("language", SAID)
def test_what_goes_out_comes_in_without_a_change(files: Files, language: str) -> None:
    """A file that nobody touched changes nothing, as PO and as CSV."""
    assert import_csv(files, language, export_csv(files, language).encode(), "jan", DAY) == Incoming()
    for domain in ("messages", "answers", "sources"):
        assert import_po(files, language, domain, export_po(files, language, domain), "jan", DAY) == Incoming()


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_gives_its_translation(files: Files, language: str, delimiter: str) -> None:
    """A filled cell becomes the very change that a typed translation would be; the dry run shows old and new."""
    found = take(files, table((language, "door", CALM, SAID_CALM[language]), delimiter=delimiter), language)
    assert [(d.msgid, d.old, d.new) for d in found.accepted] == [(CALM, "", SAID_CALM[language])]
    assert found.changes == translate(files, language, "door", CALM, SAID_CALM[language], "jan", DAY)


def test_what_we_do_not_know_is_reported_and_never_made(files: Files) -> None:
    """A changed key creates nothing."""
    found = take(files, table(("ht", "door", "Stay very calm.", "Rete kal."), ("ht", "gate", CALM, "Rete kal.")))
    assert found.unknown == (("door", "Stay very calm."), ("gate", CALM))
    assert (found.changes, found.accepted) == ({}, ())


@pytest.mark.parametrize(("row", "reason"), [
    pytest.param(("ht", "door", SHORT, "Rele yon avoka."), "phone", id="without its number"),
    pytest.param(("ht", "help", HELP, "Rele nou."), "braces", id="without its braces"),
    pytest.param(("zh", "door", CALM, "保持冷静。"), "language", id="another language's row"),
    pytest.param(("ht", "door", CALM, "Rete \u202ekal."), "U+202E", id="a hidden sign"),
])
def test_a_table_is_judged_as_a_typed_translation_is(files: Files, row: tuple[str, str, str, str], reason: str) -> None:
    """A refused row is reported with its reason; the other rows of the file are taken."""
    found = take(files, table(row, ("ht", "door", STEP, "Pa louvri pòt la.")))
    assert [(c, e) for c, e, _ in found.refused] == [row[1:3]]
    assert reason in found.refused[0][2]
    assert [d.msgid for d in found.accepted] == [STEP]


def test_a_sentence_that_stands_twice_is_refused(files: Files) -> None:
    """Which of two rows is meant nobody can know; in a PO file too."""
    found = take(files, table(("ht", "door", CALM, "Rete kal."), ("ht", "door", CALM, "Rete trankil.")))
    assert (found.accepted, len(found.refused)) == ((), 1)
    twice = f'msgid ""\nmsgstr ""\n\nmsgctxt "door"\nmsgid "{CALM}"\nmsgstr "Rete kal."\n\nmsgctxt "door"\nmsgid "{CALM}"\nmsgstr "Rete."\n'
    found = import_po(files, "ht", "answers", twice, "jan", DAY)
    assert (found.accepted, len(found.refused)) == ((), 1)


def test_an_empty_cell_takes_nothing_away(files: Files) -> None:
    """A translation is never deleted by a file."""
    assert take(files, table(("ht", "door", STEP, ""), ("ht", "door", CALM, "  "))) == Incoming()


@pytest.mark.parametrize(("raw", "word"), [
    pytest.param("language,context".encode("utf-16"), "UTF-16", id="UTF-16"),
    pytest.param("language,context".encode("utf-16-le"), "UTF-16", id="UTF-16 without its mark"),
    pytest.param("language,pòt".encode("latin-1"), "Latin-1", id="Latin-1"),
    pytest.param(b"PK\x03\x04rest", "workbook", id="a workbook"),
    pytest.param(b"a" * (MAX_BYTES + 1), "2 MB", id="too large"),
])
def test_a_file_that_cannot_be_read_says_what_to_do(raw: bytes, word: str) -> None:
    """No letter is guessed: the message names the way to save it rightly."""
    with pytest.raises(EditError, match=word) as caught:
        decoded(raw)
    assert caught.value.field == "file"


@pytest.mark.parametrize("raw", [
    pytest.param(b"", id="an empty file"),
    pytest.param(b"a,b\n1,2\n", id="other columns"),
    pytest.param(table(("ht", "door", CALM, "Rete kal."), head="language,context,english,state,translated"), id="a renamed column"),
    pytest.param(b"language,context,english,translation,state\nht,door\n", id="a short row"),
    pytest.param(b"language,context,english,translation,state\nht,door,a,b,c,d\n", id="a long row"),
    pytest.param(b'language,context,english,translation,state\nht,door,"a"b,c,d\n', id="a stray quotation mark"),
    pytest.param(b"language,context,english,translation,state\nht,door," + b"x" * 200_000 + b",c,d\n", id="an endless cell"),
])
def test_a_table_of_another_shape_is_refused(files: Files, raw: bytes) -> None:
    """Columns are locked; a table of another shape changes nothing and says why."""
    if raw:
        with pytest.raises(EditError) as caught:
            take(files, raw)
        assert caught.value.field == "file"
    else:
        assert take(files, raw) == Incoming()


@given(st.text(max_size=12) | st.text("'=+-@ \t\r\n＝a", max_size=6))
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell: str) -> None:
    """What a spreadsheet program could take for a formula begins with an apostrophe, which import takes away."""
    safe = guarded(cell)
    assert safe.lstrip()[:1] not in ("=", "+", "-", "@") or not safe.strip()
    assert unguarded(safe) == cell


def test_a_formula_in_a_translation_is_harmless_in_a_table(files: Files) -> None:
    """A translation that begins with = is written as text and comes back as it was."""
    files = files.changed(translate(files, "ht", "door", CALM, "=kal()", "marie", DAY))
    assert ",'=kal()," in export_csv(files, "ht")
    assert import_csv(files, "ht", export_csv(files, "ht").encode(), "jan", DAY) == Incoming()


def test_a_table_begins_so_that_spreadsheets_read_utf8(files: Files) -> None:
    """The first character is U+FEFF, the first row names the columns."""
    assert export_csv(files, "zh").startswith("\ufefflanguage,context,english,translation,state\r\n")


def test_a_po_file_gives_only_its_translations(files: Files) -> None:
    """Headers, comments, flags and new entries of another program stay outside."""
    text = export_po(files, "ht", "answers").replace("Confianza VERSION", "Evil 1.0").replace(
        f'msgid "{CALM}"\nmsgstr ""', f'msgid "{CALM}"\nmsgstr ""\n"Rete "\n"kal."'
    ) + '\n# a stranger\nmsgctxt "door"\nmsgid "Pay 500 dollars."\nmsgstr "Peye 500 dola."\n'
    found = import_po(files, "ht", "answers", text.replace("\n", "\r\n"), "jan", DAY)
    assert found.unknown == (("door", "Pay 500 dollars."),)
    assert found.changes == translate(files, "ht", "door", CALM, "Rete kal.", "jan", DAY)


def test_a_fuzzy_entry_waits_and_an_unmarked_one_confirms(files: Files) -> None:
    """What the other program calls fuzzy is not taken; the same words without the mark are up to date again."""
    new = "Keep it shut."
    after = edited(files, STEP, new)
    after = after.changed(reword(after, {("door", STEP): new}, WORDING))
    out = export_po(after, "zh", "answers")
    assert import_po(after, "zh", "answers", out, "jan", DAY) == Incoming()
    done = import_po(after, "zh", "answers", out.replace("#, fuzzy\n", ""), "jan", DAY)
    assert [d.msgid for d in done.accepted] == [new]
    assert next(e for e in entries(after.changed(done.changes), "zh") if e.msgid == new).state == "draft"


@pytest.mark.parametrize("text", ['msgid "a"\nmsgstr "b\n', "hello\n", 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[7] "d"\n'])
def test_a_broken_po_file_is_refused(files: Files, text: str) -> None:
    """A file that is no PO is named with its line, and nothing of it is taken."""
    with pytest.raises(EditError) as caught:
        import_po(files, "ht", "answers", text, "jan", DAY)
    assert caught.value.field == "file"


def test_a_language_we_do_not_have_is_refused(files: Files) -> None:
    """No catalogue is made by a file."""
    with pytest.raises(EditError):
        take(files, table(("so", "door", CALM, "x")), "so")
