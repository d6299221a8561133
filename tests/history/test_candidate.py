"""Content that is not live, laid out as files."""

from __future__ import annotations

from pathlib import Path

from bot.history.candidate import lay_out
from bot.history.files import Files, Table

TEXTS = {"data/nlu/ar.yml": "بيت\n", "locales/x.po": "a\r\nb", "domain.yml": "intents: []\n", "config.yml": "","bot/x.py": "x"}
FILES = Files(Table(TEXTS))


def test_content_and_nothing_else_is_laid_out(tmp_path: Path) -> None:
    """Data, translations and domain are written byte for byte; the program and the configuration are not content."""
    lay_out(FILES, tmp_path / "new" / "folder")
    written = {str(path.relative_to(tmp_path / "new" / "folder")) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {"data/nlu/ar.yml", "locales/x.po", "domain.yml"}
    assert (tmp_path / "new/folder/locales/x.po").read_bytes() == b"a\r\nb"
    assert (tmp_path / "new/folder/data/nlu/ar.yml").read_text(encoding="utf-8") == "بيت\n"
