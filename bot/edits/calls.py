"""What a call, or a look at a page, means for a contact's record; and that a call holds only for the number that was called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.errors import EditError
from bot.edits import contacts, yamltext
from bot.edits.contactbook import Entry, find
from bot.edits.contacts import PATH, Contact
from bot.edits.numbers import answers_with, refuse_forbidden
from bot.history.files import Changes, Files

CALL, PAGE = "call", "page"


@dataclass(frozen=True)
class Call:
    """What somebody found out: who they are, the day, whether it works, what they heard."""

    person: str
    day: date
    works: bool
    note: str = ""


def method(entry: Entry) -> str:
    """Returns how a contact is checked: by a call where it has a number, else by a look at its page."""
    return CALL if entry.numbers else PAGE


def noted(files: Files, id_: str, call: Call) -> Changes:
    """Returns the changes after a call: the day and the person, or, where it does not work, out of residents' sight.

    Raises EditError where nobody should check this contact, where the reason is missing, and where hiding it would leave
    its number standing in answers.
    """
    entry = find(files, id_)
    if not entry.can_be_checked:
        raise EditError("", "nobody calls this one: it is the emergency number, or it may never be published")
    refuse_forbidden(files, {"note": call.note})
    if not call.works and (answers := standing_in(files, entry)):
        raise EditError("", f"The number also stands in the words of these answers: {', '.join(answers)}. Residents would still read it "
                        "there. Ask an editor to take it out of them first, and tell an approver now, so that it goes quickly.")
    changes = contacts.called(files, id_, call.person, call.day, call.note, call.works)
    if call.works and method(entry) == PAGE:
        changes = {**changes, **_by_page(files.changed(changes), id_)}
    return changes


def standing_in(files: Files, entry: Entry) -> list[str]:
    """Returns the answers that name a number which residents see of this contact."""
    lines = [number for number in (entry.contact.phone, *(line.phone for line in entry.contact.lines)) if number]
    return answers_with(files, lines) if entry.number_shown else []


def edited(files: Files, id_: str, wanted: Contact, severity: str) -> Changes:
    """Returns the changes of one contact; a number that is new has not been called, whatever was noted for the old one."""
    refuse_forbidden(files, _words(wanted))
    before = find(files, id_)
    changes = contacts.edit(files, id_, wanted, severity)
    moved = find(files.changed(changes), id_).contact.phone != before.contact.phone
    return {**changes, **_uncalled(files.changed(changes), id_)} if moved and before.check else changes


def added(files: Files, id_: str, wanted: Contact, today: date) -> Changes:
    """Returns the changes that add a contact."""
    refuse_forbidden(files, _words(wanted))
    return contacts.add(files, id_, wanted, today)


def _words(wanted: Contact) -> dict[str, str]:
    return {"name": wanted.name, "phone": wanted.phone, "url": wanted.url, "hours": wanted.hours, "note": wanted.note}


def _uncalled(files: Files, id_: str) -> Changes:
    rows = yamltext.read(files.read(PATH))
    next(row for row in rows if row["id"] == id_)["last_checked"] = None
    return {PATH: yamltext.write(rows, like=files.read(PATH))}


def _by_page(files: Files, id_: str) -> Changes:
    rows = yamltext.read(files.read(PATH))
    next(row for row in rows if row["id"] == id_)["last_checked"]["method"] = PAGE
    return {PATH: yamltext.write(rows, like=files.read(PATH))}
