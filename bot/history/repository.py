"""The content's history in git: what a commit holds, new commits made of changed files, who changed what and why.

No git program is started, and no word of an advocate's ever becomes a part of a command.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import lru_cache
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.graph import can_fast_forward
from dulwich.object_store import commit_tree_changes, iter_tree_contents
from dulwich.objects import Blob, Commit
from dulwich.repo import Repo

from bot.core.errors import HistoryError
from bot.history.files import Changes, Files

# What of the checkout is content. The program's own files are never read or written by the console.
CONTENT = ("data/", "locales/", "domain.yml", "config.yml", "credentials.yml", "endpoints.yml")
MAIL = "advocates.invalid"
FILE_MODE = 0o100644
_ID = re.compile(r"[0-9a-f]{40}")
COMMITTER = f"Confianza console <console@{MAIL}>".encode()


@dataclass(frozen=True)
class Person:
    """Who did something: the name shown in the history, and the account's name."""

    name: str
    username: str

    @property
    def signature(self) -> str:
        """How git writes them."""
        return f"{_plain(self.name)} <{_plain(self.username)}@{MAIL}>"


@dataclass(frozen=True)
class Change:
    """One commit: what it was about, who made it, when (UTC), and what its last lines say ("Severity: law")."""

    id: str
    parent: str
    author: Person
    at: datetime
    title: str
    why: str
    trailers: Mapping[str, str]

    @property
    def day(self) -> date:
        return self.at.date()


class Snapshot:
    """The content of one commit, as a source of `bot.history.files.Files`."""

    def __init__(self, root: Path, commit: str) -> None:
        self._texts = _texts(root, commit)

    def read(self, path: str) -> str | None:
        return self._texts.get(path)

    def paths(self) -> Iterator[str]:
        return iter(sorted(self._texts))


class Repository:
    """The checkout's git repository; every call opens it anew, so that threads and other programs never get in each other's way."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def head(self) -> str:
        """Returns the id of the commit that is live."""
        with self._open() as repo:
            return str(repo.head().decode())

    def files(self, commit: str | None = None) -> Files:
        """Returns the content of a commit; of the live one where none is named."""
        return Files(Snapshot(self.root, commit or self.head()))

    def commit(self, parent: str, changes: Changes, author: Person, message: str) -> str:
        """Stores a commit of changed files and returns its id; no name points to it yet, so nothing else has changed."""
        with self._open() as repo:
            tree = commit_tree_changes(repo.object_store, repo[parent.encode()].tree, list(_entries(repo, changes)))
            made = Commit()
            made.tree, made.parents = tree, [parent.encode()]
            made.author, made.committer = author.signature.encode(), COMMITTER
            made.author_time = made.commit_time = int(time.time())
            made.author_timezone = made.commit_timezone = 0
            made.encoding, made.message = b"UTF-8", f"{message.strip()}\n".encode()
            repo.object_store.add_object(made)
            return str(made.id.decode())

    def refs(self, prefix: str) -> dict[str, str]:
        """Returns the names below a prefix ("refs/drafts/") with the commits they point to."""
        with self._open() as repo:
            found = repo.refs.as_dict(prefix.rstrip("/").encode())
            return {name.decode(): sha.decode() for name, sha in found.items()}

    def point(self, name: str, commit: str, before: str | None) -> bool:
        """Points a name to a commit; False where it no longer points to `before` (None: it must not exist)."""
        with self._open() as repo:
            if before is None:
                return bool(repo.refs.add_if_new(name.encode(), commit.encode()))
            return bool(repo.refs.set_if_equals(name.encode(), before.encode(), commit.encode()))

    def drop(self, name: str, before: str) -> bool:
        """Takes a name away where it still points to `before`."""
        with self._open() as repo:
            return bool(repo.refs.remove_if_equals(name.encode(), before.encode()))

    def change(self, commit: str) -> Change:
        """Returns one commit's description; raises HistoryError where there is no such commit."""
        if not _ID.fullmatch(commit):
            raise HistoryError(f"{commit[:12]!r} is no change")
        with self._open() as repo:
            known = commit.encode() in repo.object_store
            found = repo.object_store[commit.encode()] if known else None
        if not isinstance(found, Commit):
            raise HistoryError(f"there is no change {commit[:12]!r}")
        return _described(found)

    def is_live(self, commit: str) -> bool:
        """True where a commit is, or was, live: the branch has come from it. A draft's never was."""
        with self._open() as repo:
            return bool(can_fast_forward(repo, commit.encode(), repo.head()))

    def history(self, path: str | None = None, most: int = 50, start: str | None = None) -> list[Change]:
        """Returns the latest changes, newest first; of one file where a path is given. Raises HistoryError for an unknown start."""
        if start:
            self.change(start)
        with self._open() as repo:
            paths = [path.encode()] if path else None
            walker = repo.get_walker(include=[(start or repo.head().decode()).encode()], paths=paths, max_entries=most)
            return [_described(entry.commit) for entry in walker]

    def differences(self, old: str, new: str) -> dict[str, tuple[str | None, str | None]]:
        """Returns the content files that differ between two commits: path -> (old text, new text)."""
        before, after = (_blobs(self.root, commit) for commit in (old, new))
        olds, news = Snapshot(self.root, old), Snapshot(self.root, new)
        differing = sorted(p for p in {*before, *after} if before.get(p) != after.get(p))
        return {path: (olds.read(path), news.read(path)) for path in differing}

    @contextmanager
    def _open(self) -> Iterator[Repo]:
        try:
            repo = Repo(str(self.root))
        except NotGitRepository as error:
            raise HistoryError(f"{self.root} is no git checkout; the console needs one: git clone, or git init and commit") from error
        with repo:
            yield repo


