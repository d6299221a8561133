"""The form of an answer: every word as it was typed, so that nothing is lost when it is shown again; and the answer it stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict

from bot.core.errors import EditError
from bot.doors.console.words import say
from bot.edits.answers import Answer, Step

TEXTS = ("title", "first", "short", "caution", "review_by", "severity", "why")
LISTS = ("steps", "quotes", "laws", "prefer", "next")
TOWN = "towns."
EMPTY_ROWS = {"steps": 3, "quotes": 2, "laws": 2, "prefer": 1, "next": 1}
TOGETHER = "above"


@dataclass(frozen=True)
class Row:
    """One row of a list: a text or an id. mark: of a step its place in the opened answer, of a passage TOGETHER or ""."""

    value: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Written:
    """What stands in the form. texts: by field, towns as "towns.norwalk"; rows: of each list of LISTS; kinds: what is ticked."""

    texts: Mapping[str, str]
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    def filled(self, name: str) -> list[Row]:
        """Returns the rows of a list that hold something; edits count them the same way ("steps.1")."""
        return [row for row in self.rows.get(name, ()) if row.value.strip()]

    def without_origins(self) -> Written:
        """Returns the same words, with no step said to be one of the opened answer's."""
        steps = tuple(Row(row.value) for row in self.rows.get("steps", ()))
        return replace(self, rows={**self.rows, "steps": steps})

    def searchable(self) -> list[tuple[str, str]]:
        """Returns field and text, for finding the field that an error is about."""
        lists = [(name, " ".join(row.value for row in self.rows.get(name, ()))) for name in LISTS if name != "steps"]
        return [*self.texts.items(), *((f"steps.{place}", row.value) for place, row in enumerate(self.filled("steps"))), *lists]


def of_answer(answer: Answer) -> Written:
    """Returns the form of an answer as it stands."""
    texts = {"title": answer.title, "first": answer.first, "short": answer.short, "caution": answer.caution,
             "review_by": answer.review_by.isoformat(), "severity": "", "why": ""}
    towns = {f"{TOWN}{town}": text for town, text in answer.towns.items()}
    rows = {
        "steps": tuple(Row(step.text, "" if step.origin is None else str(step.origin)) for step in answer.steps),
        "quotes": tuple(Row(id_, TOGETHER if place else "") for group in answer.quotes for place, id_ in enumerate(group)),
        **{name: tuple(map(Row, getattr(answer, name))) for name in ("laws", "prefer", "next")},
    }
    return Written({**texts, **towns}, rows, answer.kinds)


def of_post(post: QueryDict) -> Written:
    """Returns the form that was sent. Rows come in the order of the page: `steps` with `steps_origin`, `quotes` with `quotes_row`."""
    texts = {name: post.get(name, "").replace("\r\n", "\n") for name in (*TEXTS, *(key for key in post if key.startswith(TOWN)))}
    together = set(post.getlist("quotes_together"))
    rows = {
        "steps": tuple(Row(text, origin) for text, origin in _pairs(post, "steps", "steps_origin")),
        "quotes": tuple(Row(id_, TOGETHER if row in together else "") for id_, row in _pairs(post, "quotes", "quotes_row")),
        **{name: tuple(map(Row, post.getlist(name))) for name in ("laws", "prefer", "next")},
    }
    return Written(texts, rows, tuple(post.getlist("kinds")))


def answer_of(written: Written, known: Mapping[str, Collection[str]], steps: int) -> Answer:
    """Returns the answer that a form stands for; raises EditError beside the field that cannot be read.

    known: the ids that may be chosen, by list ("towns" and "kinds" too); steps: how many the opened answer has.
    """
    _refuse_unknown(written, known)
    return Answer(
        **{name: _line(written.texts.get(name, "")) for name in ("title", "first", "short", "caution")},
        towns={name.removeprefix(TOWN): _line(text) for name, text in written.texts.items() if name.startswith(TOWN) and text.strip()},
        steps=tuple(Step(_line(row.value), _origin(row.mark, steps)) for row in written.filled("steps")),
        quotes=_groups(written), laws=_ids(written, "laws"), kinds=tuple(dict.fromkeys(written.kinds)),
        prefer=_ids(written, "prefer"), next=_ids(written, "next"), review_by=_day(written.texts.get("review_by", "")),
    )


def moved(written: Written, name: str, place: int, by: int) -> Written:
    """Returns the form with one row of a list up (-1) or down (1), as far as there is room."""
    rows = list(written.rows.get(name, ()))
    if not (0 <= place < len(rows) and 0 <= place + by < len(rows)):
        return written
    rows[place], rows[place + by] = rows[place + by], rows[place]
    return replace(written, rows={**written.rows, name: tuple(rows)})


def _pairs(post: QueryDict, name: str, beside: str) -> Iterator[tuple[str, str]]:
    """Two fields of each row; where a row lacks its second it is ""."""
    values, marks = post.getlist(name), post.getlist(beside)
    return zip(values, [*marks, *[""] * len(values)])


def _refuse_unknown(written: Written, known: Mapping[str, Collection[str]]) -> None:
    chosen = {name: _ids(written, name) for name in LISTS if name != "steps"}
    chosen |= {"kinds": written.kinds, "towns": tuple(n.removeprefix(TOWN) for n in written.texts if n.startswith(TOWN))}
    for name, ids in chosen.items():
        if unknown := [id_ for id_ in ids if id_ not in known[name]]:
            raise EditError(name, say("choice_unknown", choice=unknown[0]))


def _groups(written: Written) -> tuple[tuple[str, ...], ...]:
    """Passages that are together with the row above make one group."""
    groups: list[tuple[str, ...]] = []
    for row in written.filled("quotes"):
        if row.value in (id_ for group in groups for id_ in group):
            raise EditError("quotes", say("passage_twice", passage=row.value))
        if row.mark and groups:
            groups[-1] = (*groups[-1], row.value)
        else:
            groups.append((row.value,))
    return tuple(groups)


def _ids(written: Written, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.value for row in written.filled(name)))


def _origin(mark: str, steps: int) -> int | None:
    return int(mark) if mark.isascii() and mark.isdecimal() and int(mark) < steps else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise EditError("review_by", say("day_unreadable")) from error


def _line(text: str) -> str:
    return " ".join(text.split())
