"""The door's image, as far as it can be proved without a container engine: its packages on its Python run the real door."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.core.content import Content
from tests.deploy.doorprocess import Started, started

QUESTION = "Will police ask my status?"


@pytest.fixture(scope="module")
def door(doors: Path, root: Path, content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    with started(doors, root, tmp_path_factory.mktemp("door"), content) as running:
        yield running


def test_it_is_a_current_python_without_rasa(doors: Path) -> None:
    """Neither Rasa nor TensorFlow nor the console's packages are installed beside the process that faces the internet."""
    said = subprocess.run([str(doors / "python"), "-c", "import sys, importlib.metadata as m; print(sys.version_info[:2]); "
                           "print(*{d.name.lower() for d in m.distributions()}, sep='\\n')"], capture_output=True, text=True, check=True)
    version, *names = said.stdout.split("\n")
    assert version == "(3, 13)"
    assert {"django", "granian", "twilio"} <= set(names)
    assert not {"rasa", "rasa-sdk", "tensorflow", "numpy", "django-allauth", "pip", "setuptools"} & set(names)


def test_it_is_alive(door: Started) -> None:
    """The health page answers."""
    assert requests.get(f"{door.url}/health/live", timeout=10).json() == {"status": "live"}


@pytest.mark.parametrize("path", ["/en/", "/ht/topics/", "/ar/card", "/zh/share", "/static/public/page.css", "/pl/share/letter.pdf"])
def test_pages(door: Started, path: str) -> None:
    """Pages, what stands in them and papers are drawn on this Python too."""
    assert requests.get(door.url + path, timeout=30).status_code == 200


def test_a_message_is_answered(door: Started) -> None:
    """A chat message goes to Rasa and comes back as an answer."""
    answered = requests.post(f"{door.url}/api/messages", json={"message": QUESTION}, timeout=10).json()
    assert answered["topic"] == "police_ask_status"
    assert door.brain.asked[-1][1] == QUESTION


def test_it_says_nothing(door: Started) -> None:
    """What the process wrote names topics and milliseconds, never a word of a message."""
    requests.post(f"{door.url}/api/messages", json={"message": "Zacarias of Main Street asks"}, timeout=10)
    written = door.log.read_text()
    assert '"topic": "police_ask_status"' in written
    assert "Zacarias" not in written
