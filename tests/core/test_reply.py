"""What leaves the core as JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.core.compose import compose
from bot.core.content import Content


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_payload_goes_through_json_whole(content: Content, today: date, language: str) -> None:
    """Everything an answer holds survives JSON, under the names of the API contract."""
    payload = compose("police_ask_status", language, "westport", content, today).payload()
    assert {"text", "first", "short", "steps", "quotes", "laws", "caution", "contacts", "suggestions", "notices", "town"} <= set(payload)
    back = json.loads(json.dumps(payload, ensure_ascii=False))
    assert back["quotes"][0]["text"] == payload["quotes"][0]["text"]
    assert [s["topic"] for s in back["suggestions"]] == list(content.topics["police_ask_status"].next)
