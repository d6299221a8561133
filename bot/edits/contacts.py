"""Edits of contacts: one record a number, when a person last called, and whether residents may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import phonenumbers

from bot.core.errors import EditError
from bot.edits import yamltext
from bot.edits.catalogues import reword
from bot.history.files import Changes, Files

PATH = "data/answers/contacts.yml"
FORBIDDEN = "data/answers/forbidden_numbers.yml"
MARKS = ("ok", "ok_after_test_call", "ok_url_only", "verify_first", "do_not_publish_phone", "do_not_publish")
ORDER = ("id", "name", "kinds", "serves", "phone", "phone_display", "extra_phones", "text", "email", "url", "address", "hours", "cost",
         "publish", "note", "added", "last_checked")
NOTE_LIMIT = 200


@dataclass(frozen=True)
class Contact:
    """A contact as an advocate wants it; phone as people write it, or ""."""

    name: str
    kinds: tuple[str, ...]
    serves: tuple[str, ...]
    publish: str
    phone: str = ""
    url: str = ""
    hours: str = ""
    note: str = ""


def records(files: Files) -> list[dict[str, Any]]:
    """Returns every record as it stands, hidden ones too: for editors only."""
    return list(yamltext.read(files.read(PATH)))


def edit(files: Files, id_: str, wanted: Contact, severity: str = "wording") -> Changes:
    """Returns the changes of one contact; raises EditError beside the field that cannot stay so."""
    rows = yamltext.read(files.read(PATH))
    row = _row(rows, id_)
    _refuse(files, wanted, rows, id_)
    texts = (("note", wanted.note), ("hours", wanted.hours))
    renames = {(f"contact.{id_}", row[name]): new for name, new in texts if row.get(name) and new}
    _fill(row, wanted)
    return _written(files, rows, {key: new for key, new in renames.items() if key[1] != new}, severity)


def add(files: Files, id_: str, wanted: Contact, today: date) -> Changes:
    """Returns the changes that add a contact."""
    rows = yamltext.read(files.read(PATH))
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_):
        raise EditError("id", "use small letters, digits and hyphens, for example norwalk-legal-aid")
    if any(row["id"] == id_ for row in rows):
        raise EditError("id", "a contact with this name is already here")
    _refuse(files, wanted, rows, id_)
    row = yamltext.block({"id": id_})
    _fill(row, wanted)
    yamltext.put(row, "added", today)
    row["last_checked"] = None
    rows.append(row)
    return _written(files, rows, {}, "wording")


def called(files: Files, id_: str, person: str, today: date, note: str, works: bool) -> Changes:
    """Returns the changes after somebody called: the day and the person, what they heard; a number that is wrong is hidden at once."""
    rows = yamltext.read(files.read(PATH))
    row = _row(rows, id_)
    if not works and not note.strip():
        raise EditError("note", "say what is wrong with it, so that somebody can mend it")
    if works:
        check = {"date": today, "person": yamltext.quoted(person), "method": "call"}
        row["last_checked"] = yamltext.flow({**check, **({"note": yamltext.quoted(" ".join(note.split()))} if note.strip() else {})})
        if row["publish"] == "ok_after_test_call":
            row["publish"] = "ok"
    else:
        row["publish"] = "verify_first"
        row["verify"] = yamltext.quoted(f"{today}, {person}: {' '.join(note.split())}")
    return _written(files, rows, {}, "wording")


def written_number(phone: str) -> tuple[str, str] | None:
    """Returns a number as programs and as people write it ("+12035550100", "203-555-0100"); None where it is no number of this country."""
    try:
        parsed = phonenumbers.parse(phone, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or parsed.country_code != 1:
        return None
    digits = str(parsed.national_number)
    return f"+1{digits}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def _refuse(files: Files, wanted: Contact, rows: Any, id_: str) -> None:
    for name, value in (("name", wanted.name.strip()), ("kinds", wanted.kinds), ("serves", wanted.serves)):
        if not value:
            raise EditError(name, "this may not be empty")
    if wanted.publish not in MARKS:
        raise EditError("publish", "choose what residents may see")
    if wanted.publish in ("ok", "ok_after_test_call", "ok_url_only") and not wanted.note.strip():
        raise EditError("note", "say in one sentence what they do; residents read it")
    if len(wanted.note) > NOTE_LIMIT:
        raise EditError("note", f"{len(wanted.note)} characters, at most {NOTE_LIMIT} fit")
    if wanted.url and not re.fullmatch(r"https?://\S+\.\S+", wanted.url):
        raise EditError("url", "a link begins with https:// or http://")
    if wanted.phone.strip():
        _refuse_number(files, wanted.phone, rows, id_)


def _refuse_number(files: Files, phone: str, rows: Any, id_: str) -> None:
    if any(row["id"] == id_ and row.get("phone_display") == phone.strip() for row in rows):
        return  # as it stands: 911, 2-1-1
    written = written_number(phone)
    if written is None:
        raise EditError("phone", "this is no phone number of the United States; write it as 203-555-0100")
    forbidden = {str(row["number"]): row["why"] for row in yamltext.read(files.read(FORBIDDEN))}
    if written[0][2:] in forbidden:
        raise EditError("phone", f"this number must never be shown: {forbidden[written[0][2:]]}")
    other = next((row for row in rows if row["id"] != id_ and written[0] in _numbers(row)), None)
    if other is not None:
        raise EditError("phone", f"this number already stands at “{other['name']}”; a number has one record")


def _numbers(row: Any) -> Iterator[str]:
    extra = [line.get("phone") for line in (*(row.get("extra_phones") or ()), row.get("text") or {})]
    yield from (number for number in (row.get("phone"), *extra) if number)


def _row(rows: Any, id_: str) -> Any:
    row = next((row for row in rows if row["id"] == id_), None)
    if row is None:
        raise EditError("", "this contact is not here any more")
    return row


def _fill(row: Any, wanted: Contact) -> None:
    """Writes what differs into a record."""
    number = written_number(wanted.phone) if wanted.phone.strip() else None
    phone, display = number or (None, wanted.phone.strip() or None)
    if wanted.phone.strip() == row.get("phone_display") or (number and number[0] == row.get("phone")):
        phone, display = row.get("phone"), row.get("phone_display")
    values = {"name": wanted.name, "kinds": list(wanted.kinds), "serves": list(wanted.serves), "phone": phone, "phone_display": display,
              "url": wanted.url, "hours": wanted.hours, "publish": wanted.publish, "note": wanted.note}
    for name, value in values.items():
        if (row.get(name) or None) != (value or None):
            written = yamltext.quoted(" ".join(value.split())) if isinstance(value, str) and name != "publish" else value
            yamltext.put(row, name, written or None, after=ORDER[: ORDER.index(name)])
    for name in ("phone", "phone_display"):
        row.setdefault(name, None)


def _written(files: Files, rows: Any, renames: dict[tuple[str, str], str], severity: str) -> Changes:
    old = files.read(PATH)
    text = yamltext.write(rows, like=old)
    if text == old:
        raise EditError("", "nothing was changed")
    return {PATH: text, **reword(files.changed({PATH: text}), renames, severity)}
