"""The watch keeps what it saw at once and whole, and an editor's acceptance is never lost to it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.core.drift import CHANGED, MOVED, PASSAGE_GONE, SAME, VANISHED, Link, Visit, flagged, page_digest
from bot.core.errors import WatchError
from bot.sources.asking import Manners
from bot.sources.visiting import Visitor
from bot.sources.watching import accept, read_watch, watch, watch_file
from tests.webserver import Site, serving

FIRST, SECOND = date(2026, 11, 22), date(2026, 11, 23)
QUICK = Manners(silence=1, whole=2, rest=0, loopback=True)
ORDER = "<p>Nou pa mande papye. We don’t ask.</p>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as started:
        yield started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return watch_file(tmp_path / "state")


def link(site: Site, page: str = "/order") -> Link:
    return Link(site.address(page), ("source:norwalk-2025",), {"papye": "Nou pa mande papye.", "ask": "We don't ask."})


def verdict(site: Site, path: Path, day: date) -> str:
    (seen,) = watch([link(site)], path, day, Visitor(QUICK).visit)
    assert read_watch(path) == {seen.address: seen}
    return seen.verdict


def test_a_page_from_first_sight_to_its_end(site: Site, path: Path) -> None:
    """A page stays, changes, is accepted, loses a passage, moves and vanishes; each is said, and kept as said."""
    site.show("/order", ORDER)
    assert verdict(site, path, FIRST) == SAME
    site.show("/order", ORDER + "<p>Updated</p>")
    assert verdict(site, path, SECOND) == CHANGED
    accept(path, site.address("/order"))
    assert verdict(site, path, SECOND) == SAME and not flagged(read_watch(path))
    site.show("/order", ORDER.replace("pa mande", "mande"))
    assert verdict(site, path, SECOND) == PASSAGE_GONE
    (seen,) = flagged(read_watch(path))
    assert seen.gone == ("papye",) and seen.standing == ("ask",) and (seen.first_seen, seen.last_seen) == (FIRST, SECOND)
    site.redirect("/order", "/new", 301)
    site.show("/new", ORDER)
    assert verdict(site, path, SECOND) == MOVED
    del site.pages["/order"]
    assert verdict(site, path, SECOND) == VANISHED


def test_each_visit_is_kept_at_once(site: Site, path: Path) -> None:
    """A watch that is broken off keeps what it saw; what it had not reached stays as it was."""
    for page in ("/a", "/b"):
        site.show(page, ORDER)
    going = watch([link(site, "/a"), link(site, "/b")], path, FIRST, Visitor(QUICK).visit)
    next(going)
    going.close()
    assert list(read_watch(path)) == [site.address("/a")]


def test_links_that_nobody_names_are_forgotten(site: Site, path: Path) -> None:
    """After a link was corrected in the files, the old one is flagged no more."""
    list(watch([link(site, "/absent")], path, FIRST, Visitor(QUICK).visit))
    assert flagged(read_watch(path))
    site.show("/order", ORDER)
    assert verdict(site, path, SECOND) == SAME


def test_acceptance_during_a_visit_is_not_lost(site: Site, path: Path) -> None:
    """An editor accepts while the watch is under way: the watch builds upon it."""
    site.show("/order", ORDER)
    verdict(site, path, FIRST)
    site.show("/order", ORDER + "more")
    verdict(site, path, FIRST)

    def slow_visit(address: str) -> Visit:
        accept(path, address)
        text = "Nou pa mande papye. We don’t ask. more"
        return Visit("page", 200, page_digest(text), text)

    (seen,) = watch([link(site)], path, SECOND, slow_visit)
    assert seen.verdict == SAME


def test_what_was_never_visited_cannot_be_accepted(path: Path) -> None:
    """The message says what to do first."""
    with pytest.raises(WatchError, match="sources watch"):
        accept(path, "https://norwalk.example/")


@pytest.mark.parametrize("broken", [
    "", "{", "[]", '{"version": 2, "links": []}', '{"version": 1}', '{"version": 1, "links": [{"address": "x"}]}',
])
def test_a_broken_file_is_said(path: Path, broken: str) -> None:
    """A file that cannot be read is an error with a remedy; it is never taken as empty, nor overwritten."""
    path.parent.mkdir()
    path.write_text(broken)
    with pytest.raises(WatchError, match="move the file away"):
        read_watch(path)
    with pytest.raises(WatchError):
        accept(path, "https://norwalk.example/")
    assert path.read_text() == broken


def test_before_the_first_watch_nothing_is_known(path: Path) -> None:
    """The console's first page has nothing to show yet, and that is no error."""
    assert read_watch(path) == {}


def test_the_file_is_private(site: Site, path: Path) -> None:
    """Only the operator's account reads the file; no draft of it stays."""
    verdict(site, path, FIRST)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in path.parent.iterdir()} == {"watch.json", "watch.lock"}
