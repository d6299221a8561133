"""Puts several changed files in their places as one step: after a crash or on a full disk either all are new or none is.

New texts are first written beside each other in `.publishing/`, then a journal names them: from then on they count. Moving
them to their places needs no room on the disk, and whoever comes next finishes what a dead process began.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.history.files import Changes

# Published files are read by processes that may run as other users than the one that writes them.
MODE = 0o644
FOLDER, JOURNAL, LOCK = ".publishing", "journal.json", "lock"
# Another user's files, and a file system that this process was given for reading only.
MAY_NOT_WRITE = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def locked(root: Path, wait: bool = True) -> Iterator[bool]:
    """Holds the lock of all writers of this checkout; gives False where it is held and one would have to wait."""
    folder = root / FOLDER
    folder.mkdir(mode=0o755, exist_ok=True)
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True  # a dead process's lock is gone with it; closing the file frees ours


def prepare(root: Path, changes: Changes, note: dict[str, Any]) -> None:
    """Writes the new texts aside and then the journal; raises OSError (full disk) with nothing changed. Needs the lock.

    note: what else is to be remembered until `close`, for example the commit that the files come from.
    """
    _clear(root)
    staged = root / FOLDER / "staged"
    try:
        staged.mkdir()
        rows = []
        for number, (path, text) in enumerate(changes.items()):
            if text is not None:
                _write(staged / str(number), text)
            rows.append([path, None if text is None else str(number)])
        draft = root / FOLDER / "journal.draft"
        _write(draft, json.dumps({"files": rows, "note": note}))
        os.replace(draft, root / FOLDER / JOURNAL)
        _sync_folder(root / FOLDER)
    except OSError:
        _clear(root)
        raise


def pending(root: Path) -> dict[str, Any] | None:
    """Returns the note of files that count but may not all be in place; None where there are none."""
    try:
        return dict(json.loads((root / FOLDER / JOURNAL).read_text(encoding="utf-8"))["note"])
    except FileNotFoundError:
        return None


def place(root: Path) -> None:
    """Moves the files that the journal names to their places; may be repeated at any time. Needs the lock."""
    journal = json.loads((root / FOLDER / JOURNAL).read_text(encoding="utf-8"))
    for path, number in journal["files"]:
        target = root / path
        if number is None:
            target.unlink(missing_ok=True)
            continue
        source = root / FOLDER / "staged" / number
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)


def close(root: Path) -> None:
    """Forgets the journal: everything is in its place and recorded. Needs the lock."""
    (root / FOLDER / JOURNAL).unlink(missing_ok=True)
    _clear(root)


def settle(root: Path) -> bool:
    """Makes sure that the files may be read: finishes what a dead process began. False while a writer is at work."""
    if not (root / FOLDER / JOURNAL).exists():
        return True
    try:
        with locked(root, wait=False) as ours:
            if ours and pending(root) is not None:
                place(root)
            return ours
    except OSError as error:
        if error.errno not in MAY_NOT_WRITE:
            raise
        return False  # a reader that may not write waits for the console to finish


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        os.fchmod(file.fileno(), MODE)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(root: Path) -> None:
    shutil.rmtree(root / FOLDER / "staged", ignore_errors=True)
    (root / FOLDER / "journal.draft").unlink(missing_ok=True)
