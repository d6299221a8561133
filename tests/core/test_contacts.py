"""Which contacts stand under an answer, and what must never be seen of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.core.contacts import HIDDEN_DAYS, MOST, UNCHECKED_DAYS, age, choose_contacts, is_hidden
from bot.core.content import Contact, Content
from bot.yamlfile import read_yaml
from tests.core.builders import make_contact, make_topic, with_only

TODAY = date(2026, 11, 22)
NUMBERS = ("ok", "ok_after_test_call")
LINKS = (*NUMBERS, "ok_url_only")

BOOK = (
    make_contact("national", ("national",)), make_contact("state"), make_contact("norwalk", ("norwalk",)),
    make_contact("stamford", ("stamford",)), make_contact("food", kinds=("social_services",)),
    make_contact("lawyer-link", phone=None), make_contact("lawyer-link-2", phone=None), make_contact("lawyer-link-3", phone=None),
    make_contact("emergency-911", kinds=("emergency",), phone=None, phone_display="911"),
)

# name: (town, kinds, preferred, contacts in the book, ids shown in order)
CHOICES: dict[str, tuple[str | None, tuple[str, ...], tuple[str, ...], tuple[str, ...], list[str]]] = {
    "own town, state, national": ("norwalk", ("legal_aid",), (), ("national", "state", "norwalk"), ["norwalk", "state", "national"]),
    "another town's is left out": ("norwalk", ("legal_aid",), (), ("stamford", "state"), ["state"]),
    "a town's is left out where none is named": (None, ("legal_aid",), (), ("norwalk", "state"), ["state"]),
    "other kinds are left out": (None, ("legal_aid",), (), ("food", "state"), ["state"]),
    "kinds in the topic's order": (None, ("social_services", "legal_aid"), (), ("state", "food"), ["food", "state"]),
    "preferred first, whatever their kind": (None, ("legal_aid",), ("food",), ("state", "food"), ["food", "state"]),
    "preferred in the topic's order": (None, (), ("state", "food"), ("food", "state"), ["state", "food"]),
    "911 before all": ("norwalk", ("legal_aid",), ("norwalk", "emergency-911"), ("norwalk", "emergency-911"), ["emergency-911", "norwalk"]),
    "a preferred one of another town is left out": ("norwalk", (), ("stamford", "food"), ("stamford", "food"), ["food"]),
    "at most three": (None, ("legal_aid", "social_services"), (), ("state", "national", "lawyer-link", "food"),
                      ["state", "national", "lawyer-link"]),
    "a number takes the last place from a link": (
        None, ("legal_aid", "social_services"), (), ("lawyer-link", "lawyer-link-2", "lawyer-link-3", "food"),
        ["lawyer-link", "lawyer-link-2", "food"]),
    "a number joins two links": (None, ("legal_aid", "social_services"), (), ("lawyer-link", "food"), ["lawyer-link", "food"]),
    "links alone where nobody has a number": (None, ("legal_aid",), (), ("lawyer-link", "lawyer-link-2"), ["lawyer-link", "lawyer-link-2"]),
    "nobody": (None, ("housing",), (), ("state",), []),
}


@pytest.mark.parametrize("town, kinds, prefer, book, expected", CHOICES.values(), ids=CHOICES.keys())
def test_nearest_and_preferred_come_first(
    content: Content, town: str | None, kinds: tuple[str, ...], prefer: tuple[str, ...], book: tuple[str, ...], expected: list[str],
) -> None:
    """Preferred before others, own town before state before nation, three at the most, a number among them where there is one."""
    by_name = {c.id: c for c in BOOK}
    topic = make_topic(contact_kinds=kinds, preferred_contacts=prefer)
    shown = choose_contacts(topic, town, with_only(content, contacts=[by_name[name] for name in book]), TODAY)
    assert [c.id for c in shown] == expected


@pytest.fixture(scope="module")
def marks(root: Path) -> dict[str, dict[str, Any]]:
    return {raw["id"]: raw for raw in read_yaml(root / "data" / "answers" / "contacts.yml")}


def _shown(content: Content) -> list[tuple[str, str | None, tuple[Contact, ...]]]:
    pairs = product(content.topics.values(), (None, *content.towns))
    return [(topic.id, town, choose_contacts(topic, town, content, TODAY)) for topic, town in pairs]


def test_a_forbidden_mark_keeps_a_contact_from_every_answer(content: Content, marks: dict[str, dict[str, Any]]) -> None:
    """Contacts that may not be published stand under no answer of any topic for any town."""
    forbidden = {name for name, raw in marks.items() if raw["publish"] not in LINKS}
    assert forbidden, "the file has contacts that may not be shown"
    assert not forbidden & {c.id for _, _, contacts in _shown(content) for c in contacts}
    assert not forbidden & set(content.contacts)


def test_a_number_is_shown_only_where_its_mark_allows(content: Content, marks: dict[str, dict[str, Any]]) -> None:
    """Where only a link may be shown, neither the number nor a further line leaves the core."""
    leaked = [
        c.id for _, _, contacts in _shown(content) for c in contacts
        if marks[c.id]["publish"] not in NUMBERS and (c.phone or c.phone_display or c.lines)
    ]
    assert leaked == []


def test_no_answer_shows_more_than_three(content: Content) -> None:
    """Three contacts at the most, so that the first one is called."""
    assert MOST == 3
    assert [(topic, town) for topic, town, contacts in _shown(content) if len(contacts) > 3] == []


def test_every_answer_with_contacts_has_a_number(content: Content) -> None:
    """Wherever contacts are shown, one can be called or dialled."""
    without = [
        (topic, town) for topic, town, contacts in _shown(content)
        if contacts and not any(c.phone or c.phone_display for c in contacts)
    ]
    assert without == []


def test_nobody_is_sent_to_a_helper_of_another_town(content: Content) -> None:
    """A contact serves the reader's town, the state or the nation."""
    wrong = [
        (topic, town, c.id) for topic, town, contacts in _shown(content)
        for c in contacts if not {town, "statewide", "national"} & set(c.serves)
    ]
    assert wrong == []


