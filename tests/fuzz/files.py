"""Targets on files: YAML, catalogues, what translators send in, what two people changed at once, documents and pages of others."""

from __future__ import annotations

from datetime import date

from babel.messages.catalog import Catalog

from bot.catalogs import parse_catalog, print_catalog
from bot.core.errors import ClashError, ConfianzaError, ContentError, DocumentError, EditError
from bot.edits import yamltext
from bot.edits.entries import entries
from bot.edits.sheets import decoded
from bot.edits.uploads import dry_run
from bot.history.files import Files, Table
from bot.history.merging import merged
from bot.sources.asking import Answer
from bot.sources.documents import readable
from bot.sources.visible import visible
from bot.sources.visiting import rules
from bot.yamlfile import parse_yaml
from tests.fuzz import inputs, world

DAY = date(2026, 11, 22)
PATH = "data/answers/pages/any.yml"


def _expect(rule: bool) -> None:
    assert rule


def yaml(data: bytes) -> None:
    """A YAML text is read, or the error names file and line; what we write for a text is read as that text."""
    text = inputs.whole(data)
    try:
        parse_yaml(text, "any.yml")
    except ContentError as error:
        _expect(str(error).startswith("any.yml:"))
    assert parse_yaml(f"a: {yamltext.exact(text)}\n", "any.yml") == {"a": text}
    assert parse_yaml(f"a: {yamltext.line(text)}\n", "any.yml") == {"a": " ".join(text.split())}


def yaml_kept(data: bytes) -> None:
    """A document that a program reads and writes means the same, however often."""
    text = inputs.whole(data)
    try:
        document = yamltext.read(text)
        meant = parse_yaml(text, "any.yml")
    except ContentError:
        return
    if not isinstance(document, dict) or "&" in text or "%" in text or "!" in text:
        return  # our files have neither anchors nor directives nor tags
    once = yamltext.write(document, text)
    twice = yamltext.write(yamltext.read(once), once)
    assert repr(parse_yaml(once, "any.yml")) == repr(parse_yaml(twice, "any.yml")) == repr(meant)


def po(data: bytes) -> None:
    """A catalogue is read, or the error says so; what we write of it is read as the same sentences."""
    text = inputs.whole(data)
    try:
        found = parse_catalog(text, "ht", "any.po")
    except ContentError as error:
        _expect(str(error).startswith("any.po"))
        return
    printed = print_catalog(found)
    again = parse_catalog(printed, "ht", "any.po")
    assert _said(again) == _said(found)
    assert print_catalog(again) == printed


def _said(found: Catalog) -> dict[tuple[str, str], tuple[str, bool]]:
    return {(m.context or "", str(m.id)): (str(m.string), m.fuzzy) for m in found if m.id}


def upload(data: bytes) -> None:
    """A file that comes in changes translations of sentences that we know, in its language, and nothing else."""
    files = world.files()
    try:
        found = dry_run(files, "ht", decoded(data), "jan", DAY)
    except EditError as error:
        _expect(error.field == "file")
        return
    before = {entry.key: entry.msgstr for entry in entries(files, "ht")}
    for incoming in (found.sure, found.whole):
        assert all(path.startswith("locales/ht/") for path in incoming.changes)
        after = {entry.key: entry.msgstr for entry in entries(files.changed(incoming.changes), "ht")}
        assert set(after) == set(before)
        changed = {(d.context, d.msgid): d.new for d in incoming.accepted}
        assert after == {**before, **changed}
        assert "" not in changed.values()


def merge(data: bytes) -> None:
    """Two people's changes go together whichever was first, no line that only one of them wrote or took away is lost, or they clash."""
    base, ours, live = (inputs.whole(part) for part in inputs.parts(data, 3))
    once, twice = _merged(base, ours, live), _merged(base, live, ours)
    assert once == twice
    assert _merged(base, ours, base) == ours
    assert _merged(base, base, live) == live
    if once is not None:
        written = (set(_lines(ours)) | set(_lines(live))) - set(_lines(base))
        assert written <= set(_lines(once))
        assert set(_lines(once)) <= {*_lines(base), *written}
        assert not (set(_lines(base)) - set(_lines(ours)) - set(_lines(live))) & set(_lines(once))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _merged(base: str, ours: str, live: str) -> str | None:
    """Returns the file as it stands after both changes, or None where they clash."""
    before, now = Files(Table({PATH: base})), Files(Table({PATH: live}))
    try:
        return now.changed(merged(before, {PATH: ours}, now)).read(PATH)
    except ClashError:
        return None


def merge_catalogues(data: bytes) -> None:
    """Of two changed catalogues each sentence comes whole from one of them, or they clash."""
    path = "locales/ht/LC_MESSAGES/answers.po"
    texts = [inputs.whole(part) for part in inputs.parts(data, 3)]
    base, now = Files(Table({path: texts[0]})), Files(Table({path: texts[2]}))
    try:
        sentences = [_said(parse_catalog(text, "ht", "any.po")) for text in texts]
        both = now.changed(merged(base, {path: texts[1]}, now)).read(path)
        found = _said(parse_catalog(both, "ht", "any.po"))
    except ConfianzaError:
        return
    known = {item for said in sentences for item in said.items()}
    assert set(found.items()) <= known


def document(data: bytes) -> None:
    """What is kept as a document is text as it was given, with one kind of line end; given again it stays as it is."""
    try:
        text = readable(data)
    except DocumentError as error:
        _expect(error.code in ("too-large", "not-text", "not-utf8", "empty", "control-character", "damaged"))
        return
    assert "\r" not in text
    assert text.split("\n") == data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert readable(text.encode()).removeprefix("\ufeff") == text.removeprefix("\ufeff")


def page(data: bytes) -> None:
    """Of somebody else's page there come words with single spaces, whatever its code and encoding; no bytes stop the watch."""
    declared, raw = inputs.parts(data, 2)
    shown = visible(raw, inputs.whole(declared))
    assert "  " not in shown
    assert shown == shown.strip()
    visible(raw, inputs.whole(declared), plain=True)
    found = rules(Answer(status=200, body=raw, encoding=inputs.whole(declared)))
    assert found is None or found.can_fetch("Confianza", "https://example.org/a") in (True, False)
