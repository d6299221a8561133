"""The contact book: what stands in it, how old it is, and in which order one calls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.errors import ContentError, EditError
from bot.edits.contactbook import Entry, book, call_round, find, gone, kinds, narrowed, to_call
from bot.history.files import Files, Table

DAY = date(2026, 11, 21)
TODAY = date(2027, 12, 1)


def record(
    name: str, publish: str = "ok", checked: date | None = None, added: date = DAY, kind: str = "legal_aid", serves: str = "norwalk",
) -> str:
    check = f"{{date: {checked}, person: \"Ana\", method: call, note: \"Someone answers\"}}" if checked else ""
    return (f"- id: {name}\n  name: \"{name}\"\n  kinds: [{kind}]\n  serves: [{serves}]\n  phone: \"+12038531122\"\n"
            f"  phone_display: \"203-853-1122\"\n  publish: {publish}\n  note: \"Help.\"\n  added: {added}\n  last_checked: {check}\n"
            "  extra_phones:\n  - {label: evenings, phone: \"+12038531133\", phone_display: \"203-853-1133\"}\n  verify: ask\n")


def made(*records: str) -> tuple[Entry, ...]:
    return book(Files(Table({"data/answers/contacts.yml": "".join(records)})))


def test_every_record_is_there(files: Files) -> None:
    """Those that residents never see too, with the number that they hold and whether it may be shown."""
    entries = {entry.id: entry for entry in book(files)}
    names = ("ct-coalition-immigrant-freedom", "new-haven-legal-assistance", "statewide-legal-services-ct")
    hidden, link, shown = (entries[name] for name in names)
    assert hidden.numbers == (("", "(203) 388-1719"),) and not hidden.shown and not hidden.number_shown
    assert link.numbers == (("", "(203) 946-4811"),) and link.shown and not link.number_shown
    assert [number for _, number in shown.numbers] == ["1-800-453-3320", "860-344-0380", "860-300-3845"] and shown.number_shown
    assert "evidence" not in hidden.details and hidden.evidence and "ask NHLAA" in hidden.details["verify"]


def test_a_check_is_read_whole() -> None:
    """Day, person, method and note."""
    check = made(record("a", checked=date(2027, 1, 2)))[0].check
    assert check and (check.day, check.person, check.method, check.note) == (date(2027, 1, 2), "Ana", "call", "Someone answers")


@pytest.mark.parametrize(("row", "due", "hidden", "last"), [
    pytest.param(record("a", added=TODAY), True, False, TODAY + timedelta(days=365), id="new and never called"),
    pytest.param(record("a"), True, True, DAY + timedelta(days=365), id="never called for over a year"),
    pytest.param(record("a", checked=TODAY - timedelta(days=180)), False, False, TODAY + timedelta(days=185), id="called half a year ago"),
    pytest.param(record("a", checked=TODAY - timedelta(days=181)), True, False, TODAY + timedelta(days=184), id="called longer ago"),
    pytest.param(record("a", checked=TODAY - timedelta(days=366)), True, True, TODAY - timedelta(days=1), id="called over a year ago"),
    pytest.param(record("a", "verify_first"), True, False, DAY + timedelta(days=365), id="not shown anyway"),
    pytest.param(record("a", "do_not_publish"), False, False, DAY + timedelta(days=365), id="never to be published"),
    pytest.param(record("a", kind="emergency"), False, False, None, id="the emergency number"),
])
def test_age(row: str, due: bool, hidden: bool, last: date | None) -> None:
    """After half a year somebody calls, after a year residents see it no longer; the emergency number is neither called nor hidden."""
    entry = made(row)[0]
    assert (to_call(entry, TODAY), gone(entry, TODAY), entry.last_day) == (due, hidden, last)


def test_the_call_round() -> None:
    """Who waits longest comes first; of equally old ones those never called, then those that residents see."""
    entries = made(
        record("fresh", checked=TODAY), record("old", checked=date(2027, 3, 1)), record("older", checked=date(2027, 2, 1)),
        record("hidden", "verify_first", added=date(2027, 2, 1)), record("seen", added=date(2027, 2, 1)),
        record("private", "do_not_publish"),
    )
    assert [entry.id for entry in call_round(entries, TODAY)] == ["seen", "hidden", "older", "old"]


def test_narrowed_by_town_and_kind() -> None:
    """A town's are those that serve it or the whole state; a kind's those that have it."""
    entries = made(record("n"), record("s", serves="statewide"), record("h", serves="hartford", kind="consulate"))
    assert [e.id for e in narrowed(entries, "norwalk", "")] == ["n", "s"]
    assert [e.id for e in narrowed(entries, "", "consulate")] == ["h"]
    assert [e.id for e in narrowed(entries, "norwalk", "consulate")] == []
    assert len(narrowed(entries, "", "")) == 3


def test_kinds_are_those_in_use() -> None:
    """Each once, sorted."""
    assert kinds(Files(Table({"data/answers/contacts.yml": record("a") + record("b", kind="consulate")}))) == ["consulate", "legal_aid"]


def test_what_is_not_there() -> None:
    """An unknown name is an error for people, a record without a field one of the content."""
    files = Files(Table({"data/answers/contacts.yml": record("a")}))
    with pytest.raises(EditError, match="not here any more"):
        find(files, "b")
    with pytest.raises(ContentError, match="cannot be read"):
        made("- {id: a}\n")
