"""While things break, everybody who writes is answered: fully, shortly with somebody to call, or with an honest limit. Never twice."""

from __future__ import annotations

import time
from typing import Any

import pytest
from raid.faults import FAULTS, NOTICE, withdraw_notice
from raid.fleet import Fleet
from raid.promises import broken
from raid.run import Plan, storm

# A busy machine may take so much longer than what is promised of a quiet one.
SLACK = 6.0
SEEDS = {name: number for number, name in enumerate(FAULTS, 1)}


def day(fleet: Fleet, fault: str, messages: int = 120, seconds: float = 11.0) -> dict[str, Any]:
    """Has a small crowd write while something breaks; asserts that every promise was kept."""
    plan = Plan(messages, messages // 3, seconds, SEEDS[fault], fault, variants=1, lines=4)
    figures = storm(plan, fleet)
    assert broken(figures, SLACK) == [], figures["examples"]
    return figures


def test_a_quiet_day(fleet: Fleet) -> None:
    """Nothing is lost, nothing comes twice, and every answer is word for word the one of a service with a single client."""
    outcomes = day(fleet, "none")["outcomes"]
    assert outcomes["full"] >= 100


def test_the_action_server_dies_twice(fleet: Fleet) -> None:
    """It comes back by itself; meanwhile there are short answers."""
    before = fleet.starts("actions")
    day(fleet, "actions")
    assert fleet.starts("actions") == before + 2


def test_rasa_dies(fleet: Fleet) -> None:
    """It comes back by itself; while it is away and while it loads its model there are short answers, and nobody waits for it."""
    before = fleet.starts("rasa")
    figures = day(fleet, "rasa", seconds=20.0)
    assert fleet.starts("rasa") == before + 1
    assert figures["outcomes"]["short"] > 0


def test_rasa_hangs(fleet: Fleet) -> None:
    """A Rasa that takes messages and answers none costs some people a few seconds, and the others nothing."""
    assert day(fleet, "rasa-frozen")["outcomes"]["short"] > 0


def test_the_model_is_replaced_twice(fleet: Fleet) -> None:
    """No message is lost or answered otherwise while a new model takes the place of the old one."""
    starts = fleet.starts("rasa")
    day(fleet, "model")
    assert fleet.starts("rasa") == starts


def test_the_disk_is_full(fleet: Fleet) -> None:
    """Nothing of an answer needs the disk."""
    day(fleet, "disk")


def test_content_is_published(fleet: Fleet) -> None:
    """Everybody is answered all the while, and afterwards the new words stand in every answer."""
    day(fleet, "content")
    withdraw_notice(fleet)
    deadline = time.monotonic() + 30
    while NOTICE in fleet.ask("hello") and time.monotonic() < deadline:
        time.sleep(0.5)
    assert NOTICE not in fleet.ask("hello")


@pytest.mark.parametrize("fault", ["redis", "redis-stopped", "redis-frozen"])
def test_redis_breaks(shared_fleet: Fleet, fault: str) -> None:
    """Restarted with nothing in it, away for some seconds, or hanging: people by phone are answered all the same."""
    day(shared_fleet, fault)


def test_the_clock_jumps(fleet_out_of_time: Fleet) -> None:
    """A day forward, two days back, and to the right time again: claims, order and limits do not stumble over it."""
    day(fleet_out_of_time, "clock")
