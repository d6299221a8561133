"""A model's figures as rows of tables: each language alone, two models beside each other, what was taken for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.content import Content, Language
from bot.doors.console.explaining import percent

NOTHING = "–"
SHARES = ("answered", "right_of_answered", "false_answers")


@dataclass(frozen=True)
class Measured:
    """One language; shares: answered, right of what was answered, answers to what is none of our business."""

    language: Language | None
    code: str
    messages: int
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One language before and after; pairs: the shares of both; state: "better", "worse", "same", or "unmeasured"."""

    language: Language | None
    code: str
    state: str
    gained: int = 0
    lost: int = 0
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Confusion:
    """How often one topic was taken for another; None: not among the commonest of that model."""

    topic: str
    taken_for: str
    before: int | None
    after: int


def measured(figures: Mapping[str, Any], content: Content) -> list[Measured]:
    """Returns a row a language; none where the model was never measured."""
    return [
        Measured(content.languages.get(code), code, row["messages"], _shares(row))
        for code, row in (figures.get("by_language") or {}).items()
    ]


def compared(before: Mapping[str, Any], after: Mapping[str, Any], verdict: Mapping[str, Any], content: Content) -> list[Compared]:
    """Returns a row a language, those that got worse first. before, after: figures; verdict: as a job tells it."""
    olds, news = (figures.get("by_language") or {} for figures in (before, after))
    rows = [
        Compared(content.languages.get(code), code, change["state"], change["gained"], change["lost"],
                 tuple(zip(_shares(olds.get(code, {})), _shares(news.get(code, {})))))
        for code, change in verdict["languages"].items()
    ]
    rows += [Compared(content.languages.get(code), code, "unmeasured") for code in verdict["unmeasured"]]
    return sorted(rows, key=lambda row: (row.state not in ("worse", "unmeasured"), row.code))


def confusions(before: Mapping[str, Any], after: Mapping[str, Any], content: Content) -> list[Confusion]:
    """Returns what the new model takes for something else, what grew most first. No message is in it, only topics."""
    old = {(row["intent"], row["taken_for"]): row["count"] for row in before.get("confusions") or ()}
    new = {(row["intent"], row["taken_for"]): row["count"] for row in after.get("confusions") or ()}
    rows = [Confusion(_title(meant, content), _title(taken, content), old.get((meant, taken)), n) for (meant, taken), n in new.items()]
    return sorted(rows, key=lambda row: (row.before or 0) - row.after)


def _shares(figures: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(NOTHING if figures.get(name) is None else percent(figures[name]) for name in SHARES)


def _title(name: str, content: Content) -> str:
    return content.topics[name].title if name in content.topics else name
