"""The long benchmark holds late against early, part by part, and says what grew."""

from __future__ import annotations

import pytest
from endurance import Sample, figures, rows, table
from measures import Talk
from program import BenchError


def samples(rasa: list[float]) -> list[Sample]:
    return [Sample(5.0 * number, 100 * number, {"rasa": size, "door": 60.0}) for number, size in enumerate(rasa)]


GROWTH = {
    "flat": ([270.0] * 40, 0.0, False),
    "only while it warms up": ([100.0] * 4 + [270.0] * 36, 0.0, False),
    "a peak at a new model": ([270.0] * 20 + [360.0] + [270.0] * 19, 0.0, False),
    "a leak": ([200.0 + number for number in range(40)], 32 / 205.5, True),
    "a twentieth": ([200.0] * 36 + [209.0] * 4, 0.045, False),
    "less at last": ([300.0] * 36 + [270.0] * 4, -0.1, False),
}


@pytest.mark.parametrize("name", GROWTH)
def test_growth_is_what_came_after_warming_up(name: str) -> None:
    """The second tenth of the samples is held against the last; more than a twentieth is marked."""
    sizes, drift, missed = GROWTH[name]
    found = rows(samples(sizes))
    assert [row.part for row in found] == ["rasa", "door", "all"]
    assert found[0].drift == pytest.approx(drift, abs=1e-3)
    assert found[0].most == max(sizes)
    assert found[1].drift == 0
    assert ("missed" in table(found[:1], [Talk([20.0] * 10)])) == missed


def test_too_few_samples_say_nothing() -> None:
    """What was seen for a moment only is not judged."""
    with pytest.raises(BenchError, match="too few"):
        rows(samples([270.0] * 10))


def test_latency_is_held_against_its_own_beginning() -> None:
    """All clients' second and last tenths are compared, and nobody without an answer is forgotten."""
    told = figures([Talk([90.0] * 10 + [20.0] * 80 + [40.0] * 10, 3), Talk([90.0] * 10 + [20.0] * 90, 0)])
    assert (told["answered"], told["unanswered"]) == (200, 3)
    assert (told["early_p50"], told["early_p95"]) == (20, 20)
    assert (told["late_p50"], told["late_p95"]) == (30, 40)
