from __future__ import annotations

from typing import Any

import pytest
from calibration import calibration_error, reliability, urgent
from outcomes import Outcome
from tables import Message

ASKED = (
    Message("ht", "emergency", "sms", "dife!"), Message("es", "ice_at_door", "plain", "La migra está en mi puerta."),
    Message("ar", "ice_at_door", "sms", "الهجرة عند الباب"), Message("zh", "thanks", "sms", "谢谢"),
)


def answer(best: str, confidence: float, given: str | None = None) -> dict[str, Any]:
    return {"best": best, "given": given or best, "confidence": confidence, "language": None, "ms": 1.0}


SAID = Outcome(1.0, None, (answer("emergency", 0.97), answer("ice_at_door", 0.93), answer("ice_in_street", 0.55),
                           answer("goodbye", 0.18, "nlu_fallback")), (), {})


def test_heaps_of_like_confidence() -> None:
    """Messages are heaped by the confidence stated; each heap tells its mean and how many were right."""
    assert reliability(ASKED, SAID) == [
        {"count": 1, "confidence": 0.18, "right": 0.0}, {"count": 1, "confidence": 0.55, "right": 0.0},
        {"count": 2, "confidence": 0.95, "right": 1.0},
    ]


def test_certainty_itself_has_a_heap() -> None:
    """A confidence of exactly one is in the last heap."""
    certain = Outcome(1.0, None, (answer("emergency", 1.0),), (), {})
    assert reliability(ASKED[:1], certain) == [{"count": 1, "confidence": 1.0, "right": 1.0}]


def test_error_is_weighed_by_messages() -> None:
    """A heap of two counts twice."""
    assert calibration_error(reliability(ASKED, SAID)) == pytest.approx((0.18 + 0.55 + 2 * 0.05) / 4, abs=1e-4)


def test_urgent_messages_are_counted_apart() -> None:
    """Found is the first guess; misled are those that were answered as something else without a question back."""
    found = urgent(ASKED, SAID)
    assert found["emergency"] == {"messages": 1, "found": 1.0, "misled": 0.0}
    assert found["ice_at_door"] == {"messages": 2, "found": 0.5, "misled": 0.5}
    assert found["all"] == {"messages": 3, "found": 0.6667, "misled": 0.3333}
    assert "family_detained" not in found
