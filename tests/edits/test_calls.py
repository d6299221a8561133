"""What a call does to a record, what it must not do, and that it holds for one number only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.errors import EditError
from bot.edits.calls import CALL, PAGE, Call, added, edited, method, noted, standing_in
from bot.edits.contactbook import Entry, find
from bot.edits.contacts import Contact
from bot.history.files import Files

TODAY = date(2026, 11, 22)
WORKS, FAILS = Call("Ana", TODAY, True, "A person answers, على الفور"), Call("Ana", TODAY, False, "Not in service")
NUMBERED, LINK, TALKED_OF = "greater-hartford-legal-aid", "ct-students-for-a-dream", "statewide-legal-services-ct"


def as_it_stands(entry: Entry) -> Contact:
    c = entry.contact
    return Contact(c.name, c.kinds, c.serves, entry.publish, c.phone or "", c.url or "", c.hours or "", c.note)


@pytest.mark.parametrize(("contact", "how"), [pytest.param(NUMBERED, CALL, id="by phone"), pytest.param(LINK, PAGE, id="by its page")])
def test_a_check_says_how(files: Files, contact: str, how: str) -> None:
    """A contact without a number cannot have been called; nobody's record says that it was."""
    entry = find(files.changed(noted(files, contact, WORKS)), contact)
    assert method(entry) == how and entry.check
    assert (entry.check.day, entry.check.person, entry.check.method, entry.check.note) == (TODAY, "Ana", how, WORKS.note)


@pytest.mark.parametrize("contact", [NUMBERED, LINK])
def test_what_does_not_work_is_hidden(files: Files, contact: str) -> None:
    """Residents do not see it any more; what was heard stays for editors."""
    entry = find(files.changed(noted(files, contact, FAILS)), contact)
    assert not entry.shown and entry.check is None and entry.details["verify"] == "2026-11-22, Ana: Not in service"


@pytest.mark.parametrize(("contact", "call", "message"), [
    pytest.param("emergency-911", FAILS, "emergency", id="nobody hides 911"),
    pytest.param("nlg-ct", WORKS, "never be published", id="one that is never published"),
    pytest.param(TALKED_OF, FAILS, "local_help, need_lawyer", id="answers would still say the number"),
    pytest.param(NUMBERED, replace(FAILS, note=" "), "what is wrong", id="without a word about it"),
    pytest.param(NUMBERED, replace(WORKS, note="now (866) 347-2423"), "ICE tip line", id="a forbidden number in the note"),
    pytest.param("no-such-contact", WORKS, "not here any more", id="unknown"),
])
def test_refused_calls(files: Files, contact: str, call: Call, message: str) -> None:
    """Each with the reason."""
    with pytest.raises(EditError, match=message):
        noted(files, contact, call)


def test_a_number_that_answers_say_may_be_called(files: Files) -> None:
    """Only hiding it is refused; and a link that residents see in place of a number stands in no answer."""
    assert find(files.changed(noted(files, TALKED_OF, WORKS)), TALKED_OF).check
    assert standing_in(files, find(files, TALKED_OF)) == ["local_help", "need_lawyer"]
    assert standing_in(files, find(files, "new-haven-legal-assistance")) == []


@pytest.mark.parametrize(("phone", "kept"), [
    pytest.param("203-853-1122", False, id="another number"),
    pytest.param("", False, id="no number any more"),
    pytest.param("+1 (860) 541 5000", True, id="the same, written otherwise"),
])
def test_a_new_number_was_not_called(files: Files, phone: str, kept: bool) -> None:
    """Residents must not read "a person checked this" beside a number that nobody called."""
    checked = files.changed(noted(files, NUMBERED, WORKS))
    wanted = replace(as_it_stands(find(checked, NUMBERED)), phone=phone, hours="Mon-Fri 9:00-12:00")
    assert (find(checked.changed(edited(checked, NUMBERED, wanted, "wording")), NUMBERED).check is not None) is kept


@pytest.mark.parametrize("field", ["name", "phone", "url", "hours", "note"])
def test_a_forbidden_number_stands_nowhere(files: Files, field: str) -> None:
    """Typed into any field of a new or a known contact it is refused beside that field."""
    text = "https://example.org/866-347-2423" if field == "url" else "866 347 2423"
    wanted = replace(as_it_stands(find(files, NUMBERED)), **{field: text})
    for attempt in (lambda: edited(files, NUMBERED, wanted, "wording"), lambda: added(files, "new-one", wanted, TODAY)):
        with pytest.raises(EditError, match="must never be shown") as refused:
            attempt()
        assert refused.value.field == field
