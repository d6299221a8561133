"""What needs care on a day: what is due, what is off, what runs, and where the bot does worst."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core import care
from bot.core.contacts import is_hidden
from bot.core.content import Content, Off
from tests.core.builders import ADDED, make_contact, make_notice, make_topic

TODAY = date(2026, 11, 22)


def measured(answered: float | None, right: float | None) -> dict[str, float | None]:
    return {"answered": answered, "right_of_answered": right}


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize(("review_by", "left"), [
    pytest.param(days(-200), -200, id="long past"), pytest.param(days(-1), -1, id="since yesterday"), pytest.param(TODAY, 0, id="today"),
    pytest.param(days(30), 30, id="in thirty days"), pytest.param(days(31), None, id="later"),
])
def test_reviews(content: Content, review_by: date, left: int | None) -> None:
    """An answer is named from thirty days before its review until it is done."""
    found = care.reviews(replace(content, topics={"a": make_topic("a", review_by=review_by)}), TODAY)
    assert [due.left for due in found] == ([] if left is None else [left])


def test_the_most_urgent_comes_first(content: Content) -> None:
    """Reviews stand in the order of their days."""
    topics = {name: make_topic(name, review_by=days(left)) for name, left in (("a", 9), ("b", -3), ("c", 0))}
    assert [due.id for due in care.reviews(replace(content, topics=topics), TODAY)] == ["b", "c", "a"]


@pytest.mark.parametrize(("checked", "kinds", "left"), [
    pytest.param(days(-180), ("legal_aid",), None, id="180 days ago"), pytest.param(days(-181), ("legal_aid",), 184, id="181 days ago"),
    pytest.param(days(-365), ("legal_aid",), 0, id="the last day on which it is shown"),
    pytest.param(days(-366), ("legal_aid",), -1, id="hidden since yesterday"),
    pytest.param(days(-900), ("emergency",), None, id="the emergency number never hides"),
])
def test_calls(content: Content, checked: date, kinds: tuple[str, ...], left: int | None) -> None:
    """A contact is named from its 181st day without a call; the days left are those on which residents still see it."""
    contact = make_contact("a", kinds=kinds, last_checked=checked)
    found = care.calls(replace(content, contacts={"a": contact}), TODAY)
    assert [due.left for due in found] == ([] if left is None else [left])
    assert all(is_hidden(contact, TODAY) is (due.left < 0) for due in found)


def test_a_contact_that_nobody_ever_called_ages_from_its_first_day(content: Content) -> None:
    """Such a contact is counted from the start, and named once it is half a year old."""
    new = replace(content, contacts={"a": make_contact("a"), "b": make_contact("b", last_checked=TODAY)})
    assert care.never_called(new) == 1 and care.calls(new, TODAY) == ()
    assert [due.day for due in care.calls(new, days(200))] == [ADDED + timedelta(days=365), TODAY + timedelta(days=365)]


def test_switched_off(content: Content) -> None:
    """Answers that are off come with why, the longest off first."""
    off = {name: Off("An advocate", day, "The law changed.") for name, day in (("a", days(-1)), ("b", days(-9)))}
    topics = {name: make_topic(name, off=off.get(name)) for name in ("a", "b", "c")}
    found = care.switched_off(replace(content, topics=topics))
    assert [(topic.id, why.on) for topic, why in found] == [("b", days(-9)), ("a", days(-1))]


def test_notices(content: Content) -> None:
    """Those that run and those to come are named, on their last day too; those that ended are not."""
    rows = (make_notice("later", days(3), days(9)), make_notice("over", days(-9), days(-1)), make_notice("last", days(-9), TODAY))
    assert [n.id for n in care.notices(replace(content, notices=rows), TODAY)] == ["last", "later"]


@pytest.mark.parametrize(("figures", "names"), [
    pytest.param({}, [], id="no report"), pytest.param({"by_language": {}}, [], id="no language"),
    pytest.param({"by_language": {"en": measured(0.9, 0.9), "ht": measured(0.5, 1.0), "ar": measured(1.0, 0.6)}}, ["ht", "ar"],
                 id="few answers weigh as wrong ones do"),
    pytest.param({"by_language": {"en": measured(None, None), "pl": measured(0.5, 0.5)}}, ["pl"],
                 id="a language without questions is passed over"),
])
def test_weakest(figures: dict, names: list[str]) -> None:
    """The languages with the smallest part of right answers, at most two."""
    assert [weak.name for weak in care.weakest(figures)] == names


def test_least() -> None:
    """The smallest parts come first; a hidden one is not known and not named."""
    assert [weak.name for weak in care.least([("a", None), ("b", 0.9), ("c", 0.2), ("d", 0.5)])] == ["c", "d"]
