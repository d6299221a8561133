"""Contacts: one record a number, never a forbidden one, and a call is noted with its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.errors import EditError
from bot.edits.contacts import PATH, Contact, add, called, edit, records, written_number
from bot.history.candidate import judge, read_content
from bot.history.files import Files

TODAY = date(2026, 11, 22)
NEW = Contact("Norwalk Help", ("immigrant_rights",), ("norwalk",), "ok", "(203) 853-1122", "https://example.org/",
              "Mon-Fri 9:00-17:00", "They help.")


def test_a_new_contact_is_shown(files: Files) -> None:
    """A new contact passes the check, and its number is written as people and as telephones write it."""
    changed = files.changed(add(files, "norwalk-help", NEW, TODAY))
    assert not judge(changed)
    contact = read_content(changed).contacts["norwalk-help"]
    assert (contact.phone, contact.phone_display, contact.note) == ("+12038531122", "203-853-1122", "They help.")
    assert contact.last_checked is None


def test_only_its_lines_change(files: Files) -> None:
    """Editing one contact leaves every line of the others as it is, comments too."""
    row = next(r for r in records(files) if r["id"] == "statewide-legal-services-ct")
    wanted = Contact(row["name"], tuple(row["kinds"]), tuple(row["serves"]), row["publish"], row["phone"], row["url"], row["hours"],
                     "A new note.")
    changes = edit(files, row["id"], wanted)
    old, new = files.read(PATH).splitlines(), (changes[PATH] or "").splitlines()
    assert [line for line in new if line not in old] == ['  note: "A new note."']
    assert len(old) == len(new)


REFUSED = [
    pytest.param({"phone": "866-347-2423"}, "must never be shown", id="a forbidden number"),
    pytest.param({"phone": "+1 (866) 347 2423"}, "must never be shown", id="a forbidden number written otherwise"),
    pytest.param({"phone": "800-453-3320"}, "one record", id="somebody else's number"),
    pytest.param({"phone": "860-344-0380"}, "one record", id="somebody else's second number"),
    pytest.param({"phone": "12345"}, "no phone number", id="no number"),
    pytest.param({"phone": "+48 22 555 01 23"}, "no phone number", id="another country"),
    pytest.param({"url": "javascript:x.y"}, "https", id="a script as link"),
    pytest.param({"publish": "yes"}, "choose", id="an unknown mark"),
    pytest.param({"note": ""}, "one sentence", id="shown without a note"),
    pytest.param({"kinds": ()}, "empty", id="no kind"),
]


@pytest.mark.parametrize(("edited", "message"), REFUSED)
def test_refusals(files: Files, edited: dict, message: str) -> None:
    """A contact that could harm is refused with a reason."""
    with pytest.raises(EditError, match=message):
        add(files, "norwalk-help", replace(NEW, **edited), TODAY)


@pytest.mark.parametrize("id_", ["emergency-911", "a b", "../x", ""])
def test_refused_names(files: Files, id_: str) -> None:
    """A name that is taken or is no name is refused."""
    with pytest.raises(EditError):
        add(files, id_, NEW, TODAY)


def test_called_today(files: Files) -> None:
    """A call that worked is noted with day and person, and a number that waited for it is shown as checked."""
    changed = files.changed(called(files, "statewide-legal-services-ct", "AB", TODAY, "A person answers, also in Spanish", works=True))
    assert not judge(changed)
    assert read_content(changed).contacts["statewide-legal-services-ct"].last_checked == TODAY
    row = next(r for r in records(changed) if r["id"] == "statewide-legal-services-ct")
    assert (row["publish"], row["last_checked"]["note"]) == ("ok", "A person answers, also in Spanish")


def test_a_wrong_number_is_hidden_at_once(files: Files) -> None:
    """A call that did not work hides the contact and keeps what was heard; without a word about it, it is refused."""
    changed = files.changed(called(files, "statewide-legal-services-ct", "AB", TODAY, "Number not in service", works=False))
    assert "statewide-legal-services-ct" not in read_content(changed).contacts
    with pytest.raises(EditError):
        called(files, "statewide-legal-services-ct", "AB", TODAY, " ", works=False)


@pytest.mark.parametrize(("written", "number"), [
    ("203.853.1122", "+12038531122"), ("1-203-853-1122", "+12038531122"), ("٢٠٣٨٥٣١١٢٢", "+12038531122"),
    ("911", None), ("", None), ("203-555", None),
])
def test_numbers(written: str, number: str | None) -> None:
    """A number is read however people write it."""
    found = written_number(written)
    assert (found[0] if found else None) == number
