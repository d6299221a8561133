"""A contact as the console shows it to one person: words for its mark and age, and only the numbers that this person may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.core.contacts import EVERYWHERE
from bot.doors.console import desk
from bot.doors.console.roles import ADMINISTRATOR, APPROVER, EDITOR, STEWARD, may
from bot.doors.console.words import known, say
from bot.edits.contactbook import Entry, gone, to_call

# Who may see numbers that residents must not see.
INSIDERS = (STEWARD, EDITOR, APPROVER, ADMINISTRATOR)


@dataclass(frozen=True)
class Row:
    """numbers: (label, number); withheld: there are numbers that this person may not see; inside: they are not for residents.

    seen: residents see the contact today; due: somebody should call.
    """

    entry: Entry
    kinds: tuple[str, ...]
    serves: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    withheld: bool
    inside: bool
    mark: str
    checked: str
    state: str
    seen: bool
    due: bool


def rows(entries: Iterable[Entry], user: Any, today: date) -> list[Row]:
    """Returns the rows of a table for one person."""
    areas, insider = area_names(), may(user, *INSIDERS)
    return [_row(entry, areas, insider, today) for entry in entries]


def area_names() -> dict[str, str]:
    """Returns where contacts serve: the state and the country first, then the towns by name."""
    towns = sorted(desk.live().towns.values(), key=lambda town: town.name)
    return {**{area: say(f"area_{area}") for area in EVERYWHERE}, **{town.id: town.name for town in towns}}


def kind_name(kind: str) -> str:
    """Returns what a kind of help is called; one without a word of ours as it stands in the file."""
    key = f"help_kind_{kind}"
    return say(key) if known(key) else kind


def _row(entry: Entry, areas: Mapping[str, str], insider: bool, today: date) -> Row:
    open_ = entry.number_shown or insider
    return Row(
        entry=entry, kinds=tuple(map(kind_name, entry.contact.kinds)), serves=tuple(areas.get(area, area) for area in entry.contact.serves),
        numbers=entry.numbers if open_ else (), withheld=bool(entry.numbers) and not open_,
        inside=bool(entry.numbers) and not entry.number_shown, mark=say(f"mark_{entry.publish}_short"), checked=_checked(entry, today),
        state=_state(entry, today), seen=entry.shown and not gone(entry, today), due=to_call(entry, today),
    )


def _checked(entry: Entry, today: date) -> str:
    if entry.check is None:
        return say("contact_never_checked")
    days = (today - entry.check.day).days
    how = say("contact_looked" if entry.check.method == "page" else "contact_called_by", person=entry.check.person, date=entry.check.day)
    return " ".join((how, say("contact_days", days=days))) if days > 0 else how


def _state(entry: Entry, today: date) -> str:
    if entry.last_day is None:
        return say("contact_never_hides")
    if not entry.shown:
        return say("contact_mark_hides")
    if gone(entry, today):
        return say("contact_hidden_since", date=entry.last_day + timedelta(days=1))
    return say("contact_hides_after", date=entry.last_day)
