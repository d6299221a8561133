"""The phone in the browser: only where no provider is set up."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from tests.doors.conftest import Door


def develop(door: Door) -> None:
    settings.CONFIANZA = replace(door.settings, twilio_auth_token=None)


def test_with_a_provider_there_is_no_simulator(door: Door) -> None:
    """In production the page does not exist."""
    assert door.client.get("/phone").status_code == 404
    assert door.client.post("/phone", {"message": "menu"}).status_code == 404


def test_not_even_without_a_provider_on_an_open_machine(door: Door) -> None:
    """Nor where others can reach the door."""
    settings.CONFIANZA = replace(door.settings, twilio_auth_token=None, public_host="0.0.0.0")
    assert door.client.get("/phone").status_code == 404


def test_a_message_its_answer_and_its_cost(door: Door) -> None:
    """What is sent, what comes back, segments and cost; the page itself holds what was said."""
    develop(door)
    html = door.client.post("/phone", {"message": "Will police ask?", "channel": "sms"}).content.decode()
    assert "Will police ask?" in html
    assert "GSM-7" in html
    assert "Segments so far: 5" in html
    kept = '[{"mine": true, "text": "before"}]'
    assert "before" in door.client.post("/phone", {"message": "stop", "bubbles": kept}).content.decode()
    assert "(silence)" in door.client.post("/phone", {"message": "menu", "bubbles": "no json"}).content.decode()
