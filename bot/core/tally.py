"""What is counted of a turn, by week, and which of the numbers may be shown: none below ten, nor what would give one away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LEAST = 10
TOPIC, LANGUAGE, BOTH, ANSWERED, ASKED_BACK, HELPED, CHANNEL = (
    "topic", "language", "topic_language", "answered", "asked_back", "helped", "channel",
)
# How many names follow the kind of a cell.
_NAMES = {TOPIC: 1, LANGUAGE: 1, BOTH: 2, ANSWERED: 1, ASKED_BACK: 1, HELPED: 2, CHANNEL: 1}
_CELL = re.compile(r"[a-z_]+(?:/[A-Za-z0-9_.-]{1,64}){1,2}")
_WEEK = re.compile(r"\d{4}-W\d{2}")


@dataclass(frozen=True)
class Week:
    """The cells of one ISO week ("2026-W47"), each with a count of ten or more.

    cells: "topic/<id>", "language/<code>", "topic_language/<id>/<code>", "answered/<code>", "asked_back/<code>",
    "helped/<id>/yes" or "/no", "channel/<web|sms|whatsapp>".
    """

    name: str
    cells: Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """A name and its count in full tens ("at least 40")."""

    name: str
    count: int


@dataclass(frozen=True)
class Grid:
    """Topics down, languages across. A None is below ten; totals are the sums of the cells that are shown, and of no others."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Share:
    """Of the questions in a language: how many were answered, how many asked back, and the part answered (0 to 1)."""

    language: str
    answered: int | None
    asked_back: int | None
    part: float | None


@dataclass(frozen=True)
class Vote:
    """Did an answer help? part: the yeses among both (0 to 1), where both are shown."""

    topic: str
    yes: int | None
    no: int | None
    part: float | None


@dataclass(frozen=True)
class Tables:
    """What may be shown of a week."""

    week: str
    topics: tuple[Row, ...]
    languages: tuple[Row, ...]
    channels: tuple[Row, ...]
    grid: Grid
    shares: tuple[Share, ...]
    votes: tuple[Vote, ...]


def week_of(day: date) -> str:
    """Returns the ISO week of a day ("2026-W47"); the last days of December may belong to the next year's first week."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(week: str) -> date:
    """Returns the first day of a week; raises ValueError where there is no such week."""
    if not _WEEK.fullmatch(week):
        raise ValueError(f"{week!r} is no week; write it as 2026-W47")
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def turn_cells(topic: str | None, language: str, channel: str, answered: bool | None) -> tuple[str, ...]:
    """Returns the cells that one turn raises. answered: False where the bot asked back, None where nothing was asked."""
    cells = [f"{LANGUAGE}/{language}", f"{CHANNEL}/{channel}"]
    if topic:
        cells += [f"{TOPIC}/{topic}", f"{BOTH}/{topic}/{language}"]
    if answered is not None:
        cells.append(f"{ANSWERED if answered else ASKED_BACK}/{language}")
    return tuple(cells)


def vote_cells(topic: str, helped: bool) -> tuple[str, ...]:
    """Returns the cells that one "did this help?" raises."""
    return (f"{HELPED}/{topic}/{'yes' if helped else 'no'}",)


def merged(kept: Mapping[str, int], waiting: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Adds what waits in memory to what is kept; returns what to keep now, and what must go on waiting because it is below ten."""
    sums = {cell: kept.get(cell, 0) + count for cell, count in waiting.items()}
    raised = {cell: total for cell, total in sums.items() if total >= LEAST}
    return {**kept, **raised}, {cell: count for cell, count in waiting.items() if cell not in raised}


def sound(cells: object) -> dict[str, int]:
    """Returns the cells of a file that have a known form and a count of ten or more; what is no table has none."""
    if not isinstance(cells, dict):
        return {}
    return {cell: count for cell, count in cells.items() if _is_cell(cell) and type(count) is int and count >= LEAST}


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, str) or not _CELL.fullmatch(cell):
        return False
    kind, *names = cell.split("/")
    return _NAMES.get(kind) == len(names)


def tables(week: Week) -> Tables:
    """Returns what may be shown of a week: cells below ten are None.

    Nor may a hidden cell follow from others. The grid's totals are sums of its shown cells. Topics, languages and channels
    count the same turns three times over, so those lists go down to full tens: their differences then tell nothing exact.
    """
    return Tables(
        week.name, _rows(week, TOPIC), _rows(week, LANGUAGE), _rows(week, CHANNEL), _grid(week),
        tuple(_share(week, code) for code in _names(week, ANSWERED, ASKED_BACK)),
        tuple(_vote(week, topic) for topic in _names(week, HELPED)),
    )


def _names(week: Week, *kinds: str) -> list[str]:
    """Returns the first names of the cells of some kinds, sorted."""
    return sorted({cell.split("/")[1] for cell in week.cells if cell.split("/")[0] in kinds})


def _shown(week: Week, cell: str) -> int | None:
    count = week.cells.get(cell, 0)
    return count if count >= LEAST else None


def _grid(week: Week) -> Grid:
    pairs = [cell.split("/")[1:] for cell in week.cells if cell.split("/")[0] == BOTH and _shown(week, cell)]
    rows, columns = (tuple(sorted({pair[place] for pair in pairs})) for place in (0, 1))
    cells = tuple(tuple(_shown(week, f"{BOTH}/{row}/{column}") for column in columns) for row in rows)
    row_totals = tuple(sum(count or 0 for count in row) for row in cells)
    column_totals = tuple(sum(row[place] or 0 for row in cells) for place in range(len(columns)))
    return Grid(rows, columns, cells, row_totals, column_totals, sum(row_totals))


def _rows(week: Week, kind: str) -> tuple[Row, ...]:
    """Returns the cells of a kind, largest first, each rounded down to a full ten."""
    counts = {name: (_shown(week, f"{kind}/{name}") or 0) // LEAST * LEAST for name in _names(week, kind)}
    return tuple(Row(name, count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count)


def _share(week: Week, code: str) -> Share:
    """The part is given only where both counts are shown: with one of them, it would give the other away."""
    answered, back = _shown(week, f"{ANSWERED}/{code}"), _shown(week, f"{ASKED_BACK}/{code}")
    return Share(code, answered, back, _part(answered, back))


def _vote(week: Week, topic: str) -> Vote:
    yes, no = _shown(week, f"{HELPED}/{topic}/yes"), _shown(week, f"{HELPED}/{topic}/no")
    return Vote(topic, yes, no, _part(yes, no))


def _part(first: int | None, second: int | None) -> float | None:
    return first / (first + second) if first is not None and second is not None else None
