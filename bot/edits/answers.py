"""Edits of an answer: its sentences, quotations, contacts and review date; its translations follow as the change demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.core.errors import EditError
from bot.core.problems import FIRST_LIMIT, SHORT_LIMIT, TITLE_LIMIT
from bot.edits import yamltext
from bot.edits.catalogues import reword
from bot.edits.grade import STOP, grade
from bot.history.files import Changes, Files

FOLDER = "data/answers/topics"
ORDER = ("id", "section", "title", "first", "short", "towns", "steps", "caution", "quotes", "laws", "contacts", "next", "review_by", "off")
# What people read first has to be plain; steps and cautions may hold a name of an office that is not.
PLAIN = ("first", "short", "towns.")
# Steps and cautions have no form to fit into, but an end.
LONG_LIMIT = 1000
SEVERITIES = ("typo", "wording", "law")


@dataclass(frozen=True)
class Step:
    """One step; `origin` is its place in the answer that was opened, or None for a new one."""

    text: str
    origin: int | None = None


@dataclass(frozen=True)
class Answer:
    """An answer as an advocate wants it, all in English. quotes: groups of ids that are shown together or not at all."""

    title: str
    short: str
    review_by: date
    first: str = ""
    caution: str = ""
    towns: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    quotes: tuple[tuple[str, ...], ...] = ()
    laws: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


def path_of(topic: str) -> str:
    """Returns the path of an answer's file."""
    return f"{FOLDER}/{topic}.yml"


def opened(files: Files, topic: str) -> Answer:
    """Returns an answer as it stands, ready for a form."""
    raw = yamltext.read(files.read(path_of(topic)))
    contacts = raw.get("contacts") or {}
    return Answer(
        title=raw["title"], first=raw.get("first") or "", short=raw["short"], caution=raw.get("caution") or "",
        towns=dict(raw.get("towns") or {}), steps=tuple(Step(text, n) for n, text in enumerate(raw.get("steps") or ())),
        quotes=tuple((g,) if isinstance(g, str) else tuple(g) for g in raw.get("quotes") or ()), laws=tuple(raw.get("laws") or ()),
        kinds=tuple(contacts.get("kinds") or ()), prefer=tuple(contacts.get("prefer") or ()), next=tuple(raw.get("next") or ()),
        review_by=raw["review_by"],
    )


def edit(files: Files, topic: str, wanted: Answer, severity: str) -> Changes:
    """Returns the changes that make an answer what is wanted; raises EditError beside the field that cannot stay so.

    severity: "typo" (translations stay), "wording" (they are shown as outdated), "law" (they are taken back until redone).
    """
    if severity not in SEVERITIES:
        raise EditError("severity", "say whether this is a typing error, new wording, or a change of the rules")
    wanted = _trimmed(wanted)
    _refuse(wanted)
    before, path = opened(files, topic), path_of(topic)
    text = _text(files.read(path), wanted)
    if text == files.read(path):
        raise EditError("", "nothing was changed")
    changed = files.changed({path: text})
    return {path: text, **reword(changed, dict(_renames(topic, before, wanted)), severity)}


def sentences(answer: Answer) -> Iterator[tuple[str, str, int]]:
    """Yields field, text and the most characters it may have, for every sentence of an answer (0: no limit)."""
    yield "title", answer.title, TITLE_LIMIT
    yield "first", answer.first, FIRST_LIMIT
    yield "short", answer.short, SHORT_LIMIT
    yield "caution", answer.caution, LONG_LIMIT
    yield from ((f"towns.{town}", text, SHORT_LIMIT) for town, text in answer.towns.items())
    yield from ((f"steps.{number}", step.text, LONG_LIMIT) for number, step in enumerate(answer.steps))


def _refuse(answer: Answer) -> None:
    for name, text, limit in sentences(answer):
        if len(text) > LONG_LIMIT:
            raise EditError(name, f"{len(text)} characters, at most {LONG_LIMIT} fit; say it shorter")
        if not text and name in ("title", "short"):
            raise EditError(name, "this may not be empty")
        if limit and len(text) > limit:
            raise EditError(name, f"{len(text)} characters, at most {limit} fit; say it shorter")
        if name.startswith(PLAIN) and grade(text) > STOP:
            raise EditError(name, f"too hard to read (school year {grade(text):.0f}, at most {STOP:.0f}); use shorter sentences and words")


def _trimmed(answer: Answer) -> Answer:
    def line(text: str) -> str:
        return " ".join(text.split())

    return replace(
        answer, title=line(answer.title), first=line(answer.first), short=line(answer.short), caution=line(answer.caution),
        towns={town: line(text) for town, text in answer.towns.items() if line(text)},
        steps=tuple(replace(step, text=line(step.text)) for step in answer.steps if line(step.text)),
    )


def _text(old: str, wanted: Answer) -> str:
    """Writes the answer into its file; only what differs is written anew."""
    raw = yamltext.read(old)
    before = {key: raw.get(key) for key in ORDER}
    for key, value in _values(wanted).items():
        if _plain(before[key]) != _plain(value):
            yamltext.put(raw, key, value, after=ORDER[: ORDER.index(key)])
    return yamltext.write(raw, like=old)


def _values(answer: Answer) -> dict[str, Any]:
    contacts = {name: yamltext.row(list(ids)) for name, ids in (("kinds", answer.kinds), ("prefer", answer.prefer)) if ids}
    return {
        "title": yamltext.quoted(answer.title),
        "first": yamltext.quoted(answer.first) if answer.first else None,
        "short": yamltext.quoted(answer.short),
        "towns": {town: yamltext.quoted(text) for town, text in answer.towns.items()} or None,
        "steps": [yamltext.quoted(step.text) for step in answer.steps] or None,
        "caution": yamltext.quoted(answer.caution) if answer.caution else None,
        "quotes": yamltext.row([g[0] if len(g) == 1 else yamltext.row(list(g)) for g in answer.quotes]) if answer.quotes else None,
        "laws": yamltext.row(list(answer.laws)) if answer.laws else None,
        "contacts": yamltext.flow(contacts) if contacts else None,
        "next": yamltext.row(list(answer.next)),
        "review_by": answer.review_by,
    }


def _plain(value: Any) -> Any:
    """A value without the marks of how it was written; what is empty counts as absent."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()} or None
    if isinstance(value, list):
        return [_plain(item) for item in value] or None
    return str(value) if isinstance(value, str) else value


def _renames(topic: str, before: Answer, after: Answer) -> Iterator[tuple[tuple[str, str], str]]:
    """Yields (context, old sentence) -> new sentence for what says the same thing in other words."""
    pairs = [(getattr(before, name), getattr(after, name)) for name in ("title", "first", "short", "caution")]
    pairs += [(before.towns[town], text) for town, text in after.towns.items() if town in before.towns]
    kept = [step for step in after.steps if step.origin is not None and step.origin < len(before.steps)]
    pairs += [(before.steps[step.origin or 0].text, step.text) for step in kept]
    yield from (((topic, old), new) for old, new in pairs if old and new and old != new)
