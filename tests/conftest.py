"""Fixtures that all tests share: the repository, the real content, a fixed day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import coredumps
from bot.core.content import Content
from bot.library import load
from tests.running import Service, running

# The tests' own process stays as it is, whichever of our programs a test calls in it: a limit once lowered could not be raised again
# for the programs that are to show what they do with it.
coredumps.forbid_core_dumps = lambda: None
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def content() -> Content:
    return load(ROOT)


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's source documents and evaluation messages, which a clone elsewhere does not have."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with documents and evaluation messages is not here")
    return SHARED


@pytest.fixture(scope="session")
def service(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The real service, all its processes; needs the trained model."""
    if not (root / "models" / "confianza.tar.gz").exists():
        pytest.skip("there is no trained model; run `make train`")
    with running(root, tmp_path_factory.mktemp("service")) as started:
        yield started
