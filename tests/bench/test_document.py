from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import compare
import document
import languages
import pytest

GROUP = {"intent_accuracy": 0.5, "answered": 0.25, "right_of_answered": 0.75, "false_answers": 0.125, "language_accuracy": None}
URGENT = {"messages": 8, "found": 0.815, "misled": 0.117}
MS = {"p50": 1.25, "p95": 31.5, "mean": 4.0}


def row(key: str, name: str, lessons: str, **changes: Any) -> dict[str, Any]:
    return {
        "round": lessons, "key": key, "name": name, "thresholds": {"threshold": 0.5},
        "understanding": {**GROUP, "by_language": {"ht": GROUP, "zh": GROUP}, "by_register": {"sms": GROUP}},
        "curve": [{"threshold": 0.9, "answered": 0.3, "right": 0.8, "false_answers": 0.0},
                  {"threshold": 0.1, "answered": 0.9, "right": 0.6, "false_answers": 0.5}],
        "reliability": [{"count": 3, "confidence": 0.25, "right": 0.5}, {"count": 5, "confidence": 0.875, "right": 0.625}],
        "calibration_error": 0.337, "urgent": {"emergency": URGENT, "all": URGENT},
        "ms": MS, "training": {"seconds": 20.0, "cpu_seconds": 19.0, "taken": "2026-11-21T00:00:00+00:00"},
        "ready": 3.21, "megabytes": 456, "model_megabytes": 7.8, "program_megabytes": 1234, **changes,
    }


@pytest.fixture
def results() -> dict[str, Any]:
    return {
        "taken": "2026-11-22T00:00:00+00:00", "busy": False, "versions": {"Rasa": "9.8.7"},
        "machine": {"system": "Linux", "processor": "A & B", "cores": 2, "gigabytes": 24, "load": 0.1},
        "messages": {"name": "the set", "count": 11, "languages": 2, "registers": 1},
        "examples": {"few": 16, "all": 99, "an_intent": 4, "digest": "abc", "drawn_from_these": True},
        "rows": [row("ours", "Confianza", "few"), row("stock", "stock Rasa", "few"), row("ours", "Confianza", "all")],
        "languages": [{"name": "lingua <all>", "accuracy": {"all": 0.7, "ht": 0.0, "zh": 1.0}, "ms": MS, "ready": None, "megabytes": 88}],
        "omitted": [],
    }


def test_every_row_has_the_cells_of_its_heads(results: dict[str, Any]) -> None:
    """No table of the document is ragged."""
    tables = re.findall(r"(?:^\|.*\n?)+", document.render(results), re.MULTILINE)
    assert len(tables) > 10
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


@pytest.mark.parametrize("figure", [
    pytest.param("| Confianza | 0.500 | 0.250 | 0.750 | 0.125 | - |", id="understanding"),
    pytest.param("| stock Rasa | 0.800 | 0.600 | 0.600 |", id="right at a share"),
    pytest.param("| Confianza, all | 1.25 ms | 31.5 ms | 20 s | 19 s | 3.2 s | 456 MB | 7.8 MB | 1,234 MB |", id="cost"),
    pytest.param("| Confianza | 0.337 |", id="calibration"),
    pytest.param("| Confianza | 0.815 | 0.815 | 0.117 |", id="urgent"),
    pytest.param("| lingua <all> | 0.700 | 0.000 | 1.000 |", id="language"),
    pytest.param("Rasa 9.8.7", id="version"),
])
def test_the_figures_are_the_runs(results: dict[str, Any], figure: str) -> None:
    """What was measured stands in the document."""
    assert figure in document.render(results)


def test_no_figure_is_typed_in(results: dict[str, Any]) -> None:
    """Other results leave no figure of the first ones behind."""
    text = document.render(results)
    for one in results["rows"]:
        one["understanding"] = {key: None if not isinstance(value, dict) else value for key, value in one["understanding"].items()}
        for by in ("by_language", "by_register"):
            one["understanding"][by] = {name: dict.fromkeys(GROUP) for name in one["understanding"][by]}
        one["curve"], one["calibration_error"] = [], None
        one["urgent"] = {name: {"found": None, "misled": None} for name in one["urgent"]}
    results["languages"] = []
    left = re.findall(r"\b[01]\.\d{3}\b", document.render(results))
    assert re.findall(r"\b[01]\.\d{3}\b", text) and not left


def test_disturbed_times_are_said(results: dict[str, Any]) -> None:
    """A busy machine, and a training that waited for others, are named as such."""
    assert "others used it" not in document.render(results) and r"20 s \*" not in document.render(results)
    results["busy"] = True
    results["rows"][0]["training"]["cpu_seconds"] = 5.0
    assert "others used it" in document.render(results) and r"20 s \*" in document.render(results)


def test_what_is_left_out_is_said(results: dict[str, Any]) -> None:
    """A program that could not be measured stands there with the reason."""
    assert "Left out" not in document.render(results)
    results["omitted"] = [{"name": "NLP.js", "reason": "node is not here"}]
    assert "- NLP.js: node is not here." in document.render(results)


def test_an_older_draw_is_said(results: dict[str, Any]) -> None:
    """Where the kept model learnt from an earlier state of the examples, the document says so."""
    assert "earlier state" not in document.render(results)
    results["examples"]["drawn_from_these"] = False
    assert "earlier state" in document.render(results)


def test_plots_are_pictures(results: dict[str, Any]) -> None:
    """Each plot is well-formed, has a title, and names everyone in it."""
    drawn = document.plots(results)
    assert set(drawn) == {"few", "all", "reliability", "latency"}
    for text in drawn.values():
        assert ElementTree.fromstring(text).find("{http://www.w3.org/2000/svg}title") is not None
    assert "stock Rasa" in drawn["few"] and "stock Rasa" not in drawn["all"]


def test_plots_stay_inside(results: dict[str, Any]) -> None:
    """All points lie within the plot, from 0 to 1 on both axes."""
    extreme = [{"answered": 0.0, "right": 1.0}, {"answered": 1.0, "right": 0.0}]
    results["rows"][0]["curve"] = extreme
    points = re.search(r'points="([^"]*)"', document.plots(results)["few"])
    assert points is not None and points[1] == "60.0,40.0 500.0,370.0"


def test_publishes_only_what_was_measured(results: dict[str, Any], tmp_path: Path) -> None:
    """A plot of a round that was not measured this time is taken away."""
    document.publish(results, tmp_path)
    fewer = copy.deepcopy(results)
    fewer["rows"] = fewer["rows"][:2]
    document.publish(fewer, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"benchmarks.md", "benchmarks-few.svg", "benchmarks-latency.svg"}


def test_every_identifier_is_measured() -> None:
    """The identifiers that are run are those that the worker has."""
    assert set(compare.IDENTIFIERS) == set(languages.IDENTIFIERS)
