"""Raw records become values: the publish mark decides what residents may see, dates and groups get one form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import records
from bot.core.content import Line
from bot.core.errors import ContentError

CONTACT: dict[str, Any] = {
    "id": "safe-connect", "name": "Safe Connect", "kinds": ["domestic_violence"], "serves": ["statewide"],
    "phone": "+18887742900", "phone_display": "(888) 774-2900", "url": "https://www.ctsafeconnect.org", "hours": "day and night",
    "extra_phones": [{"label": "in Spanish", "phone": "+18448312200", "phone_display": "844-831-2200"}],
    "text": {"phone": "+18887742900", "display": "(888) 774-2900", "how": "same number takes texts"},
    "note": "Someone answers day and night.", "last_checked": None, "added": date(2026, 11, 21),
}
# publish mark -> is it shown at all, are its numbers shown
MARKS = {
    "ok": (True, True),
    "ok_after_test_call": (True, True),
    "ok_url_only": (True, False),
    "verify_first": (False, False),
    "do_not_publish_phone": (False, False),
    "do_not_publish": (False, False),
    "OK": (False, False),
    "okay": (False, False),
    "": (False, False),
    "a mark left empty": (False, False),
}
TOPIC: dict[str, Any] = {"id": "greet", "section": "E", "title": "Say hello", "short": "Hello.", "review_by": date(2027, 5, 31)}


@pytest.mark.parametrize("mark, shown, numbers", [(m, *rule) for m, rule in MARKS.items()], ids=MARKS)
def test_the_mark_decides_what_is_shown(mark: str, shown: bool, numbers: bool) -> None:
    """A number is kept only under a mark that allows it; an unknown mark, or none, shows nothing at all."""
    raw = {**CONTACT, "publish": None if mark == "a mark left empty" else mark}
    contact = records.contact(raw)
    assert (contact is not None) == shown
    text = repr(contact)
    assert any(n in text for n in ("8887742900", "774-2900", "8448312200", "831-2200")) == numbers
    assert ("https://www.ctsafeconnect.org" in text) == shown


def test_a_shown_contact_has_all_its_lines() -> None:
    """Further numbers and the number for texts are lines, in the order of the file; a short code counts as a number."""
    contact = records.contact({**CONTACT, "publish": "ok", "text": {"shortcode": "88788", "display": "88788", "how": "text START"}})
    assert contact is not None
    assert contact.lines == (Line("in Spanish", "+18448312200", "844-831-2200"), Line("text START", "88788", "88788"))


@pytest.mark.parametrize("checked, day", [
    (None, None),
    ({"date": date(2026, 12, 1), "person": "AB", "method": "call"}, date(2026, 12, 1)),
    ({"date": "2026-12-01", "person": "AB", "method": "call"}, date(2026, 12, 1)),
], ids=["never", "a date", "a date in quotes"])
def test_the_day_of_the_last_check_is_a_date_or_none(checked: dict[str, Any] | None, day: date | None) -> None:
    """However an editor writes the day, it becomes a date; a number that nobody called has none."""
    contact = records.contact({**CONTACT, "publish": "ok", "last_checked": checked})
    assert contact is not None and contact.last_checked == day


def test_a_contact_without_hours_lines_or_link_is_still_one() -> None:
    """What a contact need not have is empty, not an error."""
    raw = {k: v for k, v in CONTACT.items() if k not in ("hours", "extra_phones", "text", "url", "last_checked")}
    contact = records.contact({**raw, "publish": "ok"})
    assert contact is not None
    assert (contact.hours, contact.lines, contact.url, contact.last_checked) == (None, (), None, None)


@pytest.mark.parametrize("raw, groups", [
    (["a", "b"], (("a",), ("b",))),
    ([["a", "b"], "c"], (("a", "b"), ("c",))),
    (None, ()),
], ids=["alone", "with a companion", "none"])
def test_quotations_are_groups(raw: list[Any] | None, groups: tuple[tuple[str, ...], ...]) -> None:
    """A passage that stands alone is a group of one."""
    assert records.topic({**TOPIC, "quotes": raw}).quotes == groups


def test_a_topic_needs_little() -> None:
    """A topic of a title and a short answer is whole; everything else is empty."""
    topic = records.topic(TOPIC)
    assert (topic.steps, topic.towns, topic.laws, topic.next, topic.contact_kinds, topic.preferred_contacts) == ((), {}, (), (), (), ())
    assert (topic.first, topic.caution, topic.review_by) == (None, None, date(2027, 5, 31))


@pytest.mark.parametrize("when", ["", "inbox", "no inbox"])
def test_a_part_of_a_page_may_depend_on_a_switch(when: str) -> None:
    """A part without a switch is always shown."""
    part = {"heading": "H", "lines": ["one"], **({"when": when} if when else {})}
    (shown,) = records.page({"id": "p", "title": "T", "intro": "I", "parts": [part]}).parts
    assert (shown.heading, shown.lines, shown.when) == ("H", ("one",), when)


def test_an_unknown_switch_is_refused() -> None:
    """It would hide a promise for good."""
    with pytest.raises(ValueError, match="inboxes"):
        records.page({"id": "p", "title": "T", "intro": "I", "parts": [{"heading": "H", "when": "inboxes", "lines": ["one"]}]})


def test_months_alone_are_those_in_a_date_unless_the_language_tells_them_apart() -> None:
    """Polish has two forms of a month's name ("lipiec", "11 lipca"); other languages need not repeat theirs."""
    raw = {"code": "pl", "name": "Polski", "direction": "ltr", "months": ["lipca"], "month_year": "{month} {year}",
           "day_month_year": "{day} {month} {year}", "asked_as": ["polish"]}
    assert records.language(raw).months_alone == ("lipca",)
    assert records.language({**raw, "months_alone": ["lipiec"]}).months_alone == ("lipiec",)


