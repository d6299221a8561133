"""The numbers of a week: what was asked, in which languages, how much of it was answered. None below ten, no text, no person."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from bot.core.content import Content
from bot.core.tally import LEAST, Tables, Week, monday_of, tables
from bot.counts import read_weeks
from bot.doors.console import desk
from bot.doors.console.explaining import percent
from bot.doors.console.roles import EVERYONE, needs
from bot.doors.console.words import known, say

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """A row of a list: a name for people, its number, and its part of the longest row (0 to 1)."""

    name: str
    count: int
    part: float


@dataclass(frozen=True)
class Shown:
    """A week's tables with names for people; a number below ten is a sentence."""

    tables: Tables
    content: Content

    @cached_property
    def lists(self) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
        """Topics, languages, channels: (heading, rows)."""
        named = (("topics", self.tables.topics), ("languages", self.tables.languages), ("channels", self.tables.channels))
        return tuple((kind, tuple(
            Bar(name_of(kind, row.name, self.content), row.count, row.count / max(r.count for r in rows)) for row in rows
        )) for kind, rows in named)

    @cached_property
    def shares(self) -> tuple[Cell, ...]:
        """Language, answered, asked back, part answered."""
        return tuple(
            (name_of("languages", row.language, self.content), *map(number, (row.answered, row.asked_back)), part(row.part))
            for row in self.tables.shares
        )

    @cached_property
    def votes(self) -> tuple[Cell, ...]:
        """Topic, yes, no, part of the yeses."""
        return tuple(
            (name_of("topics", row.topic, self.content), *map(number, (row.yes, row.no)), part(row.part)) for row in self.tables.votes
        )

    @cached_property
    def grid(self) -> tuple[Cell, ...]:
        """Topics down, languages across: a row of headings, the rows, a row of totals."""
        grid = self.tables.grid
        heads = ("", *(name_of("languages", code, self.content) for code in grid.columns), say("counts_total"))
        rows = [
            (name_of("topics", topic, self.content), *map(number, cells), str(total))
            for topic, cells, total in zip(grid.rows, grid.cells, grid.row_totals)
        ]
        return (heads, *rows, (say("counts_total"), *map(str, grid.column_totals), str(grid.total)))


@needs(EVERYONE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Shows one week, the newest where none is chosen."""
    weeks = read_weeks(settings.CONFIANZA.state / "counts")
    wanted = request.GET.get("week") or (weeks[0].name if weeks else "")
    chosen = next((week for week in weeks if week.name == wanted), None)
    if wanted and chosen is None:
        raise Http404
    shown = Shown(tables(chosen), desk.live()) if chosen else None
    choices = [(week.name, named_week(week)) for week in weeks]
    return render(request, "console/counts.html", {"weeks": choices, "week": chosen, "shown": shown, "least": LEAST})


@needs(EVERYONE)
@require_safe
def table(request: HttpRequest, week: str) -> HttpResponse:
    """The same numbers as a file for a spreadsheet; what the page does not show is not in it either."""
    chosen = next((one for one in read_weeks(settings.CONFIANZA.state / "counts") if one.name == week), None)
    if chosen is None:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # the mark by which spreadsheets know UTF-8
    response["Content-Disposition"] = f'attachment; filename="confianza-{chosen.name}.csv"'
    csv.writer(response).writerows([("table", "name", "column", "count"), *rows(tables(chosen))])
    return response


def rows(shown: Tables) -> Iterator[tuple[str, str, str, str]]:
    """Yields (table, name, column, count) of all that the page shows, with the names that programs know; "<10" where it is hidden."""
    for kind, listed in (("topic", shown.topics), ("language", shown.languages), ("channel", shown.channels)):
        yield from ((kind, row.name, "at least", str(row.count)) for row in listed)
    for topic, cells in zip(shown.grid.rows, shown.grid.cells):
        yield from (("topic and language", topic, code, plain(count)) for code, count in zip(shown.grid.columns, cells))
    for share in shown.shares:
        yield from (("answered", share.language, word, plain(count))
                    for word, count in (("answered", share.answered), ("asked back", share.asked_back)))
    for vote in shown.votes:
        yield from (("helped", vote.topic, word, plain(count)) for word, count in (("yes", vote.yes), ("no", vote.no)))


def name_of(kind: str, name: str, content: Content) -> str:
    """Returns what people call a topic, a language or a channel; the name itself where we know it no more."""
    if kind == "topics":
        return content.topics[name].title if name in content.topics else name
    if kind == "languages":
        return content.languages[name].name if name in content.languages else name
    return say(f"channel_{name}") if known(f"channel_{name}") else name


def named_week(week: Week) -> str:
    """Returns a week by its first and last day."""
    monday = monday_of(week.name)
    return say("counts_week_of", first=date_format(monday, "Y-m-d"), last=date_format(monday + timedelta(days=6), "Y-m-d"))


def number(count: int | None) -> str:
    """Writes a number for people."""
    return say("counts_few", least=LEAST) if count is None else str(count)


def plain(count: int | None) -> str:
    """Writes a number for a spreadsheet."""
    return f"<{LEAST}" if count is None else str(count)


def part(share: float | None) -> str:
    """Writes a share for people; a dash where one of its numbers is hidden."""
    return "–" if share is None else percent(share)
