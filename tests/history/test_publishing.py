"""Publishing is one step: after a crash, a full disk or somebody else's hand there is the old content or the new, never half."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import ClashError, HistoryError, MovedError
from bot.history import journal
from bot.history.publishing import publish, recover
from bot.history.repository import Person, Repository
from tests.checkouts import git, small

ANA = Person("Ana", "ana")
OLD = {"data/answers/one.yml": "one\n", "data/answers/two.yml": "two\n", "data/answers/gone.yml": "gone\n"}
CHANGES = {"data/answers/one.yml": "uno\n", "data/answers/two.yml": "dos\n", "data/answers/gone.yml": None,
           "data/answers/deep/new.yml": "新\n"}
NEW = {"data/answers/one.yml": "uno\n", "data/answers/two.yml": "dos\n", "data/answers/deep/new.yml": "新\n"}


class PowerCutError(BaseException):
    """The process ends here: nothing of it runs any more."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(small(tmp_path / "checkout", OLD))


def on_disk(root: Path) -> dict[str, str]:
    return {str(p.relative_to(root)): p.read_text(encoding="utf-8") for p in sorted((root / "data").rglob("*")) if p.is_file()}


def test_files_branch_and_index_agree(repository: Repository) -> None:
    """After publishing, the files, the branch and git's index are the same, and nothing is left over."""
    commit = publish(repository, repository.head(), CHANGES, ANA, "t")
    assert on_disk(repository.root) == NEW
    assert git(repository.root, "rev-parse", "main").strip() == commit == repository.head()
    assert git(repository.root, "status", "--porcelain") == ""
    assert journal.pending(repository.root) is None


STEPS = [
    pytest.param("bot.history.repository.Repository.commit", OLD, id="before anything"),
    pytest.param("bot.history.journal._write", OLD, id="while the new texts are written"),
    pytest.param("bot.history.journal._sync_folder", NEW, id="right after the journal"),
    pytest.param("bot.history.publishing.journal.place", NEW, id="before the files are moved"),
    pytest.param("bot.history.publishing._record", NEW, id="after the files, before the branch"),
    pytest.param("bot.history.publishing._index", NEW, id="after the branch, before the index"),
    pytest.param("bot.history.publishing.journal.close", NEW, id="before the journal is closed"),
]


@pytest.mark.parametrize(("step", "outcome"), STEPS)
def test_a_crash_leaves_old_or_new(repository: Repository, monkeypatch: pytest.MonkeyPatch, step: str, outcome: dict[str, str]) -> None:
    """A power cut at any step leaves, after recovery, all of the old content or all of the new, in files and in git."""
    def cut(*_: Any, **__: Any) -> None:
        raise PowerCutError

    head = repository.head()
    with monkeypatch.context() as patch:
        patch.setattr(step, cut)
        with pytest.raises(PowerCutError):
            publish(repository, head, CHANGES, ANA, "t")
    recover(repository)
    assert on_disk(repository.root) == outcome
    assert git(repository.root, "status", "--porcelain") == ""
    assert (repository.head() == head) is (outcome is OLD)


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_a_crash_between_two_files(repository: Repository, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    """A power cut between two files is finished by whoever reads next, even without git."""
    real, done = os.replace, []

    def counted(source: Any, target: Any) -> None:
        if "staged" in str(source):
            if len(done) == moves:
                raise PowerCutError
            done.append(target)
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", counted)
        with pytest.raises(PowerCutError):
            publish(repository, repository.head(), CHANGES, ANA, "t")
    assert journal.settle(repository.root)
    assert on_disk(repository.root) == NEW
    recover(repository)
    assert git(repository.root, "status", "--porcelain") == ""


def test_a_full_disk_changes_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the old content stays, nothing is left over, and the message says why."""
    def full(path: Path, text: str) -> None:
        path.write_text(text[:2], encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    head = repository.head()
    monkeypatch.setattr(journal, "_write", full)
    with pytest.raises(HistoryError, match="No space"):
        publish(repository, head, CHANGES, ANA, "t")
    assert on_disk(repository.root) == OLD
    assert repository.head() == head
    assert [p.name for p in (repository.root / ".publishing").iterdir()] == ["lock"]


def test_a_hand_edit_is_not_overwritten(repository: Repository) -> None:
    """A file that somebody edited on the server without a commit is left alone."""
    (repository.root / "data/answers/two.yml").write_text("by hand\n", encoding="utf-8")
    with pytest.raises(ClashError, match=r"two\.yml"):
        publish(repository, repository.head(), CHANGES, ANA, "t")
    assert on_disk(repository.root) == {**OLD, "data/answers/two.yml": "by hand\n"}


def test_what_moved_is_not_written(repository: Repository) -> None:
    """Changes made against a commit that is no longer live are refused."""
    head = repository.head()
    publish(repository, head, {"data/answers/one.yml": "1\n"}, ANA, "t")
    with pytest.raises(MovedError):
        publish(repository, head, CHANGES, ANA, "t")


def test_a_commit_by_hand_in_between_is_kept(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody commits with git at the same moment, their commit stays and ours follows on top of it."""
    real = journal.place

    def place(root: Path) -> None:
        real(root)
        (root / "data/answers/other.yml").write_text("other\n", encoding="utf-8")
        git(root, "add", "data/answers/other.yml")
        git(root, "commit", "-q", "-m", "by hand", "data/answers/other.yml")

    monkeypatch.setattr("bot.history.publishing.journal.place", place)
    publish(repository, repository.head(), CHANGES, ANA, "ours\n\nwhy\n\nKind: answer")
    assert [c.title for c in repository.history()] == ["ours", "by hand", "the beginning"]
    assert on_disk(repository.root) == {**NEW, "data/answers/other.yml": "other\n"}
    assert git(repository.root, "status", "--porcelain") == ""


def test_readers_wait_for_a_writer(repository: Repository) -> None:
    """While a writer is at work readers keep what they have; when it is gone they may read."""
    root = repository.root
    with journal.locked(root):
        journal.prepare(root, CHANGES, {"from": "", "to": ""})
        assert not journal.settle(root)
    assert journal.settle(root)
    assert on_disk(root) == NEW


@pytest.mark.parametrize("number", journal.MAY_NOT_WRITE, ids=errno.errorcode.get)
def test_readers_that_may_not_write_wait(repository: Repository, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A reader with the content of another user, or on a file system for reading only, waits for the console to finish; it never fails."""
    with journal.locked(repository.root):
        journal.prepare(repository.root, CHANGES, {"from": "", "to": ""})

    def refuse(self: Path, *_args: object, **_kwargs: object) -> None:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert not journal.settle(repository.root)
    monkeypatch.undo()
    assert journal.settle(repository.root)
    assert on_disk(repository.root) == NEW
