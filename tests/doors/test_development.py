"""The phone in the browser: only where no provider is set up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tests.doors.conftest import Door


def texted(door: Door, **form: str) -> Any:
    return door.client.post("/phone", data=urlencode(form), content_type="application/x-www-form-urlencoded")


def develop(door: Door) -> None:
    settings.CONFIANZA = replace(door.settings, twilio_auth_token=None, public_url="http://localhost:8000")


def test_with_a_provider_there_is_no_simulator(door: Door) -> None:
    """In production the page does not exist."""
    assert door.client.get("/phone").status_code == 404
    assert texted(door, message="menu").status_code == 404


def test_not_even_without_a_provider_on_an_open_machine(door: Door) -> None:
    """Nor where others can reach the door."""
    settings.CONFIANZA = replace(door.settings, twilio_auth_token=None, public_host="0.0.0.0", public_url="http://localhost:8000")
    assert door.client.get("/phone").status_code == 404


def test_a_message_its_answer_and_its_cost(door: Door) -> None:
    """What is sent, what comes back, segments and cost; the page itself holds what was said."""
    develop(door)
    html = texted(door, message="Will police ask?", channel="sms").content.decode()
    assert "Will police ask?" in html
    assert "GSM-7" in html
    assert "Segments so far: 5" in html
    kept = '[{"mine": true, "text": "before"}]'
    assert "before" in texted(door, message="stop", bubbles=kept).content.decode()
    assert "(silence)" in texted(door, message="menu", bubbles="no json").content.decode()


def test_behind_a_proxy_there_is_no_simulator(door: Door) -> None:
    """A proxy on the same machine brings strangers: a public address or a forwarding header closes the page."""
    settings.CONFIANZA = replace(door.settings, twilio_auth_token=None)
    assert door.client.get("/phone").status_code == 404
    develop(door)
    assert door.client.get("/phone", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404


def test_odd_bubbles_are_left_out(door: Door) -> None:
    """What the page holds may be anything by the time it comes back."""
    develop(door)
    for odd in ('[{"segments": "a", "text": "x"}]', '[{"text": 5}]', "[[]]", '{"a": 1}', "5"):
        assert texted(door, message="menu", bubbles=odd).status_code == 200
