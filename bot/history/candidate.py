"""Judges content that is not live: a moment's files are laid out in a folder of their own and checked as `confianza check` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.checks import Finding, findings
from bot.core.content import Content
from bot.history.files import Files
from bot.library import read

__all__ = ["Finding", "judge", "laid_out", "lay_out", "read_content"]


def judge(files: Files) -> tuple[Finding, ...]:
    """Returns what is wrong with the files, empty where they may go live. Takes about a second."""
    with laid_out(files) as folder:
        return tuple(findings(folder))


def read_content(files: Files) -> Content:
    """Returns the files as content, for previews; raises ContentError where they cannot be read."""
    with laid_out(files) as folder:
        return read(folder)


@contextmanager
def laid_out(files: Files) -> Iterator[Path]:
    """Writes the files into a folder that exists as long as the block."""
    with TemporaryDirectory(prefix="confianza-") as name:
        lay_out(files, Path(name))
        yield Path(name)


def lay_out(files: Files, folder: Path) -> None:
    """Writes the content's files into a folder, which is made where it is not there."""
    for path in (*files.list("data"), *files.list("locales"), "domain.yml"):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(files.read(path), encoding="utf-8", newline="")
