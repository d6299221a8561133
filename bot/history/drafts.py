"""Drafts: changes that wait for a second person. Each is a line of commits under refs/drafts/, so nothing is kept twice.

A draft that was given back stays where it is, with the reason as its last commit; a further save asks for approval again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.errors import ClashError, HistoryError, MovedError, RefusedError
from bot.history.candidate import Finding, judge
from bot.history.files import Changes, Files
from bot.history.merging import merged
from bot.history.publishing import publish, recover
from bot.history.repository import Change, Person, Repository

PREFIX = "refs/drafts/"
# How often an approval starts again because something else went live at the same moment.
TRIES = 3


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to change and why. kind: answer, source, translation, contact, ...; about: the id of the piece.

    severity: "typo", "wording" or "law" (what the change means for translations), or "".
    """

    title: str
    why: str
    kind: str
    about: str
    changes: Changes
    severity: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A proposal that waits: who wrote it (in order, each once), since when, what it was made on, and where it stands.

    returned: why it was given back and by whom, or None; kinds: of everything that was saved into it.
    """

    id: str
    tip: str
    base: str
    authors: tuple[Person, ...]
    last: Change
    returned: Change | None
    kinds: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return self.last.title

    @property
    def kind(self) -> str:
        return self.last.trailers.get("Kind", "")

    @property
    def about(self) -> str:
        return self.last.trailers.get("About", "")

    @property
    def severity(self) -> str:
        return self.last.trailers.get("Severity", "")

    def by(self, username: str) -> bool:
        """True where this person wrote any part of it."""
        return any(author.username == username for author in self.authors)


class Drafts:
    """The waiting drafts of one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def all(self) -> list[Draft]:
        """Returns every draft, the newest first."""
        found = (self._read(name, tip) for name, tip in self._repository.refs(PREFIX).items())
        return sorted(found, key=lambda draft: draft.last.at, reverse=True)

    def get(self, id_: str) -> Draft:
        """Returns one draft; raises HistoryError where there is none (any more)."""
        tip = self._repository.refs(PREFIX).get(id_)
        if tip is None:
            raise HistoryError("this draft is not here any more: it was published or thrown away")
        return self._read(id_, tip)

    def files(self, draft: Draft) -> Files:
        """Returns the content as the draft would have it, on what it was made on."""
        return self._repository.files(draft.tip)

    def changes(self, draft: Draft) -> dict[str, tuple[str | None, str | None]]:
        """Returns what the draft changes: path -> (old text, new text)."""
        return self._repository.differences(draft.base, draft.tip)

    def save(self, author: Person, proposal: Proposal, base: str, onto: Draft | None = None) -> Draft:
        """Keeps a proposal as a new draft, or as the next version of one; raises RefusedError where `check` would not pass.

        base: the commit that the changes were made on (for a next version: the draft's own tip; ClashError where it has moved).
        """
        _refuse(judge(self._repository.files(base).changed(proposal.changes)))
        id_ = onto.id if onto else secrets.token_hex(4)
        first = onto.base if onto else base
        commit = self._repository.commit(base, proposal.changes, author, _message(proposal, first))
        if not self._repository.point(f"{PREFIX}{id_}", commit, base if onto else None):
            raise ClashError("somebody else saved this draft while you wrote; open it again, nothing of theirs was overwritten")
        return self._read(id_, commit)

    def give_back(self, draft: Draft, approver: Person, note: str) -> Draft:
        """Gives a draft back to its author with a reason; the draft stays as it is."""
        trailers = f"Returned: yes\nDraft-Base: {draft.base}"
        commit = self._repository.commit(draft.tip, {}, approver, f"{draft.title}\n\n{note.strip()}\n\n{trailers}")
        self._move(draft, commit)
        return self._read(draft.id, commit)

    def discard(self, draft: Draft) -> None:
        """Throws a draft away."""
        if not self._repository.drop(f"{PREFIX}{draft.id}", draft.tip):
            raise ClashError("this draft has just changed; look at it again before you throw it away")

    def candidate(self, draft: Draft) -> tuple[str, dict[str, str | None]]:
        """Returns the live commit and the draft's changes on top of it; raises ClashError where both changed the same lines."""
        live = self._repository.head()
        base, ours = self._repository.files(draft.base), {path: new for path, (_, new) in self.changes(draft).items()}
        return live, (ours if live == draft.base else merged(base, ours, self._repository.files(live)))

    def approve(self, draft: Draft, approver: Person, more: Callable[[Files], Changes] | None = None) -> str:
        """Makes a draft live and returns the commit; raises RefusedError for its own author, for what `check` refuses, and ClashError.

        more: makes the changes that come with the approval itself, on top of what would be live (for example "reviewed by").
        """
        if draft.by(approver.username):
            raise RefusedError("a second person has to approve this: nobody approves their own words")
        if draft.returned:
            raise RefusedError("this draft was given back; its author has to save it again first")
        commit = self._published(draft, approver, more)
        self.discard(draft)
        return commit

    def _published(self, draft: Draft, approver: Person, more: Callable[[Files], Changes] | None) -> str:
        recover(self._repository)
        for _ in range(TRIES):
            live, changes = self.candidate(draft)
            files = self._repository.files(live).changed(changes)
            files = files.changed(more(files)) if more else files
            _refuse(judge(files))
            try:
                return publish(self._repository, live, files.changes, draft.authors[0], _approved(draft, approver))
            except MovedError:
                continue
        raise ClashError("others publish at this very moment; try again")

    def _move(self, draft: Draft, commit: str) -> None:
        if not self._repository.point(f"{PREFIX}{draft.id}", commit, draft.tip):
            raise ClashError("this draft has just changed; look at it again")

    def _read(self, id_: str, tip: str) -> Draft:
        line = list(self._line(tip))
        written = [change for change in line if "Returned" not in change.trailers]
        authors = tuple(dict.fromkeys(change.author for change in reversed(written)))
        returned = line[0] if "Returned" in line[0].trailers else None
        kinds = frozenset(change.trailers.get("Kind", "") for change in written)
        return Draft(id_, tip, line[0].trailers["Draft-Base"], authors, written[0], returned, kinds)

    def _line(self, tip: str) -> Iterator[Change]:
        """Yields the draft's commits, the newest first."""
        change = self._repository.change(tip)
        base = change.trailers.get("Draft-Base", "")
        while change.id != base and "Draft-Base" in change.trailers:
            yield change
            change = self._repository.change(change.parent)


