"""The benchmarks are scripts that find each other by folder; here they are found the same way. Two services for all tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path += [path for path in (str(BENCH), str(BENCH / "workers")) if path not in sys.path]

from raid.faults import faketime  # noqa: E402
from raid.fleet import Fleet, sailing  # noqa: E402
from raid.run import Plan, fleet_for  # noqa: E402


@pytest.fixture(scope="session")
def model(root: Path) -> None:
    if not (root / "models" / "confianza.tar.gz").exists():
        pytest.skip("there is no trained model; run `make train`")


@pytest.fixture(scope="session")
def fleet(model: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """One machine, one process of each kind, no Redis."""
    with sailing(fleet_for(Plan(), tmp_path_factory.mktemp("raid"))) as started:
        yield started


@pytest.fixture(scope="session")
def shared_fleet(model: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """The same with a Redis."""
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    with sailing(fleet_for(Plan(fault="redis"), tmp_path_factory.mktemp("raid"))) as started:
        yield started


@pytest.fixture(scope="session")
def fleet_out_of_time(model: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A service whose clock can be set."""
    if not faketime():
        pytest.skip("libfaketime is not installed")
    with sailing(fleet_for(Plan(fault="clock"), tmp_path_factory.mktemp("raid"))) as started:
        yield started
