"""What wants doing in the content, as rows that each lead to the page where it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from bot.core import care
from bot.core.content import Content
from bot.core.drift import Seen, flagged
from bot.core.states import DRAFT, MISSING, OUTDATED, WITHDRAWN
from bot.doors.console.archive import watched
from bot.doors.console.roles import APPROVER, EDITOR, STEWARD, TRANSLATOR
from bot.doors.console.words import say
from bot.edits.entries import languages, matrix
from bot.history.repository import Repository

SHOWN = 8
# What a translation lacks, gravest first.
LACKS = (MISSING, WITHDRAWN, OUTDATED, DRAFT)


@dataclass(frozen=True)
class Task:
    """One row: a link, and a sentence about it."""

    title: str
    href: str
    note: str


@dataclass(frozen=True)
class Group:
    """Rows of a kind. roles: who does such things; href: the page of all of them; note: what is to be said beside the rows, or "".

    closed: whether nobody else may open those pages.
    """

    key: str
    roles: tuple[str, ...]
    href: str
    tasks: tuple[Task, ...]
    note: str = ""
    closed: bool = False

    @property
    def shown(self) -> tuple[Task, ...]:
        return self.tasks[:SHOWN]

    @property
    def more(self) -> int:
        """How many rows only the page of all of them shows."""
        return len(self.tasks[SHOWN:])


def to(name: str, *args: str) -> str:
    """Returns an address."""
    return str(reverse(name, args=args))


def of_content(content: Content, today: date) -> Iterator[Group]:
    """Yields what the content itself says: reviews, calls, answers that are off, notices."""
    yield _reviews(content, today)
    yield _calls(content, today)
    off = (
        Task(topic.title, to("answer", topic.id), say("care_off_since", who=off.by, day=off.on, why=off.why))
        for topic, off in care.switched_off(content)
    )
    yield Group("off", (EDITOR, APPROVER), to("answers"), tuple(off))
    running = (Task(n.text, to("notices"), _runs(n.starts, n.ends, today)) for n in care.notices(content, today))
    yield Group("notices", (EDITOR, APPROVER), to("notices"), tuple(running))


def of_sources(content: Content) -> Group:
    """Returns the pages that the watch flags, and when it last looked."""
    watch, trouble = watched()
    rows = (_page(seen, content) for seen in flagged(watch))
    return Group("sources", (EDITOR, APPROVER), to("sources"), tuple(rows), trouble or _last_visit(watch))


def of_translations(root: Path, commit: str, content: Content, first: Iterable[str]) -> Group:
    """Returns a row for each language that lacks something; `first`: the languages that come before the others."""
    counts = _lacking(root, commit)
    codes = sorted(counts, key=lambda code: code not in set(first))
    rows = (Task(_name(code, content), to("translations"), _lack(counts[code])) for code in codes if any(counts[code].values()))
    return Group("translations", (TRANSLATOR,), to("translations"), tuple(rows))


def _reviews(content: Content, today: date) -> Group:
    rows = (
        Task(due.title, to("answer", due.id), say("care_review_late" if due.left < 0 else "care_review_due", day=due.day))
        for due in care.reviews(content, today)
    )
    return Group("reviews", (EDITOR,), to("answers"), tuple(rows))


def _calls(content: Content, today: date) -> Group:
    rows = (
        Task(due.title, to("contact", due.id), say("care_contact_hidden" if due.left < 0 else "care_contact_due", day=due.day))
        for due in care.calls(content, today)
    )
    never = care.never_called(content)
    note = say("care_never_called", count=never, all=len(content.contacts)) if never else ""
    return Group("contacts", (STEWARD,), to("contacts"), tuple(rows), note)


def _runs(starts: date, ends: date, today: date) -> str:
    return say("care_notice_comes", first=starts, last=ends) if starts > today else say("care_notice_runs", last=ends)


def _page(seen: Seen, content: Content) -> Task:
    """A page that changed is about a document, or about laws, which stand on the list of sources."""
    verdict = say(f"watch_{seen.verdict.replace('-', '_')}")
    documents = [name.removeprefix("source:") for name in seen.names if name.startswith("source:")]
    titles = {quote.document.id: quote.document.title for quote in content.quotes.values()}
    if documents:
        return Task(titles.get(documents[0]) or documents[0], to("source", documents[0]), verdict)
    law = content.laws.get(seen.names[0].removeprefix("law:")) if seen.names else None
    return Task(law.cite if law else seen.address, to("sources"), verdict)


def _last_visit(watch: Mapping[str, Seen]) -> str:
    return say("care_watched", day=max(seen.visited for seen in watch.values())) if watch else say("care_never_watched")


@lru_cache(maxsize=2)
def _lacking(root: Path, commit: str) -> Mapping[str, Counter[str]]:
    """Language -> how many sentences are in which state, of one commit."""
    files = Repository(root).files(commit)
    counts: dict[str, Counter[str]] = {code: Counter() for code in languages(files)}
    for row in matrix(files, counts, ()):
        for code, states in row.counts.items():
            counts[code].update({state: states[state] for state in LACKS})
    return counts


def _lack(counts: Counter[str]) -> str:
    return ", ".join(say(f"care_{state}", count=counts[state]) for state in LACKS if counts[state])


def _name(code: str, content: Content) -> str:
    return content.languages[code].name if code in content.languages else code