def publish_directly(repository: Repository, author: Person, proposal: Proposal, base: str) -> str:
    """Makes a change live that needs no second person (a call noted down, an answer switched off); checked like every other."""
    recover(repository)
    for _ in range(TRIES):
        live = repository.head()
        changes = dict(proposal.changes) if live == base else merged(repository.files(base), proposal.changes, repository.files(live))
        _refuse(judge(repository.files(live).changed(changes)))
        try:
            return publish(repository, live, changes, author, _message(proposal))
        except MovedError:
            continue
    raise ClashError("others publish at this very moment; try again")


def _refuse(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise RefusedError("; ".join(finding.text for finding in findings[:3]), findings)


def _message(proposal: Proposal, base: str = "") -> str:
    rows = {"Kind": proposal.kind, "About": proposal.about, "Severity": proposal.severity, **proposal.extra, "Draft-Base": base}
    trailers = "\n".join(f"{name}: {_line(value)}" for name, value in rows.items() if value)
    return f"{_line(proposal.title)}\n\n{_paragraph(proposal.why)}\n\n{trailers}"


def _approved(draft: Draft, approver: Person) -> str:
    trailers = {name: value for name, value in draft.last.trailers.items() if name != "Draft-Base"}
    rows = [f"{name}: {value}" for name, value in trailers.items()]
    rows += [f"Co-authored-by: {author.signature}" for author in draft.authors[1:]]
    rows += [f"Approved-by: {approver.signature}"]
    return f"{draft.title}\n\n{draft.last.why}\n\n" + "\n".join(rows)


def _line(text: str) -> str:
    return " ".join(text.split())


def _paragraph(text: str) -> str:
    """A reason in one paragraph; it can never be mistaken for the last lines of a message."""
    return _line(text) or "No reason was given."