def test_spellings_are_text_whatever_yaml_makes_of_them() -> None:
    """A spelling that YAML reads as a number or a truth value is still a spelling."""
    assert records.town({"id": "x", "name": "X", "spellings": ["نوروك", 203, True]}).spellings == ("نوروك", "203", "True")


def test_every_passage_knows_its_document() -> None:
    """The document's data stand at each of its passages; its date is text, as exact as the file has it."""
    quote = {"id": "q", "text": "我们", "sha256": "0", "speaker": "S", "short": "s", "role": "R", "kind": "paraphrase", "scope": "norwalk"}
    raw = {"id": "d", "title": None, "publisher": "P", "changed": "new", "date": date(2019, 7, 11), "town": "norwalk", "url": None,
           "file": "d.txt", "sha256": "1", "quotes": [quote, {**quote, "id": "r", "kind": "spoken", "requires": ["q"], "context": "C"}]}
    first, second = records.quotes(raw)
    assert (first.document, first.document.date, first.is_report, first.requires) == (second.document, "2019-07-11", True, ())
    assert (second.is_report, second.requires, second.context) == (False, ("q",), "C")


def test_every_point_of_a_law_has_the_law_s_own_status() -> None:
    """Status, date and link stand once in the file and hold for all points."""
    points = [{"id": "a", "cite": "1", "says": "A", "caution": "-"}, {"id": "b", "cite": "2", "says": "B", "caution": "-", "text": "b"}]
    raw = {"citation": "L", "jurisdiction": "federal", "status": "contested", "in_force": "1791", "url": None, "points": points}
    first, second = records.laws(raw)
    assert {law.status for law in (first, second)} == {"contested"}
    assert (first.text, second.text) == (None, "b")


@pytest.mark.parametrize("text", ["a: 1\n", "- a\n- b\n", "just words\n", ""], ids=["a mapping", "a list of words", "words", "empty"])
def test_a_file_of_records_is_a_list_of_entries(tmp_path: Path, text: str) -> None:
    """A file of another form is refused with its name and how an entry begins."""
    path = tmp_path / "towns.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"towns\.yml:1: a list of entries .* '- '"):
        records.read_records(path)
