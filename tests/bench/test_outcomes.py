from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from outcomes import Outcome, at_share, curve, languages, milliseconds, understanding
from tables import Message

ASKED = (
    Message("ht", "ask", "sms", "polis mande papye?"), Message("ht", "ask", "plain", "Èske polis ap mande papye?"),
    Message("zh", "menu", "sms", "菜单"), Message("zh", "menu", "plain", "请给我看菜单"),
    Message("ar", "out_of_scope", "plain", "كيف الطقس اليوم؟"),
)


def answer(best: str, confidence: float, given: str | None = None, language: str | None = None) -> dict[str, Any]:
    return {"best": best, "given": given or best, "confidence": confidence, "language": language, "ms": 1.0}


def outcome(*answers: dict[str, Any]) -> Outcome:
    return Outcome(1.0, 100.0, answers, (), {})


SAID = outcome(answer("ask", 0.9, language="ht"), answer("menu", 0.8, language="fr"), answer("menu", 0.7, language="zh"),
               answer("ask", 0.2, "nlu_fallback", "zh"), answer("menu", 0.5, language="ar"))


def test_figures_of_understanding() -> None:
    """The first guess counts for accuracy; what was given counts for answers, right and false."""
    found = understanding(ASKED, SAID)
    assert (found["intent_accuracy"], found["answered"], found["right_of_answered"], found["false_answers"]) == (0.4, 0.75, 0.6667, 1.0)
    assert found["by_language"]["zh"]["intent_accuracy"] == 0.5
    assert found["by_register"]["sms"]["answered"] == 1.0


def test_no_language_figure_for_who_was_told() -> None:
    """A program that was told the language gets no figure for having found it."""
    told = outcome(*[{**one, "language": None} for one in SAID.answers])
    assert understanding(ASKED, told)["language_accuracy"] is None
    assert understanding(ASKED, told)["by_language"]["ht"]["language_accuracy"] is None
    assert understanding(ASKED, SAID)["language_accuracy"] == 0.8


def test_languages_found() -> None:
    """The share of messages whose language was found, of all and by language."""
    assert languages(ASKED, SAID) == {"all": 0.8, "ht": 0.5, "zh": 1.0, "ar": 1.0}


def test_the_curve_goes_from_strict_to_none() -> None:
    """Each limit answers what is at least as sure, in scope and out of it, whatever the program itself gave."""
    assert curve(ASKED, SAID) == [
        {"threshold": 0.9, "answered": 0.25, "right": 1.0, "false_answers": 0.0},
        {"threshold": 0.8, "answered": 0.5, "right": 0.5, "false_answers": 0.0},
        {"threshold": 0.7, "answered": 0.75, "right": 0.6667, "false_answers": 0.0},
        {"threshold": 0.2, "answered": 1.0, "right": 0.5, "false_answers": 1.0},
    ]


def test_the_curve_leaves_out_what_was_declined() -> None:
    """Who takes a message for out of scope does not answer it, however sure."""
    said = outcome(answer("out_of_scope", 0.99), *[answer("ask", 0.5) for _ in range(3)], answer("out_of_scope", 0.9))
    assert curve(ASKED, said) == [{"threshold": 0.5, "answered": 0.75, "right": 0.3333, "false_answers": 0.0}]


def test_no_curve_where_nothing_is_answered() -> None:
    """Who answers nothing has no curve."""
    assert curve(ASKED, outcome(*[answer("out_of_scope", 0.9)] * 5)) == []


@pytest.mark.parametrize(("share", "right"), [
    pytest.param(0.25, 1.0, id="reached exactly"),
    pytest.param(0.6, 0.6667, id="the next point that reaches it"),
])
def test_right_at_a_share(share: float, right: float) -> None:
    """A share that lies between two points gets the one that answers more."""
    assert at_share(curve(ASKED, SAID), share) == right


def test_a_share_never_reached() -> None:
    """A share that a program never answers has no figure."""
    assert at_share([{"answered": 0.5, "right": 0.9}], 0.75) is None


def test_milliseconds() -> None:
    """Median, 95th percentile and mean."""
    assert milliseconds([float(number) for number in range(1, 101)]) == {"p50": 50.5, "p95": 95.0, "mean": 50.5}


def test_an_answer_missing_is_an_error() -> None:
    """A program that left messages out cannot be compared."""
    with pytest.raises(ValueError, match="shorter"):
        understanding(ASKED, outcome(*SAID.answers[:4]))


def test_reads_what_a_worker_wrote(tmp_path: Path) -> None:
    """The time to ready is counted from the process's start; what a program cannot tell is empty."""
    path = tmp_path / "outcome.json"
    path.write_text(json.dumps({"ready": 105.5, "megabytes": None, "answers": [answer("ask", 0.5)]}), encoding="utf-8")
    found = Outcome.read(path, started=100.0)
    assert (found.ready, found.megabytes, found.language_ms, found.thresholds) == (5.5, None, (), {})
