from __future__ import annotations

import json
from pathlib import Path

import examples
import pytest
import rivals
import stock
from examples import Example
from program import BenchError

LESSONS = (Example("ht", "ask", "polis mande papye?"), Example("zh", "menu", "菜单"))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    examples.write(LESSONS, tmp_path / stock.EXAMPLES)
    about = {"seconds": 2.0, "cpu_seconds": 1.0, "taken": "2026-11-22T00:00:00+00:00", "digest": examples.digest(LESSONS)}
    (tmp_path / stock.ABOUT).write_text(json.dumps(about), encoding="utf-8")
    monkeypatch.setenv(stock.PLACE, str(tmp_path))
    return tmp_path


def test_the_kept_model_comes_with_its_examples(kept: Path) -> None:
    """Everyone else learns from the examples that stock Rasa learnt from."""
    found = rivals.kept_stock()
    assert found is not None
    assert (found[0].model, found[0].seconds, set(found[1])) == (kept / stock.MODEL, 2.0, set(LESSONS))


def test_changed_examples_are_noticed(kept: Path) -> None:
    """A model beside other examples than its own is refused."""
    examples.write(LESSONS[:1], kept / stock.EXAMPLES)
    with pytest.raises(BenchError, match="bench-slow"):
        rivals.kept_stock()


def test_a_training_that_was_broken_off_counts_as_none(kept: Path) -> None:
    """Only a folder whose training ended is used."""
    (kept / stock.ABOUT).unlink()
    assert rivals.kept_stock() is None


def test_the_pipeline_is_rasas_own() -> None:
    """The config is the one that `rasa init` lays down: its pipeline is empty, so Rasa fills in its default."""
    lines = stock.stock_config().read_text(encoding="utf-8").splitlines()
    after = lines[lines.index("pipeline:") + 1:]
    assert next(line for line in after if line and not line.startswith("#")) == "policies:"
