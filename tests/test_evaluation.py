"""Evaluation tables and their report; what the model makes of them is tested with the command line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.core.errors import ContentError
from bot.core.scores import Judged, report
from bot.evaluation import read_table, show

HEADER = "lang\tintent\tregister\ttext\n"
# name -> (a table that cannot be read, the line that the message must name)
BROKEN = {
    "other columns": ("language\tintent\ttext\nes\tgreet\thola\n", 1),
    "commas": ("lang,intent,register,text\nes,greet,plain,hola\n", 1),
    "no header": ("es\tgreet\tplain\thola\n", 1),
    "nothing": ("", 1),
    "a column too few": (HEADER + "es\tgreet\tplain\thola\nzh\tgreet\t你好\n", 3),
    "an empty line": (HEADER + "es\tgreet\tplain\thola\n\nzh\tgreet\tplain\t你好\n", 3),
}


def table(folder: Path, text: str) -> Path:
    path = folder / "table.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [
    "¿La policía pregunta?", 'he said "hola', '"hola', '"hola" dijo', "警察会问吗？", "البوليس بيسأل؟", "a  b", "'",
])
def test_a_message_is_read_as_it_stands(tmp_path: Path, text: str) -> None:
    """Quotation marks mean nothing special in a table: a message may hold one, or end in one."""
    assert list(read_table(table(tmp_path, f"{HEADER}xx\tgreet\tplain\t{text}\n"))) == [("xx", "greet", "plain", text)]


def test_rows_come_in_order(tmp_path: Path) -> None:
    """Every row is read, in the order of the file, whatever ends its lines."""
    rows = [("ht", "greet", "plain", "Bonjou"), ("ar", "thanks", "sms", "شكرا"), ("pl", "greet", "typo", "czesc")]
    text = HEADER + "".join("\t".join(row) + "\n" for row in rows)
    assert list(read_table(table(tmp_path, text))) == rows
    assert list(read_table(table(tmp_path, text.replace("\n", "\r\n")))) == rows


@pytest.mark.parametrize("text, line", BROKEN.values(), ids=BROKEN)
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """A table of another form is refused with its file, the line and the columns it needs."""
    with pytest.raises(ContentError, match=rf"table\.tsv:{line}: .*lang, intent, register, text"):
        list(read_table(table(tmp_path, text)))


def test_the_report_shows_every_group_and_confusion() -> None:
    """The printed report has a line for all, for each language and register, and the confusions; no figure is made up."""
    rows = [
        Judged("zh", "greet", "plain", "你好", "zh", "greet", "greet"),
        Judged("zh", "out_of_scope", "sms", "天气", "zh", "raids_now", "raids_now"),
        Judged("ar", "out_of_scope", "sms", "طقس", "ar", "out_of_scope", "out_of_scope"),
    ]
    out = StringIO()
    show(report(rows), Console(file=out, width=120))
    rows_of = [[cell.strip() for cell in line.strip("│").split("│")] for line in out.getvalue().splitlines() if "│" in line]
    lines = {cells[0]: cells[1:] for cells in rows_of}
    assert lines["all"] == ["3", "1.000", "0.667", "1.000", "1.000", "0.500"]
    assert lines["zh"] == ["2", "1.000", "0.500", "1.000", "1.000", "1.000"]
    assert lines["ar"] == ["1", "1.000", "1.000", "-", "-", "0.000"]
    assert lines["sms"][0] == "2" and lines["plain"][0] == "1"
    assert lines["out_of_scope"] == ["raids_now", "1"]
