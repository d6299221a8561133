"""The project's real content as files in memory, for edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.history.files import Files, Table


@pytest.fixture(scope="session")
def files(root: Path) -> Files:
    paths = [p for folder in ("data", "locales") for p in (root / folder).rglob("*") if p.is_file() and p.suffix != ".pyc"]
    paths += [root / "domain.yml"]
    return Files(Table({str(p.relative_to(root)): p.read_text(encoding="utf-8") for p in paths}))
