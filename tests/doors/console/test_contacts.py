"""The contact book in the console: who sees which number, who changes a record, what a call does at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bot.core.errors import EditError
from bot.doors.console.contactrows import rows
from bot.doors.console.models import Entry
from bot.edits.contactbook import Check, find
from bot.history.drafts import Drafts
from bot.history.repository import Repository
from bot.library import load
from tests.doors.console.conftest import Console

HIDDEN, LINK, SHOWN = "ct-coalition-immigrant-freedom", "new-haven-legal-assistance", "greater-hartford-legal-aid"
TALKED_OF, EMERGENCY, NEVER = "statewide-legal-services-ct", "emergency-911", "nlg-ct"
SECRET, SECRET_LINK, OPEN = "388-1719", "946-4811", "541-5000"
NEW = {
    "id": "norwalk-help", "name": "Norwalk Help ቤት", "kinds": ["immigrant_rights"], "serves": ["norwalk"], "phone": "(203) 853-1122",
    "url": "https://example.org/", "hours": "Mon-Fri 9:00-17:00", "note": "They help with forms. It is free.", "publish": "verify_first",
    "why": "Ana met them at the fair.",
}


def book(client: Any, **query: str) -> str:
    response = client.get(reverse("contacts"), query)
    assert response.status_code == 200
    return str(response.content.decode())


def page(client: Any, contact: str) -> str:
    response = client.get(reverse("contact", args=[contact]))
    assert response.status_code == 200
    return str(response.content.decode())


def record(checkout: Path, contact: str = SHOWN, **changes: Any) -> dict[str, Any]:
    """A record as its form sends it back, with changes."""
    repository = Repository(checkout)
    entry = find(repository.files(), contact)
    c = entry.contact
    return {"name": c.name, "kinds": list(c.kinds), "serves": list(c.serves), "phone": c.phone_display or "", "url": c.url or "",
            "hours": c.hours or "", "note": c.note, "publish": entry.publish, "severity": "wording", "why": "They told us.",
            "base": repository.head(), **changes}


def call(client: Any, checkout: Path, contact: str = SHOWN, **changes: str) -> Any:
    data = {"base": Repository(checkout).head(), "call-works": "yes", "call-note": "", **changes}
    return client.post(reverse("contact_called", args=[contact]), data)


def drafts(checkout: Path) -> list[Any]:
    return Drafts(Repository(checkout)).all()


@pytest.mark.parametrize(("roles", "sees"), [
    pytest.param(("steward",), True, id="a steward"), pytest.param(("editor",), True, id="an editor"),
    pytest.param(("approver",), True, id="an approver"), pytest.param(("administrator",), True, id="an administrator"),
    pytest.param(("translator-ar",), False, id="a translator"), pytest.param((), False, id="somebody without a role"),
])
def test_numbers_that_residents_must_not_see(console: Console, checkout: Path, roles: tuple[str, ...], sees: bool) -> None:
    """They stand in the list and on the page for four roles only, marked; what residents see everybody sees."""
    client = console.as_(*roles)
    table = book(client)
    assert OPEN in table and all((number in table) is sees for number in (SECRET, SECRET_LINK))
    assert ('class="badge bad">not for residents' in table) is sees and ("not for residents, so not shown to you" in table) is not sees
    single = page(client, HIDDEN)
    assert (SECRET in single) is sees and ("ask NHLAA" in single) is sees
    assert OPEN in page(client, SHOWN)


def test_the_table_says_age_and_mark_in_words(console: Console, checkout: Path) -> None:
    """Never called, until when residents see it, and what the mark means; in Spanish too."""
    client = console.as_()
    table = book(client)
    for words in ("never called", "hidden from residents after 2027-11-21", "not shown, because of its mark", "never hidden by its age"):
        assert words in table
    client.cookies["confianza_console_language"] = "es"
    assert "nunca llamado" in book(client)


@pytest.mark.parametrize(("age", "method", "checked", "state"), [
    pytest.param(0, "call", "called by Ana on 2026-11-22", "hidden from residents after 2027-11-22, if nobody checks it", id="today"),
    pytest.param(200, "page", "page looked at by Ana on 2026-05-06 (200 days ago)",
                 "hidden from residents after 2027-05-06, if nobody checks it", id="long ago"),
    pytest.param(366, "call", "called by Ana on 2025-11-21 (366 days ago)",
                 "hidden from residents since 2026-11-22, because nobody checked it for a year", id="too long ago"),
])
def test_a_checked_contact_in_words(console: Console, checkout: Path, age: int, method: str, checked: str, state: str) -> None:
    """Who checked it, how, how long ago, and what that means for residents."""
    client, today = console.as_("steward"), date(2026, 11, 22)
    day = today - timedelta(days=age)
    entry = find(Repository(checkout).files(), SHOWN)
    entry = replace(entry, contact=replace(entry.contact, last_checked=day), check=Check(day, "Ana", method, ""))
    row = rows([entry], client.user, today)[0]
    assert (row.checked, row.state, row.seen, row.due) == (checked, state, age < 366, age > 180)


def test_filters(console: Console, checkout: Path) -> None:
    """By town (the whole state counts), by kind, and those to call; 911 is not to be called."""
    client = console.as_()
    ids = re.compile(r'<th scope="row"><a href="/contacts/([^/]+)/">')
    town, kind = ids.findall(book(client, town="westport")), ids.findall(book(client, kind="consulate"))
    assert "westport-police-complaints" in town and TALKED_OF in town and SHOWN not in town
    assert {"consulate-mexico-new-york", "mexico-ciam"} <= set(kind) and SHOWN not in kind
    due = ids.findall(book(client, call="1"))
    assert SHOWN in due and EMERGENCY not in due and NEVER not in due
    assert "No contact fits." in book(client, town="easton", kind="consulate' OR 1=1")


@pytest.mark.parametrize("role", ["editor", "approver", "administrator", "translator-es"])
def test_others_read_only(console: Console, checkout: Path, role: str) -> None:
    """Neither form nor button for who is no steward; the address refuses them too."""
    client = console.as_(role)
    single = page(client, SHOWN)
    assert "They told us" not in single and reverse("contact_save", args=[SHOWN]) not in single and "Called today" not in single
    assert client.post(reverse("contact_save", args=[SHOWN]), record(checkout, name="Other")).status_code == 403
    assert call(client, checkout).status_code == 403 and client.get(reverse("contact_new")).status_code == 403
    assert drafts(checkout) == []


def test_a_changed_record_waits_for_a_second_person(console: Console, checkout: Path) -> None:
    """A draft of kind contact; nothing is live before it is approved, then it is."""
    steward, other = console.as_("steward", name="Sam"), console.as_("steward")
    response = steward.post(reverse("contact_save", args=[SHOWN]), record(checkout, hours="Mon-Thu 9:00-12:00", publish="ok_url_only"))
    draft = drafts(checkout)[0]
    assert response["Location"] == reverse("draft", args=[draft.id])
    assert (draft.kind, draft.about, draft.severity, draft.last.why) == ("contact", SHOWN, "wording", "They told us.")
    assert load(checkout).contacts[SHOWN].phone
    assert draft.title in page(other, SHOWN)
    again = steward.get(f"{reverse('contact', args=[SHOWN])}?draft={draft.id}").content.decode()
    assert 'value="Mon-Thu 9:00-12:00"' in again and "Called today" not in again
    other.post(reverse("draft_approve", args=[draft.id]), {"tip": draft.tip})
    contact = load(checkout).contacts[SHOWN]
    assert (contact.phone, contact.hours) == (None, "Mon-Thu 9:00-12:00")
    assert draft.title in page(other, SHOWN).split("What was changed, and calls")[1]


@pytest.mark.parametrize(("changes", "field", "reason"), [
    pytest.param({"phone": "1-866-DHS-2-ICE"}, "phone", "ICE tip line", id="a forbidden number in letters"),
    pytest.param({"phone": "٨٦٦ ٣٤٧ ٢٤٢٣"}, "phone", "ICE tip line", id="in Arabic digits"),
    pytest.param({"note": "Call 866.347.2423 first."}, "note", "ICE tip line", id="in the note"),
    pytest.param({"hours": "866–347–2423, 9-17"}, "hours", "ICE tip line", id="in the hours"),
    pytest.param({"why": "Ana heard 866 347 2423"}, "why", "ICE tip line", id="in the reason"),
    pytest.param({"note": "Or call 203-853-7777 in the evening."}, "note", "may not be shown here", id="a number that is no contact's"),
    pytest.param({"phone": "1-800-453-3320"}, "phone", "a number has one record", id="somebody else's number"),
    pytest.param({"note": "x" * 201}, "note", "at most 200", id="too long a note"),
    pytest.param({"why": ""}, "why", "required", id="no reason"),
    pytest.param({"publish": "public"}, "publish", "Select a valid choice", id="an unknown mark"),
    pytest.param({"kinds": ["emergency"]}, "kinds", "Select a valid choice", id="a kind that would never hide"),
])
def test_refused_beside_the_field(console: Console, checkout: Path, changes: dict[str, Any], field: str, reason: str) -> None:
    """400, the reason at the field and in the summary, the person's words still there, nothing saved."""
    sent = record(checkout, **changes)
    response = console.as_("steward").post(reverse("contact_save", args=[SHOWN]), sent)
    text = response.content.decode()
    assert response.status_code == 400 and drafts(checkout) == []
    beside = re.search(rf'<ul class="error" id="id_{field}_error">(.*?)</ul>', text, re.S)
    assert beside and reason in beside.group(1)
    assert f'<a href="#id_{field}">' in text and sent["name"] in text
    assert field in ("publish", "kinds", "why") or str(sent[field])[:20] in text


