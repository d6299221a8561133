"""The content's history: commits made of changed files, read back by git itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import HistoryError
from bot.history.repository import Person, Repository
from tests.checkouts import git, small

MARIA = Person("María Pérez", "maria")
FILES = {"data/answers/a.yml": "a: 1\n", "data/answers/topics/é.yml": "uno\n", "locales/ht/x.po": "bonjou\n", "bot/code.py": "x = 1\n"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(small(tmp_path / "checkout", FILES))


def test_only_content_is_seen(repository: Repository) -> None:
    """The console sees content and none of the program's own files."""
    assert repository.files().list("data") == ["data/answers/a.yml", "data/answers/topics/é.yml"]
    assert not repository.files().has("bot/code.py")


def test_a_commit_is_what_git_reads(repository: Repository) -> None:
    """A commit holds the changed texts, its author and its reason, as git itself shows them."""
    head = repository.head()
    changes = {"locales/ht/x.po": "bonswa\n", "data/answers/a.yml": None, "data/n.yml": "我\n"}
    commit = repository.commit(head, changes, MARIA, "title\n\nwhy")
    assert repository.head() == head, "storing a commit moves nothing"
    assert git(repository.root, "show", f"{commit}:data/n.yml") == "我\n"
    names = git(repository.root, "diff", "--name-status", head, commit).split()
    assert names == ["D", "data/answers/a.yml", "A", "data/n.yml", "M", "locales/ht/x.po"]
    shown = git(repository.root, "log", "-1", "--format=%an <%ae>|%s|%b", commit).strip()
    assert shown == "María Pérez <maria@advocates.invalid>|title|why"
    git(repository.root, "fsck", "--strict")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("bot/code.py", id="the program"), pytest.param("data/../bot/code.py", id="climbing"),
        pytest.param(".git/config", id="git itself"),
    ],
)
def test_no_other_file_can_be_written(repository: Repository, path: str) -> None:
    """A change of a file that is no content is refused."""
    with pytest.raises(HistoryError):
        repository.commit(repository.head(), {path: "x"}, MARIA, "t")


def test_names_cannot_forge(repository: Repository) -> None:
    """A name with line breaks or brackets stays one name and cannot add a header or another author."""
    forged = Person("Eve\nparent 0000\n<root@x>", "eve> <bob")
    commit = repository.commit(repository.head(), {"data/x": "1"}, forged, "t")
    author = git(repository.root, "log", "-1", "--format=%an|%ae", commit).strip()
    assert author == "Eveparent 0000rootx|eve bob@advocates.invalid"
    assert repository.change(commit).author.username == "eve bob"


def test_descriptions_are_read_back(repository: Repository) -> None:
    """Title, reason and trailers come back as they were written; a reason with a colon is no trailer."""
    message = "New words\n\nReason: because\n\nKind: answer\nApproved-by: Ana <ana@advocates.invalid>"
    change = repository.change(repository.commit(repository.head(), {"data/x": "1"}, MARIA, message))
    assert (change.title, change.why, change.author) == ("New words", "Reason: because", MARIA)
    assert change.trailers == {"Kind": "answer", "Approved-by": "Ana <ana@advocates.invalid>"}


def test_unknown_commits_are_errors(repository: Repository) -> None:
    """What is no commit is an error of ours, whatever was asked for."""
    for wrong in ("0" * 40, "zz", "", "HEAD", "refs/heads/main", "ü"):
        with pytest.raises(HistoryError):
            repository.change(wrong)


def test_names_move_only_from_where_they_were(repository: Repository) -> None:
    """A name is made once, moved only from where the mover saw it, and taken away the same way."""
    head = repository.head()
    commit = repository.commit(head, {"data/x": "1"}, MARIA, "t")
    assert repository.point("refs/drafts/a1", commit, None)
    assert not repository.point("refs/drafts/a1", head, None)
    assert not repository.point("refs/drafts/a1", head, head)
    assert repository.point("refs/drafts/a1", head, commit)
    assert repository.refs("refs/drafts/") == {"a1": head}
    assert not repository.drop("refs/drafts/a1", commit)
    assert repository.drop("refs/drafts/a1", head)


def test_history_of_a_file(repository: Repository) -> None:
    """A file's history holds the commits that changed it, the newest first."""
    first = repository.commit(repository.head(), {"data/x": "1"}, MARIA, "first")
    second = repository.commit(first, {"data/y": "1"}, MARIA, "second")
    third = repository.commit(second, {"data/x": "2"}, MARIA, "third")
    assert [c.title for c in repository.history("data/x", start=third)] == ["third", "first"]
    assert repository.differences(first, third) == {"data/x": ("1", "2"), "data/y": (None, "1")}


def test_a_folder_without_git_says_so(tmp_path: Path) -> None:
    """Without git there is no console, and the message says what to do."""
    with pytest.raises(HistoryError, match="git"):
        Repository(tmp_path).head()
