"""`confianza sources`: the table names what an editor should look at, and the command's end says whether there is any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot import sourcecommands
from bot.core.content import Content
from bot.core.drift import PASSAGE_GONE, VANISHED, Known, Seen
from bot.sourcecommands import more, sources_app, table
from bot.sources.asking import Manners
from tests.webserver import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as started:
        yield started


@pytest.fixture
def run(site: Site, content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The commands over content with one law, whose link is the test's own page."""
    law = replace(next(law for law in content.laws.values() if law.text), url=site.address("/law"))
    monkeypatch.setattr(sourcecommands, "load", lambda root: replace(content, quotes={}, laws={law.id: law}))
    monkeypatch.setattr(sourcecommands, "MANNERS", Manners(silence=1, whole=2, rest=0, loopback=True))
    monkeypatch.setenv("CONFIANZA_STATE_DIR", str(tmp_path))
    site.show("/law", f"<p>{law.text}</p>")
    return CliRunner()


def test_nothing_to_look_at(run: CliRunner) -> None:
    """Where all is as it was the command ends well."""
    found = run.invoke(sources_app, ["watch"])
    assert found.exit_code == 0 and "1 pages visited, 0 to look at." in found.output


def test_a_change_is_shown_until_it_is_accepted(run: CliRunner, site: Site) -> None:
    """The table has verdict and link; after acceptance the command ends well again."""
    run.invoke(sources_app, ["watch"])
    site.show("/law", "Something else")
    found = run.invoke(sources_app, ["watch"])
    assert found.exit_code == 1 and "1 to look at" in found.output
    assert "passage-gone" in found.output and "/law" in found.output
    assert run.invoke(sources_app, ["accept", site.address("/law")]).exit_code == 0
    assert run.invoke(sources_app, ["watch"]).exit_code == 0


def test_a_link_is_shown_as_it_is() -> None:
    """Brackets in a link are letters, not colours."""
    day = date(2026, 11, 22)
    drawn = table([Seen("https://a.example/[red]x[/red]?[1]", ("law:x",), VANISHED, day, day)])
    with (console := Console(width=200)).capture() as said:
        console.print(drawn)
    assert "https://a.example/[red]x[/red]?[1]" in said.get()


def test_the_lost_passage_and_the_last_day_are_said() -> None:
    """The row says which quotation is gone, where the page lives now, and when it was last seen."""
    day = date(2026, 11, 22)
    seen = Seen("https://a.example/", ("law:x",), PASSAGE_GONE, day, day, day - timedelta(3), trouble="it snows", moved_to="https://b.example/",
                quoted=("x",), known=Known(passages=("x",)))
    assert more(seen) == "it snows; now at https://b.example/; no longer there: x; last seen 2026-11-19"


def test_an_unknown_link_is_said_in_one_line(run: CliRunner) -> None:
    """Accepting what was never visited ends with 1 and says what to do."""
    assert run.invoke(sources_app, ["accept", "https://norwalk.example/"]).exit_code == 1
