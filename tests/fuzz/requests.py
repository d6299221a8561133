"""Targets at the public door: JSON bodies, signed forms, tokens, the languages that a browser asks for."""

from __future__ import annotations

import json
from urllib.parse import quote_plus

from django.http import QueryDict
from twilio.request_validator import RequestValidator

from bot.simulator import received
from tests.doors.conftest import ADDRESS, Door
from tests.fuzz import inputs, world

FORM = "application/x-www-form-urlencoded"
WEBHOOK = "/webhooks/twilio"
# A form with what is added to it stays below the door's limits.
LONG, MOST_FIELDS = 16_000, 150
FIELDS = ("MessageSid", "From", "To")


def body(data: bytes) -> None:
    """Any bytes are answered: a question with an answer, anything else with a code that the description has."""
    with world.door() as door:
        response = door.client.post("/api/messages", data, content_type="application/json")
    answer = json.loads(response.content)
    if response.status_code == 200:
        assert answer["reply"]["text"]
        assert answer["conversation"]
    else:
        assert response.status_code in (400, 413)
        assert set(answer) == {"error"}
        assert set(answer["error"]) == {"code", "message"}
    if not _is_object(data):
        assert response.status_code != 200


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data.decode("utf-8")), dict)
    except (ValueError, RecursionError):
        return False


def form(data: bytes) -> None:
    """A form that is signed is read; the same signature is worth nothing for any other form, nor is another signature for this one."""
    raw, change = (part[:LONG] for part in inputs.parts(data, 2))
    if raw.count(b"&") + change.count(b"&") > MOST_FIELDS:
        return  # refused before it is read, as `body` and the door's own tests see
    with world.door() as door:
        sent = QueryDict(raw, encoding="utf-8")
        signature = _signature(sent)
        status = _status(door, raw, signature)
        complete = all(sent.get(name) for name in FIELDS)
        assert status == (200 if complete else 400), status
        for other in _altered(raw, change):
            if _signed(QueryDict(other, encoding="utf-8")) != _signed(sent):
                assert _status(door, other, signature) == 403
        for forged in (inputs.whole(change).translate(dict.fromkeys(range(32))), signature[:-1], signature.swapcase(), signature + "="):
            if forged != signature:
                assert _status(door, raw, forged) == 403


def _altered(raw: bytes, change: bytes) -> tuple[bytes, ...]:
    place = inputs.number(change, len(raw) + 1)
    return raw[:place] + b"x" + raw[place:], raw + b"&Body=" + quote_plus(change).encode(), raw[:place] + raw[place + 1 :], b"&"


def _signature(sent: QueryDict) -> str:
    return str(RequestValidator("token").compute_signature(ADDRESS + WEBHOOK, sent))


def _signed(sent: QueryDict) -> str:
    """What the provider's scheme signs: names and values without anything between them, so two forms may be one to it."""
    return "".join(name + value for name in sorted(set(sent)) for value in sorted(set(sent.getlist(name))))


def _status(door: Door, raw: bytes, signature: str) -> int:
    response = door.client.post(WEBHOOK, raw or b"&", content_type=FORM, headers={"X-Twilio-Signature": signature})
    if response.status_code == 200:
        received(response.content.decode())  # well-formed, or no phone gets it
    return int(response.status_code)


def token(data: bytes) -> None:
    """A token of ours is read; one that differs in any letter, and anything that was made up, is nobody's."""
    with world.door():
        from bot.doors.public import conversations

        ours = conversations.new()
        assert conversations.read(ours.text) == ours
        place = inputs.number(data, len(ours.text))
        other = ours.text[:place] + (inputs.text(data[4:]) or "?") + ours.text[place + 1 :]
        assert other == ours.text or conversations.read(other) is None
        assert conversations.read(inputs.text(data)) is None


def accept(data: bytes) -> None:
    """Whatever a browser asks for, it gets one of our languages."""
    with world.door():
        from bot.doors.public.negotiation import negotiated

        assert negotiated(inputs.text(data), world.content()) in world.content().languages