@lru_cache(maxsize=64)
def _blobs(root: Path, commit: str) -> Mapping[str, bytes]:
    """Returns path -> blob of a commit's content. A commit never changes, so the table may be kept."""
    with Repo(str(root)) as repo:
        entries = iter_tree_contents(repo.object_store, repo[commit.encode()].tree)
        named = ((entry.path.decode("utf-8", errors="replace"), entry.sha) for entry in entries)
        return {path: sha for path, sha in named if path.startswith(CONTENT)}


@lru_cache(maxsize=6)
def _texts(root: Path, commit: str) -> Mapping[str, str]:
    """Returns path -> text of a commit's content, some megabytes; a file that is no text has none."""
    with Repo(str(root)) as repo:
        raw = ((path, repo[sha].as_raw_string()) for path, sha in _blobs(root, commit).items())
        return {path: text.decode("utf-8") for path, text in raw if _is_text(text)}


def _is_text(raw: bytes) -> bool:
    try:
        return bool(raw.decode("utf-8")) or not raw
    except UnicodeDecodeError:
        return False


def _entries(repo: Repo, changes: Changes) -> Iterator[tuple[bytes, int | None, bytes | None]]:
    for path, text in changes.items():
        if not path.startswith(CONTENT) or ".." in path.split("/"):
            raise HistoryError(f"{path} is no content file")
        if text is None:
            yield path.encode(), None, None
            continue
        blob = Blob.from_string(text.encode())
        repo.object_store.add_object(blob)
        yield path.encode(), FILE_MODE, blob.id


def _described(commit: Commit) -> Change:
    text = commit.message.decode("utf-8", errors="replace").strip()
    title, _, rest = text.partition("\n")
    why, trailers = _parted(rest.strip())
    name, _, address = commit.author.decode("utf-8", errors="replace").rpartition(" <")
    parent = commit.parents[0].decode() if commit.parents else ""
    at = datetime.fromtimestamp(commit.commit_time, timezone.utc)
    return Change(commit.id.decode(), parent, Person(name, address.rstrip(">").split("@")[0]), at, title, why, trailers)


def _parted(body: str) -> tuple[str, dict[str, str]]:
    """Parts the reason from the trailers, which are the last paragraph where each of its lines is "Word: text"."""
    reason, _, last = body.rpartition("\n\n")
    pairs = [line.partition(": ") for line in last.splitlines()]
    if pairs and all(colon and name.replace("-", "").isalpha() for name, colon, _ in pairs):
        return reason.strip(), {name: value for name, _, value in pairs}
    return body, {}


def _plain(text: str) -> str:
    """A name without the characters that mean something to git."""
    return " ".join("".join(c for c in text if c.isprintable() and c not in "<>@\"").split()) or "unknown"