def test_the_same_again_is_no_change(console: Console, checkout: Path) -> None:
    """A form sent back as it came changes nothing, whatever way its number is written."""
    response = console.as_("steward").post(reverse("contact_save", args=[SHOWN]), record(checkout))
    assert response.status_code == 400 and "nothing was changed" in response.content.decode() and drafts(checkout) == []


def test_a_new_contact(console: Console, checkout: Path) -> None:
    """It waits as a draft, can be gone on with, and its name is refused where it is taken."""
    client = console.as_("steward")
    response = client.post(reverse("contact_new"), NEW)
    draft = drafts(checkout)[0]
    assert response["Location"] == reverse("draft", args=[draft.id]) and (draft.kind, draft.about) == ("contact", "norwalk-help")
    again = client.get(f"{reverse('contact', args=['norwalk-help'])}?draft={draft.id}").content.decode()
    assert "203-853-1122" in again and "Norwalk Help ቤት" in again
    assert client.get(reverse("contact", args=["norwalk-help"])).status_code == 404
    refused = client.post(reverse("contact_new"), {**NEW, "id": SHOWN})
    assert refused.status_code == 400 and 'id="id_id_error"' in refused.content.decode()
    assert client.post(reverse("contact_new"), {**NEW, "phone": "866-347-2423"}).status_code == 400


