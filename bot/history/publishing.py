"""Makes a commit live: its files come into the checkout, and the branch moves to it, or nothing changes at all."""

from __future__ import annotations

from pathlib import Path

from dulwich.index import IndexEntry, index_entry_from_stat
from dulwich.objects import Blob
from dulwich.repo import Repo

from bot.core.errors import ClashError, HistoryError, MovedError
from bot.history import journal
from bot.history.files import Changes
from bot.history.repository import Person, Repository

# How often a publication follows a branch that others move at the same moment.
TRIES = 5


def publish(repository: Repository, base: str, changes: Changes, author: Person, message: str) -> str:
    """Makes changed files live in one step and returns the commit; raises ClashError or HistoryError with nothing changed.

    base: the live commit that the changes were made against (MovedError where another is live by now).
    Files that somebody edited by hand and did not commit are not overwritten.
    """
    root = repository.root
    with journal.locked(root):
        finish(repository)
        head = repository.head()
        if head != base:
            raise MovedError("something else was published at the same moment; nothing was written")
        _refuse_hand_edits(repository, changes, head)
        commit = repository.commit(head, changes, author, message)
        try:
            journal.prepare(root, changes, {"from": head, "to": commit})
        except OSError as error:
            raise HistoryError(f"nothing was changed: the disk did not take it ({error.strerror})") from error
        journal.place(root)
        _record(repository)
    return commit


def recover(repository: Repository) -> None:
    """Finishes what a process that died began; does nothing otherwise."""
    if journal.pending(repository.root) is None:
        return
    with journal.locked(repository.root):
        finish(repository)


def finish(repository: Repository) -> None:
    """Finishes a publication that was broken off. Needs the journal's lock."""
    if journal.pending(repository.root) is not None:
        journal.place(repository.root)
        _record(repository)


def _record(repository: Repository) -> None:
    """Moves the branch and the index to what is in the files, then closes the journal."""
    note = journal.pending(repository.root) or {}
    for _ in range(TRIES):
        head = repository.head()
        if head == note["to"] or _advance(repository, head, note):
            break
    else:
        raise HistoryError("the branch moves all the time; try again when nobody else commits")
    changed = repository.differences(note["from"], note["to"])
    _index(repository.root, {path: new for path, (_, new) in changed.items()})
    journal.close(repository.root)


def _advance(repository: Repository, head: str, note: dict[str, str]) -> bool:
    """Moves the branch on from its present head; where somebody committed by hand meanwhile, the changes follow on top."""
    commit = note["to"]
    if head != note["from"]:
        changed = repository.differences(note["from"], commit)
        made = repository.change(commit)
        if all(repository.files(head).has(p) == (new is not None) and (new is None or repository.files(head).read(p) == new)
               for p, (_, new) in changed.items()):
            return True  # it is already there
        trailers = "\n".join(f"{name}: {value}" for name, value in made.trailers.items())
        message = f"{made.title}\n\n{made.why}\n\n{trailers}"
        commit = repository.commit(head, {path: new for path, (_, new) in changed.items()}, made.author, message)
    return repository.point(branch(repository.root), commit, head)


def branch(root: Path) -> str:
    """Returns the name that HEAD follows ("refs/heads/main"), or HEAD itself where it follows none."""
    with Repo(str(root)) as repo:
        followed = repo.refs.follow(b"HEAD")[0]
        return str(followed[-1].decode())


def _refuse_hand_edits(repository: Repository, changes: Changes, head: str) -> None:
    live = repository.files(head)
    for path in changes:
        target = repository.root / path
        text = target.read_text(encoding="utf-8") if target.exists() else None
        if text != (live.read(path) if live.has(path) else None):
            raise ClashError(f"{path} was edited by hand on the server and not committed; commit or restore it first")


def _index(root: Path, changes: Changes) -> None:
    """Tells git's index what the files now hold, so that nobody commits the old words again by accident."""
    with Repo(str(root)) as repo:
        index = repo.open_index()
        for path, text in changes.items():
            if text is None:
                if path.encode() in index:
                    del index[path.encode()]
            else:
                index[path.encode()] = _entry(root / path, text)
        index.write()


def _entry(path: Path, text: str) -> IndexEntry:
    return index_entry_from_stat(path.stat(), Blob.from_string(text.encode()).id)
