"""The list of answers: what each is called, whether it is due for review or off, its translations in a word, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.content import Content, Topic
from bot.core.states import DRAFT, MISSING, OUTDATED, REVIEWED, WITHDRAWN
from bot.core.text import fold
from bot.doors.console.choices import SECTIONS, section_name
from bot.doors.console.desk import drafts, live, repository, today
from bot.edits.answers import FOLDER
from bot.edits.entries import matrix
from bot.history.drafts import Draft

GRAVEST_FIRST = (MISSING, WITHDRAWN, OUTDATED, DRAFT, REVIEWED)
SOON = timedelta(days=30)


@dataclass(frozen=True)
class State:
    """How far the translations of an answer into one language are: the gravest state, and how many sentences have it."""

    language: str
    state: str
    sentences: int


@dataclass(frozen=True)
class Line:
    """One answer in the list. due: "overdue", "soon" or ""."""

    topic: Topic
    due: str
    states: tuple[State, ...]
    waiting: tuple[Draft, ...]


def sections(wanted: str = "") -> list[tuple[str, list[Line]]]:
    """Returns the headings with their answers; only those that hold the wanted words."""
    content, drafts_of, states = live(), waiting(), _states(live())
    found = [topic for topic in content.topics.values() if _holds(topic, wanted)]
    lines = {topic.id: Line(topic, _due(topic, today()), states.get(topic.id, ()), tuple(drafts_of.get(topic.id, ()))) for topic in found}
    listed = ((section_name(section, content), [lines[t.id] for t in found if t.section == section]) for section in SECTIONS)
    return [(heading, rows) for heading, rows in listed if rows]


def waiting() -> Mapping[str, list[Draft]]:
    """Returns the drafts that touch answers, by topic."""
    found: dict[str, list[Draft]] = {}
    desk = drafts()
    for draft in desk.all():
        for path in desk.changes(draft):
            if path.startswith(f"{FOLDER}/"):
                found.setdefault(path.removeprefix(f"{FOLDER}/").removesuffix(".yml"), []).append(draft)
    return found


def _due(topic: Topic, day: date) -> str:
    if day > topic.review_by:
        return "overdue"
    return "soon" if topic.review_by - day <= SOON else ""


def _holds(topic: Topic, wanted: str) -> bool:
    texts = (topic.id, topic.title, topic.first or "", topic.short, topic.caution or "", *topic.steps, *topic.towns.values())
    folded = fold(" ".join(texts))
    return all(word in folded for word in fold(wanted).split())


def _states(content: Content) -> dict[str, tuple[State, ...]]:
    codes = [code for code in content.languages if code != "en"]
    rows = matrix(repository().files(), codes, content.topics)
    return {row.id: tuple(_gravest(code, row.counts[code]) for code in codes if code in row.counts) for row in rows if row.is_topic}


def _gravest(language: str, counts: Mapping[str, int]) -> State:
    state = next((state for state in GRAVEST_FIRST if counts[state]), REVIEWED)
    return State(language, state, counts[state])