def test_a_call_that_works_is_live_at_once(console: Console, checkout: Path) -> None:
    """Day, person and note in the file, a commit under the person's name, a line in the log; no draft."""
    steward = console.as_("steward", name="Sam")
    response = call(steward, checkout, **{"call-note": "Someone answers, también en español"})
    assert response["Location"] == reverse("contact", args=[SHOWN]) and drafts(checkout) == []
    entry = find(Repository(checkout).files(), SHOWN)
    assert entry.check and (str(entry.check.day), entry.check.person, entry.check.method) == ("2026-11-22", "Sam", "call")
    assert load(checkout).contacts[SHOWN].last_checked == entry.check.day
    assert Repository(checkout).change(Repository(checkout).head()).author.name == "Sam"
    assert Entry.objects.filter(what="contact-called", about=SHOWN, who=steward.user.username).count() == 1
    single = page(steward, SHOWN)
    assert "called by Sam on 2026-11-22" in single and "también en español" in single


def test_a_wrong_number_is_hidden_at_once(console: Console, checkout: Path) -> None:
    """Residents do not see it any more; the log says so without the number."""
    response = call(console.as_("steward"), checkout, **{"call-works": "no", "call-note": "Not in service"})
    assert response.status_code == 302 and SHOWN not in load(checkout).contacts
    entry = Entry.objects.get(what="contact-hidden")
    assert OPEN not in entry.detail and OPEN not in Repository(checkout).change(Repository(checkout).head()).title


@pytest.mark.parametrize(("contact", "changes", "reason"), [
    pytest.param(SHOWN, {"call-works": "no"}, "say what is wrong", id="does not work, without a word"),
    pytest.param(SHOWN, {"call-works": ""}, "required", id="neither yes nor no"),
    pytest.param(SHOWN, {"call-note": "they said 1 866 347 2423"}, "ICE tip line", id="a forbidden number"),
    pytest.param(TALKED_OF, {"call-works": "no", "call-note": "Dead"}, "local_help, need_lawyer", id="answers would still say it"),
    pytest.param(EMERGENCY, {"call-works": "no", "call-note": "x"}, "nobody calls this one", id="911"),
    pytest.param(SHOWN, {"base": "0" * 40}, "There is no change", id="a base that is none"),
])
def test_refused_calls(console: Console, checkout: Path, contact: str, changes: dict[str, str], reason: str) -> None:
    """400 with the reason; nothing is written."""
    before = Repository(checkout).head()
    response = call(console.as_("steward"), checkout, contact, **changes)
    text = response.content.decode()
    assert response.status_code == 400 and Repository(checkout).head() == before
    assert reason.lower() in text.lower() or (reason.startswith("There is no") and "too old" in text)


def test_a_call_holds_for_the_number_that_was_called(console: Console, checkout: Path) -> None:
    """Where somebody changed the number since the page was opened, the call is not noted for the new one."""
    steward, other = console.as_("steward"), console.as_("steward")
    opened = Repository(checkout).head()
    steward.post(reverse("contact_save", args=[SHOWN]), record(checkout, phone="203-853-1122"))
    draft = drafts(checkout)[0]
    other.post(reverse("draft_approve", args=[draft.id]), {"tip": draft.tip})
    response = call(other, checkout, base=opened)
    assert response.status_code == 400 and "Your call was to the old one" in response.content.decode()
    assert find(Repository(checkout).files(), SHOWN).check is None


def test_what_is_offered(console: Console, checkout: Path) -> None:
    """A page to look at where there is no number; no call of 911; the answers that say a number are named."""
    client = console.as_("steward")
    assert "Looked at its page today" in page(client, "aclu-connecticut")
    assert "Called today" not in page(client, EMERGENCY)
    assert f'<a href="{reverse("answer", args=["local_help"])}">local_help</a>' in page(client, TALKED_OF)
    assert client.get(reverse("contact", args=["no-such"])).status_code == 404
    with pytest.raises(EditError):
        find(Repository(checkout).files(), "no-such")


def test_two_at_one_record_are_warned(console: Console, checkout: Path) -> None:
    """The second one reads who else has it open."""
    page(console.as_("steward", name="Nadia"), SHOWN)
    assert "Nadia has this open too" in page(console.as_("steward"), SHOWN)
