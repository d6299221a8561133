"""Which channel the public door names to Rasa: its own, whatever a request says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.doors.conftest import Door

SMUGGLED = {"channel": "console", "metadata": '{"channel": "console"}', "Channel": "console", "diagnosis": "1"}


@pytest.fixture
def channels(door: Door, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The channels that the brain was asked on."""
    named: list[str] = []
    ask = door.brain.ask

    def noted(sender: str, message: str, metadata: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        named.append(metadata["channel"])
        return ask(sender, message, metadata, seconds)

    monkeypatch.setattr(door.brain, "ask", noted)
    return named


def test_by_the_interface(door: Door, channels: list[str]) -> None:
    """A request to the API that calls itself the console is a request from the web, or refused."""
    door.client.post("/api/messages", {"message": "What is the Trust Act?"}, content_type="application/json")
    door.client.post("/api/messages", {"message": "What is the Trust Act?", **SMUGGLED}, content_type="application/json")
    assert channels and set(channels) == {"web"}


def test_by_the_page(door: Door, channels: list[str]) -> None:
    """So is a form."""
    form = urlencode({"message": "What is the Trust Act?", **SMUGGLED})
    door.client.post("/en/?channel=console", form, content_type="application/x-www-form-urlencoded")
    assert channels == ["web"]


@pytest.mark.parametrize(("number", "channel"), [("+12035550123", "sms"), ("whatsapp:+12035550123", "whatsapp")])
def test_by_phone(door: Door, channels: list[str], number: str, channel: str) -> None:
    """A text message's channel is its provider's, even where the signed form says more."""
    door.text("What is the Trust Act?", number, **SMUGGLED)
    assert channels == [channel]
