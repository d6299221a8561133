"""Edits of sources: a new document, a passage selected in it. The words of a passage are cut from the document and never typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.core.errors import EditError
from bot.core.passages import digest, find
from bot.edits import yamltext
from bot.edits.catalogues import reword
from bot.history.files import Changes, Files

FOLDER = "data/answers/sources"
KINDS = ("official_statement", "written_order", "spoken", "paraphrase")
SHORT_LIMIT = 40
# What stands beside a passage and can be mended.
BESIDE = ("speaker", "short", "role", "context")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")


@dataclass(frozen=True)
class Source:
    """A document as an advocate enters it. date: as exact as known ("2019-07"); changed: what has changed since, in plain English."""

    id: str
    title: str
    publisher: str
    date: str
    town: str
    url: str
    file: str
    sha256: str
    changed: str
    author: str = ""


@dataclass(frozen=True)
class Passage:
    """A passage and what must stand beside it. kind: one of KINDS ("paraphrase": a reporter's words, shown as a report)."""

    words: str
    speaker: str
    short: str
    role: str
    kind: str
    scope: str
    context: str = ""
    requires: tuple[str, ...] = ()
    note: str = ""


def path_of(source: str) -> str:
    """Returns the path of a source's file."""
    return f"{FOLDER}/{source}.yml"


def add_source(files: Files, source: Source, towns: tuple[str, ...]) -> Changes:
    """Returns the changes that add a document without passages; raises EditError beside the field that cannot stay so."""
    if not _ID.fullmatch(source.id) or len(source.id) > 60:
        raise EditError("id", "use small letters, digits and hyphens, for example norwalk-2026")
    if files.has(path_of(source.id)):
        raise EditError("id", "a source with this name is already here")
    for name in ("title", "publisher", "changed"):
        if not getattr(source, name).strip():
            raise EditError(name, "this may not be empty")
    if not _DATE.fullmatch(source.date):
        raise EditError("date", "write the date as 2026-11-22, or as exact as it is known: 2026-11, 2026")
    if source.town not in (*towns, "connecticut", "federal"):
        raise EditError("town", "choose the town it speaks for, or Connecticut, or the federal government")
    if source.url and not _LINK.fullmatch(source.url):
        raise EditError("url", "a link begins with https:// or http://")
    return _with_catalogues(files, path_of(source.id), _head(source))


def add_passage(files: Files, source: str, document: str, passage: Passage) -> tuple[Changes, str]:
    """Returns the changes that add a passage, and its id. document: the text that the passage was selected in."""
    raw = yamltext.read(files.read(path_of(source)))
    if digest(document) != raw["sha256"]:
        raise EditError("words", "this is not the text that the source was entered with; its SHA-256 differs")
    if find(document, passage.words) is None:
        raise EditError("words", "these words do not stand in the document; select them there again")
    if any(" ".join(q["text"].split()) == " ".join(passage.words.split()) for q in raw["quotes"]):
        raise EditError("words", "this passage is already quoted")
    _refuse(passage)
    id_ = _free(f"{source}-{_slug(passage.words)}", {q["id"] for q in raw["quotes"]})
    old = files.read(path_of(source))
    text = f"{old.rstrip()}\n" if raw["quotes"] else re.sub(r"quotes: \[\]\s*$", "quotes:\n", old)
    return _with_catalogues(files, path_of(source), text + _entry(id_, passage)), id_


def describe(files: Files, source: str, passage: str, **fields: str) -> Changes:
    """Returns the changes of what stands beside a passage (speaker, short, role, context); its words cannot change."""
    raw = yamltext.read(files.read(path_of(source)))
    entry = next((q for q in raw["quotes"] if q["id"] == passage), None)
    if entry is None:
        raise EditError("", "this passage is not here any more")
    wanted = {name: str(fields.get(name, entry.get(name) or "")) for name in BESIDE}
    after = replace(Passage(entry["text"], "", "", "", entry["kind"], entry["scope"]), **wanted)  # type: ignore[arg-type]
    _refuse(after)
    renames = {(context, entry[context]): getattr(after, context) for context in ("speaker", "short", "role")}
    renames |= {(passage, entry["context"]): after.context} if entry.get("context") and after.context else {}
    for name in BESIDE:
        value = getattr(after, name)
        if value != (entry.get(name) or ""):
            yamltext.put(entry, name, yamltext.quoted(value) if value else None, after=("scope",))
    path = path_of(source)
    text = yamltext.write(raw, like=files.read(path))
    if text == files.read(path):
        raise EditError("", "nothing was changed")
    kept = {key: new for key, new in renames.items() if key[1] != new and key[1] not in _said(files, path, key[0], text)}
    return {path: text, **reword(files.changed({path: text}), kept, "wording")}


def _said(files: Files, path: str, context: str, text: str) -> set[str]:
    """Speakers, posts and short names are shared by many passages: what another one still says keeps its own entry."""
    if context not in ("speaker", "short", "role"):
        return set()
    texts = [text, *(files.read(p) for p in files.list(FOLDER, ".yml") if p != path)]
    return {str(q[context]) for t in texts for q in yamltext.read(t)["quotes"]}


def _refuse(passage: Passage) -> None:
    for name in ("speaker", "short", "role"):
        if not getattr(passage, name).strip():
            raise EditError(name, "this may not be empty: every quotation says who said it, and as what")
    if len(passage.short) > SHORT_LIMIT:
        raise EditError("short", f"at most {SHORT_LIMIT} characters: it stands in text messages")
    if passage.kind not in KINDS:
        raise EditError("kind", "say whether these are the speaker's own words, a written order or statement, or a reporter's words")


def _with_catalogues(files: Files, path: str, text: str) -> Changes:
    return {path: text, **reword(files.changed({path: text}), {}, "typo")}


def _head(source: Source) -> str:
    rows = [
        ("id", yamltext.line(source.id)), ("file", yamltext.line(source.file)), ("sha256", source.sha256),
        ("title", yamltext.line(source.title)),
        ("publisher", yamltext.line(source.publisher)), *([("author", yamltext.line(source.author))] if source.author.strip() else []),
        ("date", f"'{source.date}'"), ("town", source.town), ("url", yamltext.line(source.url) if source.url else "null"),
        ("changed", yamltext.line(source.changed)), ("quotes", "[]"),
    ]
    return "".join(f"{name}: {value}\n" for name, value in rows)


def _entry(id_: str, passage: Passage) -> str:
    rows = [("text", passage.words), ("sha256", None), ("speaker", passage.speaker), ("short", passage.short), ("role", passage.role)]
    lines = [f"- id: {yamltext.line(id_)}"]
    lines += [f"  {name}: {digest(passage.words) if value is None else yamltext.exact(value)}" for name, value in rows]
    lines += [f"  kind: {passage.kind}", f"  scope: {passage.scope}"]
    if passage.context.strip():
        lines.append(f"  context: {yamltext.line(passage.context)}")
    if passage.requires:
        lines += ["  requires:", *(f"  - {other}" for other in passage.requires)]
    if passage.note.strip():
        lines.append(f"  note: {yamltext.line(passage.note)}")
    return "\n".join(lines) + "\n"


def _slug(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.lower())[:5])[:50].strip("-") or "passage"


def _free(wanted: str, taken: set[str]) -> str:
    return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if name not in taken)
