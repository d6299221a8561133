"""Twilio's webhook: the signature, bad input, what is and is not a person's phone. The sender is Twilio's own client."""

from __future__ import annotations

import pytest
from twilio.request_validator import RequestValidator

from bot.core.errors import ConfianzaError
from bot.simulator import Phone
from tests.doors.conftest import ADDRESS, Door

EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response />'


def form(door: Door, **parameters: str) -> dict[str, str]:
    return Phone(door.settings).form("menu", **parameters)


SIGNED = {
    "as Twilio signs it": {},
    "with blank parameters": {"FromCity": "", "MediaUrl0": "", "Zip": ""},
    "with spaces at the ends, untrimmed": {"FromCity": "  NORWALK "},
    "with parameters that are new to us": {"BrandNewParameter": "x", "Another[0]": "y"},
    "with letters of all scripts": {"FromCity": "نورووك 诺沃克 Łódź 😀 &=+%"},
}


@pytest.mark.parametrize("parameters", SIGNED.values(), ids=SIGNED)
def test_what_twilio_signs_is_answered(parameters: dict[str, str], door: Door) -> None:
    """A request that Twilio's own client has signed over the public address is a message, whatever parameters it has."""
    wanted = form(door, **parameters)
    signature = RequestValidator("token").compute_signature(f"{ADDRESS}/webhooks/twilio", wanted)
    response = door.post(wanted, **{"X-Twilio-Signature": signature})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    assert b"<Message>" in response.content
    assert response["Cache-Control"] == "no-store"


def test_the_query_belongs_to_the_signed_address(door: Door) -> None:
    """A query in the address is signed too; the Host header is of no matter."""
    wanted = form(door)
    signature = RequestValidator("token").compute_signature(f"{ADDRESS}/webhooks/twilio?x=1", wanted)
    for host, status in (("confianza.example", 200), ("10.0.0.7:8000", 200)):
        response = door.client.post("/webhooks/twilio?x=1", data=door.encoded(wanted), content_type="application/x-www-form-urlencoded",
                                    headers={"X-Twilio-Signature": signature, "Host": host})
        assert response.status_code == status


def _wrong(door: Door) -> dict[str, dict[str, str | None]]:
    good = form(door)
    validator = RequestValidator("token")
    address = f"{ADDRESS}/webhooks/twilio"
    return {
        "missing": {"X-Twilio-Signature": None},
        "empty": {"X-Twilio-Signature": ""},
        "of another token": {"X-Twilio-Signature": RequestValidator("other").compute_signature(address, good)},
        "of another address": {"X-Twilio-Signature": validator.compute_signature("https://evil.example/webhooks/twilio", good)},
        "of another message": {"X-Twilio-Signature": validator.compute_signature(address, {**good, "Body": "x"})},
        "without a blank parameter": {"X-Twilio-Signature": validator.compute_signature(address, {**good, "Added": ""})},
        "not ASCII": {"X-Twilio-Signature": "ü" * 28},
        "endless": {"X-Twilio-Signature": "A" * 5000},
    }


@pytest.mark.parametrize("case", ["missing", "empty", "of another token", "of another address", "of another message",
                                  "without a blank parameter", "not ASCII", "endless"])
def test_a_wrong_signature_does_nothing(case: str, door: Door) -> None:
    """403, no turn, no claim: the same message with the right signature is answered afterwards."""
    good = form(door)
    headers = _wrong(door)[case]
    response = door.post(good, **headers) if case != "missing" else door.client.post(
        "/webhooks/twilio", data=door.encoded(good), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "signature"
    assert door.brain.asked == []
    assert door.post(good).status_code == 200


BODIES = {
    "JSON": ("application/json", "{}", 415),
    "multipart": ("multipart/form-data; boundary=x", "--x--", 415),
    "nothing": ("application/x-www-form-urlencoded", "", 415),
    "5,000 parameters": ("application/x-www-form-urlencoded", "&".join(f"p{n}=1" for n in range(5000)), 413),
    "a megabyte": ("application/x-www-form-urlencoded", "Body=" + "x" * 1_000_000, 413),
    "broken UTF-8": ("application/x-www-form-urlencoded", "Body=%ff%fe&From=%80", 403),
}


@pytest.mark.parametrize("kind, body, status", BODIES.values(), ids=BODIES)
def test_what_is_no_form_of_twilios_is_refused(kind: str, body: str, status: int, door: Door) -> None:
    """A clear status, in JSON, and no turn."""
    response = door.client.post("/webhooks/twilio", data=body, content_type=kind, headers={"X-Twilio-Signature": "x"})
    assert response.status_code == status
    assert response.json()["error"]["code"]
    assert door.brain.asked == []


@pytest.mark.parametrize("name", ["MessageSid", "From", "To"])
def test_a_missing_field_is_named_a_bad_request(name: str, door: Door) -> None:
    """Without its id, sender or receiver a message cannot be answered."""
    wanted = {k: v for k, v in form(door).items() if k != name}
    response = door.post(wanted)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "fields"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_post(method: str, door: Door) -> None:
    """Anything else is 405 and says what is allowed."""
    response = getattr(door.client, method)("/webhooks/twilio")
    assert response.status_code == 405
    assert response["Allow"] == "POST"


NO_PHONES = {
    "a short code": "72345",
    "a name": "VERIZON",
    "our own number": "+12035550100",
    "an unknown country code": "+999123456789",
    "too short": "+1203",
    "too long": "+1" + "2" * 30,
    "letters": "+1203CALLME",
}


@pytest.mark.parametrize("sender", NO_PHONES.values(), ids=NO_PHONES)
def test_senders_that_are_no_persons_phone_get_silence(sender: str, door: Door) -> None:
    """No loop with ourselves, no answer to a machine: an empty response, no turn."""
    response = door.post(Phone(door.settings, sender).form("Will police ask my status?"))
    assert response.status_code == 200
    assert response.content == EMPTY
    assert door.brain.asked == []


PHONES = {"Connecticut": "+12035550123", "Mexico": "+525512345678", "Guatemala": "+50223456789", "Poland": "+48512345678",
          "WhatsApp": "whatsapp:+5511987654321"}


@pytest.mark.parametrize("sender", PHONES.values(), ids=PHONES)
def test_phones_of_any_country_are_answered(sender: str, door: Door) -> None:
    """Newcomers keep the number of their country."""
    assert door.text("menu", sender)


def test_without_a_running_service_the_simulator_says_what_to_do(door: Door) -> None:
    """The message is for people."""
    with pytest.raises(ConfianzaError, match="make run"):
        Phone(door.settings).send("hello")
