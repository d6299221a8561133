"""The shares of a message add up to the whole."""

from __future__ import annotations

import pytest
from shares import summed


def test_rasas_own_is_what_is_left() -> None:
    """Neither our components nor the action's call: that is Rasa's own; a component that saw half of the messages counts half."""
    times = {"all": [10.0, 14.0], "language": [1.0, 1.0], "encode": [5.0, 7.0], "town": [0.1, 0.1], "topic": [1.0], "doubt": [0.1, 0.1],
             "action": [2.0, 2.0]}
    found = summed(times)
    assert (found["inside"], found["action_call"]) == (12.0, 2.0)
    assert found["rasa_own"] == pytest.approx(12 - 2 - 1 - 6 - 0.1 - 0.5 - 0.1)
    assert (found["encode_p50"], found["encode_p95"]) == (6.0, 7.0)
