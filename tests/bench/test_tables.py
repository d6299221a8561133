from __future__ import annotations

from pathlib import Path

import pytest
import tables
from program import BenchError
from tables import Message

HEADER = "lang\tintent\tregister\ttext\n"


def test_reads_every_table(tmp_path: Path) -> None:
    """All tables of the folder are read; quotation marks are part of a message."""
    (tmp_path / "ht.tsv").write_text(HEADER + 'ht\task\tsms\tli di "papye"?\n', encoding="utf-8")
    (tmp_path / "zh.tsv").write_text(HEADER + "zh\tmenu\tplain\t请给我看菜单\n", encoding="utf-8")
    assert tables.read(tmp_path) == (Message("ht", "ask", "sms", 'li di "papye"?'), Message("zh", "menu", "plain", "请给我看菜单"))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    """A table with other columns is an error that names the file."""
    (tmp_path / "es.tsv").write_text("lang\ttext\nes\thola\n", encoding="utf-8")
    with pytest.raises(BenchError, match=r"es\.tsv"):
        tables.read(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without tables measures nothing."""
    with pytest.raises(BenchError, match="no tables"):
        tables.read(tmp_path)


def test_the_shipped_set_is_read() -> None:
    """The set that the project ships can be asked, in all eight languages."""
    assert len({message.language for message in tables.read(tables.SHIPPED)}) == 8


def test_a_set_is_named_without_its_path(tmp_path: Path) -> None:
    """The document never gets to know where somebody's own set lies."""
    assert str(tmp_path) not in tables.name(tmp_path)