ADDED, CHECKED = date(2026, 11, 21), date(2027, 3, 1)


@pytest.mark.parametrize("contact, today, days, hidden", [
    pytest.param(make_contact("new"), ADDED, 0, False, id="taken in today"),
    pytest.param(make_contact("old"), ADDED + timedelta(days=365), 365, False, id="never checked, a year to the day"),
    pytest.param(make_contact("old"), ADDED + timedelta(days=366), 366, True, id="never checked for more than a year"),
    pytest.param(make_contact("checked", last_checked=CHECKED), CHECKED + timedelta(days=365), 365, False, id="checked a year ago"),
    pytest.param(make_contact("checked", last_checked=CHECKED), CHECKED + timedelta(days=366), 366, True, id="checked too long ago"),
    pytest.param(make_contact("emergency-911", kinds=("emergency",)), date(2040, 1, 1), 4789, False, id="the emergency number never hides"),
])
def test_a_contact_unchecked_for_a_year_is_hidden(contact: Contact, today: date, days: int, hidden: bool) -> None:
    """Its age counts from the last check, or else from the day we took it in."""
    assert (age(contact, today), is_hidden(contact, today)) == (days, hidden)
    assert UNCHECKED_DAYS < HIDDEN_DAYS == 365


def test_a_hidden_contact_gives_its_place_to_the_next(content: Content) -> None:
    """Whoever was checked stands where the hidden one stood, preferred or not."""
    book = with_only(content, contacts=[make_contact("stale"), make_contact("fresh", last_checked=CHECKED)])
    topic = make_topic(contact_kinds=("legal_aid",), preferred_contacts=("stale",))
    assert [c.id for c in choose_contacts(topic, None, book, CHECKED)] == ["stale", "fresh"]
    assert [c.id for c in choose_contacts(topic, None, book, CHECKED + timedelta(days=300))] == ["fresh"]


def test_when_nobody_calls_for_years_only_911_is_left(content: Content) -> None:
    """No real answer of any topic and town shows a contact that nobody vouches for."""
    pairs = product(content.topics.values(), (None, *content.towns))
    assert {c.id for topic, town in pairs for c in choose_contacts(topic, town, content, date(2030, 1, 1))} == {"emergency-911"}
