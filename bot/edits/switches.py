"""Edits that act at once: an answer switched off and on, a notice to everybody that ends by itself."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.core.errors import EditError
from bot.edits import yamltext
from bot.edits.answers import path_of
from bot.edits.catalogues import reword
from bot.history.files import Changes, Files

NOTICES = "data/answers/notices.yml"
NOTICE_LIMIT = 160
ALWAYS_ON = "emergency"
# A notice is for an emergency; what holds longer belongs into an answer.
LONGEST_DAYS = 30


def switch_off(files: Files, topic: str, by: str, today: date, why: str) -> Changes:
    """Returns the changes that take an answer away everywhere; raises EditError where it is off or no reason is given."""
    if not why.strip():
        raise EditError("why", "say why, for whoever switches it on again")
    if topic == ALWAYS_ON:
        raise EditError("", "this answer sends people in danger to 911; it is never switched off")
    old = files.read(path_of(topic))
    raw = yamltext.read(old)
    if raw.get("off"):
        raise EditError("", "this answer is already switched off")
    reason = {"by": yamltext.quoted(by), "on": today, "why": yamltext.quoted(" ".join(why.split()))}
    yamltext.put(raw, "off", yamltext.flow(reason))
    return {path_of(topic): yamltext.write(raw, like=old)}


def switch_on(files: Files, topic: str) -> Changes:
    """Returns the changes that bring an answer back."""
    old = files.read(path_of(topic))
    raw = yamltext.read(old)
    if not raw.get("off"):
        raise EditError("", "this answer is not switched off")
    yamltext.put(raw, "off", None)
    return {path_of(topic): yamltext.write(raw, like=old)}


def add_notice(files: Files, text: str, starts: date, ends: date, by: str, towns: tuple[str, ...]) -> Changes:
    """Returns the changes that add a notice; raises EditError beside the field that cannot stay so."""
    text = " ".join(text.split())
    if not text or len(text) > NOTICE_LIMIT:
        raise EditError("text", f"write one or two sentences, at most {NOTICE_LIMIT} characters; these are {len(text)}")
    if re.search(r"[{}]", text):
        raise EditError("text", "braces { } cannot stand here")
    if ends < starts or ends - starts > timedelta(days=LONGEST_DAYS):
        raise EditError("ends", f"the last day comes after the first, and at most {LONGEST_DAYS} days later")
    old = files.read(NOTICES)
    rows = yamltext.read(_as_block(old))
    taken = {row["id"] for row in rows or ()}
    id_ = next(name for name in (starts.isoformat(), *(f"{starts}-{n}" for n in range(2, 100))) if name not in taken)
    days = f"starts: {starts}, ends: {ends}"
    row = f"- {{id: '{id_}', text: {yamltext.exact(text)}, {days}, by: {yamltext.line(by)}, towns: [{', '.join(towns)}]}}\n"
    return _written(files, f"{_as_block(old)}{row}")


def end_notice(files: Files, id_: str) -> Changes:
    """Returns the changes that take a notice away; its history stays in git."""
    old = files.read(NOTICES)
    kept = [line for line in _as_block(old).splitlines(keepends=True) if not line.startswith(f"- {{id: '{id_}'")]
    text = "".join(kept)
    if text == _as_block(old):
        raise EditError("", "this notice is not here any more")
    return _written(files, text if any(line.startswith("- ") for line in kept) else f"{text}[]\n")


def _as_block(text: str) -> str:
    """The file without the mark of an empty list, so that rows can follow."""
    return re.sub(r"^\[\]\s*$", "", text, flags=re.MULTILINE)


def _written(files: Files, text: str) -> Changes:
    return {NOTICES: text, **reword(files.changed({NOTICES: text}), {}, "typo")}
