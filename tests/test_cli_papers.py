"""Flyers and the static copy from the command line; the phone in the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.running import Service

runner = CliRunner()


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFIANZA_STATE_DIR", str(tmp_path / "state"))


def test_a_flyer_is_written(tmp_path: Path) -> None:
    """The command that the README names, to the letter."""
    target = tmp_path / "flyer.pdf"
    result = runner.invoke(app, ["flyer", "--language", "ht", "--town", "norwalk", "--format", "letter", "-o", str(target)])
    assert result.exit_code == 0, result.output
    (page,) = pypdf.PdfReader(target).pages
    assert "Norwalk" in page.extract_text()


WRONG = {
    "language": ["--language", "xx"], "second language": ["--second", "xx"], "town": ["--town", "paris"], "format": ["--format", "poster"],
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_what_is_unknown_is_refused(words: list[str], tmp_path: Path) -> None:
    """One line that names what there is, and no file."""
    target = tmp_path / "flyer.pdf"
    result = runner.invoke(app, ["flyer", *words, "-o", str(target)])
    assert result.exit_code == 2
    assert "known:" in result.output
    assert not target.exists()


def test_the_copy_is_written(tmp_path: Path) -> None:
    """A folder that is not there yet is made; the start page leads to every language."""
    result = runner.invoke(app, ["export", str(tmp_path / "new" / "copy")])
    assert result.exit_code == 0, result.output
    start = (tmp_path / "new" / "copy" / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{code}/index.html"' in start for code in ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl"))


@pytest.mark.rasa
def test_a_phone_in_the_terminal(service: Service, root: Path) -> None:
    """Type, read, see what it costs; an empty line ends it."""
    environment = {**os.environ, "CONFIANZA_PUBLIC_PORT": str(service.settings.public_port), "CONFIANZA_STATE_DIR": str(service.state)}
    done = subprocess.run([sys.executable, "-m", "bot.cli", "phone", "--from", "+12035559876"], input="menu\nstop\nmenu\n\n", text=True,
                          capture_output=True, env=environment, cwd=root, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 segments" in done.stdout
    assert "[silence]" in done.stdout
