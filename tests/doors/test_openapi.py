"""The description of the JSON API is true: real answers and errors are what it says, and what it forbids is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.core.content import Content
from bot.core.text import MAX_CHARACTERS
from bot.doors.public import errors, openapi, service
from bot.doors.public.urls import urlpatterns
from tests.doors.conftest import Door
from tests.running import Service

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
# (method, address, body, kind, status)
REFUSED = {
    "empty": ("POST", "/api/messages", {"message": " \u2028"}, JSON, 400),
    "a command": ("POST", "/api/messages", {"message": "/restart"}, JSON, 400),
    "forged": ("POST", "/api/messages", {"message": "hi", "conversation": "a:b"}, JSON, 400),
    "unknown language": ("POST", "/api/messages", {"message": "hi", "language": "xx"}, JSON, 400),
    "unknown town": ("POST", "/api/messages", {"message": "hi", "town": "springfield"}, JSON, 400),
    "unknown topic": ("POST", "/api/messages", {"topic": "restart"}, JSON, 400),
    "a list": ("POST", "/api/messages", ["hi"], JSON, 400),
    "too long": ("POST", "/api/messages", {"message": "x" * 2001}, JSON, 413),
    "a large body": ("POST", "/api/messages", {"message": "hi", "more": "x" * 70_000}, JSON, 413),
    "a file": ("POST", "/api/messages", "", "multipart/form-data; boundary=b", 415),
    "reading what is asked": ("GET", "/api/messages", "", JSON, 405),
    "writing the description": ("POST", "/api/openapi.json", "", JSON, 405),
    "writing health": ("PUT", "/health/live", "", JSON, 405),
    "writing readiness": ("DELETE", "/health/ready", "", JSON, 405),
    "reading the webhook": ("GET", "/webhooks/twilio", "", FORM, 405),
    "an unsigned text": ("POST", "/webhooks/twilio", "From=%2B12035550123", FORM, 403),
    "JSON for the webhook": ("POST", "/webhooks/twilio", {}, JSON, 415),
    "a large text": ("POST", "/webhooks/twilio", "a=" + "x" * 70_000, FORM, 413),
}


@pytest.fixture(scope="module")
def document(content: Content) -> dict[str, Any]:
    return openapi.described(content)


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """Returns what a value has against a schema of the document."""
    validator = Draft202012Validator({**schema, "components": document["components"]})
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(value)]


def declared(document: dict[str, Any], address: str, method: str, status: int) -> dict[str, Any]:
    """Returns what is declared for a status; of a method that an address does not have, what its own method says."""
    methods = document["paths"][address]
    return methods.get(method.lower(), next(iter(methods.values())))["responses"][str(status)]


def schema_of(response: dict[str, Any], kind: str = JSON) -> dict[str, Any]:
    return response["content"][kind]["schema"]


def test_it_is_served_as_it_is_made(door: Door, document: dict[str, Any]) -> None:
    """Anybody can read the description at its address; like all else, it is not cached."""
    response = door.client.get("/api/openapi.json")
    assert (response.status_code, response.json()) == (200, document)
    assert response["Cache-Control"] == "no-store"


def test_every_address_for_programs_is_described(document: dict[str, Any]) -> None:
    """What is below /api/, /health/ and /webhooks/ stands in the description, and nothing else does."""
    routes = {f"/{pattern.pattern}" for pattern in urlpatterns}
    assert set(document["paths"]) == {route for route in routes if route.startswith(("/api/", "/health/", "/webhooks/"))}


def test_every_error_code_is_described(document: dict[str, Any]) -> None:
    """Each code that the door has stands at an address that gives it; only a page can be not found."""
    responses = [r for methods in document["paths"].values() for method in methods.values() for r in method["responses"].values()]
    limits = [schema_of(r)["allOf"][1] for r in responses if JSON in r.get("content", ()) and "allOf" in schema_of(r)]
    codes = {code for limit in limits for code in limit["properties"]["error"]["properties"]["code"]["enum"]}
    assert codes == set(errors.PHRASES) - {"not-found"}


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ht", "zh", "ar", "pl"])
def test_every_answer_is_as_described(language: str, door: Door, content: Content, document: dict[str, Any]) -> None:
    """Each topic and each choice, without a town and in one, has exactly the described fields."""
    schema = schema_of(declared(document, "/api/messages", "POST", 200))
    for choice in document["components"]["schemas"]["Choice"]["enum"]:
        for town in (None, "westport"):
            response = door.client.post("/api/messages", {"topic": choice, "language": language, "town": town}, content_type=JSON)
            assert (response.status_code, faults(response.json(), schema, document)) == (200, []), (choice, town)


def test_short_answers_are_as_described(door: Door, document: dict[str, Any]) -> None:
    """An answer without Rasa has the same fields."""
    door.brain.broken = True
    schema = schema_of(declared(document, "/api/messages", "POST", 200))
    empty = {"message": "police", "language": "", "town": "", "topic": "", "conversation": ""}
    for body in (empty, {"message": "警察"}, {"topic": "ice_at_door", "language": "ar"}):
        response = door.client.post("/api/messages", body, content_type=JSON)
        assert (response.json()["confidence"], faults(response.json(), schema, document)) == (0, [])


@pytest.mark.rasa
@pytest.mark.parametrize("message", ["will police ask my status", "pizza recipe", "asdf", "in Norwalk?", "hola", "/", "MORE", "2", "中文"])
def test_rasas_answers_are_as_described(message: str, service: Service, document: dict[str, Any]) -> None:
    """Whatever the running service answers to a message is one of the described answers."""
    response = requests.post(f"{service.url}/api/messages", json={"message": message}, timeout=20)
    assert not faults(response.json(), schema_of(declared(document, "/api/messages", "POST", response.status_code)), document)


@pytest.mark.parametrize("method, address, body, kind, status", REFUSED.values(), ids=REFUSED)
def test_every_error_is_as_described(
    method: str, address: str, body: Any, kind: str, status: int, door: Door, document: dict[str, Any]
) -> None:
    """An error has a described status, code and headers."""
    given_kind = {"content_type": kind} if method != "GET" else {}
    response = getattr(door.client, method.lower())(address, body or None, **given_kind)
    assert response.status_code == status
    wanted = declared(document, address, method, status)
    assert not [name for name in wanted.get("headers", ()) if name not in response.headers]
    if "Allow" in wanted.get("headers", ()):
        assert response.headers["Allow"] == wanted["headers"]["Allow"]["schema"]["const"]
    if "content" in wanted:
        assert not faults(response.json(), schema_of(wanted), document)


def test_health_is_as_described(door: Door, document: dict[str, Any]) -> None:
    """Both answers of readiness and that of life are described."""
    for broken, address, status in ((False, "/health/live", 200), (False, "/health/ready", 200), (True, "/health/ready", 503)):
        door.brain.broken = broken
        response = door.client.get(address)
        assert response.status_code == status
        assert not faults(response.json(), schema_of(declared(document, address, "GET", status)), document)


def test_busy_is_as_described(door: Door, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is told to wait is told how long."""
    monkeypatch.setattr(service._places, "acquire", lambda blocking: False)
    response = door.client.post("/api/messages", {"message": "hi"}, content_type=JSON)
    wanted = declared(document, "/api/messages", "POST", 429)
    assert not faults(response.json(), schema_of(wanted), document)
    assert re.match(wanted["headers"]["Retry-After"]["schema"]["pattern"], response.headers["Retry-After"])


LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
BLANKS = st.text("\x00\t \x1c\x85\xa0\u180e\u1680\u200b\u2028\u202f\u3000/a", max_size=4)
MESSAGES = LETTERS | BLANKS | st.sampled_from(["x" * 2000, "/" * 2001])
GIVEN = st.sampled_from([None, "", "en", "zh", "EN", "westport", "norwalk", "ice_at_door", "language.ht", "language.xx", "forget"])


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({}, optional={"message": MESSAGES | st.none(), "language": GIVEN, "town": GIVEN, "topic": GIVEN}))
def test_what_is_described_is_taken_and_nothing_else(content: Content, body: dict[str, Any]) -> None:
    """A question is valid by the description exactly where the door does not refuse it."""
    document = openapi.described(content)
    refused = service.refusal(service.Asked(**{k: v for k, v in body.items() if v is not None}), content)
    assert bool(faults(body, {"$ref": "#/components/schemas/Question"}, document)) == bool(refused), (body, refused)


def test_the_limits_are_those_of_the_code(document: dict[str, Any]) -> None:
    """The length of a message and that of a token are the ones that are enforced."""
    question = document["components"]["schemas"]["Question"]["properties"]
    assert question["message"]["maxLength"] == MAX_CHARACTERS
    assert question["conversation"]["maxLength"] == service.conversations.MOST_CHARACTERS
