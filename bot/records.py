"""Turns the raw content of data/answers into the values of `bot.core.content`. One function a kind of file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.core.content import Contact, Document, Language, Law, Line, Notice, Off, Page, Part, Quote, Topic, Town
from bot.core.errors import ContentError
from bot.core.topics import SWITCHES
from bot.yamlfile import read_yaml

# What a publish mark lets residents see. A mark that is not here shows nothing.
SHOWS_NUMBER = ("ok", "ok_after_test_call")
SHOWS_LINK = (*SHOWS_NUMBER, "ok_url_only")


def read_records(path: Path) -> list[dict[str, Any]]:
    """Reads a YAML file that holds a list of records with an id or a code; raises ContentError otherwise."""
    records = read_yaml(path)
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise ContentError(f"{path}:1: a list of entries is expected; each begins with '- '")
    return records


def language(raw: dict[str, Any]) -> Language:
    """One row of languages.yml."""
    months = tuple(raw["months"])
    return Language(
        code=raw["code"], name=raw["name"], direction=raw["direction"], months=months,
        months_alone=tuple(raw.get("months_alone", months)), month_year=raw["month_year"],
        day_month_year=raw["day_month_year"], asked_as=tuple(raw["asked_as"]),
    )


def town(raw: dict[str, Any]) -> Town:
    """One row of towns.yml."""
    return Town(raw["id"], raw["name"], bool(raw.get("statements")), tuple(str(s) for s in raw["spellings"]))


def quotes(raw: dict[str, Any]) -> Iterable[Quote]:
    """All passages of one file under sources/."""
    document = Document(
        id=raw["id"], title=raw["title"], publisher=raw["publisher"], date=str(raw["date"]), town=raw["town"],
        url=raw["url"], file=raw["file"], sha256=raw["sha256"], changed=raw["changed"],
    )
    for q in raw["quotes"]:
        yield Quote(
            id=q["id"], text=q["text"], sha256=q["sha256"], speaker=q["speaker"], short=q["short"], role=q["role"], kind=q["kind"],
            scope=q["scope"], context=q.get("context"), requires=tuple(q.get("requires", ())), document=document,
        )


def laws(raw: dict[str, Any]) -> Iterable[Law]:
    """All points of one entry of laws.yml."""
    for point in raw["points"]:
        yield Law(
            id=point["id"], cite=point["cite"], citation=raw["citation"], says=point["says"], text=point.get("text"),
            sha256=point.get("sha256"), jurisdiction=raw["jurisdiction"], status=raw["status"],
            in_force=raw["in_force"], url=raw["url"], caution=point["caution"],
        )


def contact(raw: dict[str, Any]) -> Contact | None:
    """One entry of contacts.yml as residents may see it; None where its publish mark forbids to show it."""
    if raw["publish"] not in SHOWS_LINK:
        return None
    number = raw["publish"] in SHOWS_NUMBER
    checked = raw.get("last_checked")
    return Contact(
        id=raw["id"], name=raw["name"], kinds=tuple(raw["kinds"]), serves=tuple(raw["serves"]),
        phone=raw["phone"] if number else None, phone_display=raw["phone_display"] if number else None,
        lines=tuple(_lines(raw)) if number else (), url=raw.get("url"),
        hours=raw.get("hours"), note=raw["note"],
        last_checked=_day(checked["date"]) if checked else None, added=_day(raw["added"]),
    )


def _lines(raw: dict[str, Any]) -> Iterable[Line]:
    for extra in raw.get("extra_phones") or []:
        yield Line(extra["label"], extra["phone"], extra["phone_display"])
    text = raw.get("text")
    if text:
        yield Line(text["how"], text.get("phone") or text["shortcode"], text["display"])


def topic(raw: dict[str, Any]) -> Topic:
    """One file under topics/."""
    contacts = raw.get("contacts") or {}
    return Topic(
        id=raw["id"], section=raw["section"], title=raw["title"], first=raw.get("first"), short=raw["short"],
        towns=dict(raw.get("towns") or {}), steps=tuple(raw.get("steps") or ()), caution=raw.get("caution"),
        quotes=tuple(tuple([g] if isinstance(g, str) else g) for g in raw.get("quotes") or ()),
        laws=tuple(raw.get("laws") or ()), contact_kinds=tuple(contacts.get("kinds", ())),
        preferred_contacts=tuple(contacts.get("prefer", ())), next=tuple(raw.get("next") or ()),
        review_by=_day(raw["review_by"]), off=_off(raw["off"]) if raw.get("off") else None,
    )


def _off(raw: dict[str, Any]) -> Off:
    """Who switched an answer off, when and why."""
    return Off(raw["by"], _day(raw["on"]), raw["why"])


def notice(raw: dict[str, Any]) -> Notice:
    """One entry of notices.yml."""
    return Notice(raw["id"], raw["text"], _day(raw["starts"]), _day(raw["ends"]), raw["by"], tuple(raw.get("towns") or ()))


def reviews(raw: dict[str, Any]) -> dict[str, dict[str, frozenset[str]]]:
    """The whole of locales/states.yml: language -> msgctxt -> hashes of the translations that a second speaker has checked."""
    return {code: {context: _hashes(entry["words"]) for context, entry in (entries or {}).items()} for code, entries in raw.items()}


def _hashes(raw: list[Any]) -> frozenset[str]:
    """YAML takes a hash of digits for a number, which would lose its first zeros."""
    if not all(isinstance(word, str) for word in raw):
        raise TypeError("a hash stands in quotation marks")
    return frozenset(raw)


def page(raw: dict[str, Any]) -> Page:
    """One file under pages/."""
    return Page(
        raw["id"], raw["title"], raw["intro"], tuple(map(_part, raw["parts"])), raw.get("pulpit", ""), raw.get("message", ""),
        changed=_day(raw["changed"]) if raw.get("changed") else None,
    )


def _part(raw: dict[str, Any]) -> Part:
    """A heading with its lines; a switch that nobody knows would hide a promise, or make a false one."""
    when = raw.get("when", "")
    if when and when not in SWITCHES:
        raise ValueError(f"when: {when!r} is none of {', '.join(SWITCHES)}")
    return Part(raw["heading"], tuple(map(str, [*raw["lines"]])), when)


def _day(value: Any) -> date:
    """YAML gives a date, a moment where a time was written too, or text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))
