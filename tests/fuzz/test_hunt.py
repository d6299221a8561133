"""A short hunt on each target finds nothing, and one that fails says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import campaign
from tests.fuzz.targets import TARGETS

# Bounded by inputs, so that it ends alike on a fast machine and on a slow one: what a longer hunt finds is no test's business.
SECONDS, RUNS = 10, 200

pytestmark = pytest.mark.skipif(not campaign.PYTHON.exists(), reason="atheris is not here; make it with `make fuzz-env`")


@pytest.mark.parametrize("target", TARGETS)
def test_a_short_hunt_finds_nothing(target: str, tmp_path: Path) -> None:
    """Some inputs made of the kept ones break no rule; the longer hunt is `make fuzz`."""
    fine, report = campaign.hunt(target, SECONDS, tmp_path, RUNS)
    assert fine, report[-4000:]
    assert "number_of_executed_units" in report


def test_a_hunt_that_fails_is_no_success(tmp_path: Path) -> None:
    """What ends the fuzzer is reported, not passed over."""
    fine, report = campaign.hunt("no such target", SECONDS, tmp_path)
    assert not fine
    assert "KeyError" in report
