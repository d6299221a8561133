"""No package runs that nobody has looked up, and the document says what the record says."""

from __future__ import annotations

import re

import pytest

from bot.settings import ROOT
from tests.dependencies.document import PATH, written
from tests.dependencies.record import FILE, pinned, record

# What of others' each door serves from pinned packages.
DOORS = {"bot/doors/public": set(), "bot/doors/console": {"mfa/js/webauthn-json.js", "mfa/js/webauthn.js", "account/js/onload.js"}}
_SCRIPT = re.compile(r'src="/static/(?!public/|console/)([^"{]*\.js)"')


@pytest.mark.parametrize("lock", record().locks)
def test_every_pinned_package_was_looked_up(lock: str) -> None:
    """Each package of a lock stands in the record in its version: a new lock needs a new look."""
    found = record()
    missing = {pin for pin in pinned(lock).items() if pin not in found.known and pin not in found.nothing}
    assert not missing, f"look these up (docs/dependencies.md says how), enter them in {FILE.name}: {sorted(missing)}"
    assert len(pinned(lock)) > 40


def test_the_record_speaks_of_nothing_else() -> None:
    """What is no longer pinned leaves the record."""
    found = record()
    pins = {pin for lock in found.locks for pin in pinned(lock).items()}
    assert {*found.known, *found.nothing} <= pins
    assert set(found.held) <= {name for name, _ in pins}


def test_every_entry_has_an_answer() -> None:
    """A known vulnerability has an id, says where it is mended, and why it does not reach us; no package is in both lists."""
    found = record()
    entries = [entry for row in found.known.values() for entry in row]
    assert entries and all(entry.ids and entry.what and entry.mended and len(entry.answer) > 20 for entry in entries)
    assert all(id_.startswith(("CVE-", "GHSA-", "PYSEC-")) for entry in entries for id_ in entry.ids)
    assert not set(found.known) & found.nothing


def test_the_document_is_the_record() -> None:
    """docs/dependencies.md was made anew after the last change of the record."""
    assert PATH.read_text(encoding="utf-8") == written(record()), "run `make dependencies`"


@pytest.mark.parametrize("door, served", DOORS.items())
def test_no_page_loads_anything_from_elsewhere(door: str, served: set[str]) -> None:
    """No script, style, font, picture or frame comes from another host; of others' scripts there are those that the document names."""
    sources = [p for p in (ROOT / door).rglob("*") if p.suffix in (".html", ".css", ".js")]
    foreign = ('src="http', "src='http", 'src="//', "url(http", "url(//", "@import", 'importScripts("http', 'rel="stylesheet" href="http')
    assert sources and not [(p.name, sign) for p in sources for sign in foreign if sign in p.read_text(encoding="utf-8")]
    assert {script for p in sources for script in _SCRIPT.findall(p.read_text(encoding="utf-8"))} == served
