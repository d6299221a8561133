"""Each shortcut gives what Rasa's own, longer way gives."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from rasa.core import processor
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot import shortcuts

OWN = {(owner, name): inspect.getattr_static(owner, name) for owner, name in (
    (processor, "DaskGraphRunner"), (processor, "copy"), (RemoteAction, "_validate_action_result"), (EndpointConfig, "session"),
    (Event, "resolve_by_type"),
)}
ACTION = RemoteAction("action_answer", None)
SLOT, LISTEN = {"event": "slot", "timestamp": None, "name": "town", "value": "norwalk"}, {"event": "followup", "name": "action_listen"}


@pytest.fixture(autouse=True)
def rasa_as_it_was() -> Iterator[None]:
    """Puts back what a test replaced."""
    yield
    for (owner, name), value in OWN.items():
        setattr(owner, name, value)


def said(entity: dict[str, Any]) -> dict[str, Any]:
    return {"event": "user", "text": "a", "parse_data": {"entities": [entity]}}


RESULTS = {
    "an answer of ours": {"events": [SLOT, LISTEN], "responses": [{"custom": {"topic": "ice_at_door"}, "text": None}]},
    "nothing": {"events": [], "responses": []},
    "no lists at all": {},
    "only events": {"events": [SLOT]},
    "more than was asked": {"events": [], "responses": [], "more": 1},
    "no object": ["slot"],
    "no list": {"events": {"event": "slot"}, "responses": []},
    "an event that is none": {"events": ["slot"], "responses": []},
    "an event without its kind": {"events": [{"name": "town"}], "responses": []},
    "an unknown kind": {"events": [{"event": "party"}], "responses": []},
    "a kind that is no text": {"events": [{"event": ["slot"]}], "responses": []},
    "a slot whose name is a number": {"events": [{**SLOT, "name": 7}], "responses": []},
    "a time that is text": {"events": [{**SLOT, "timestamp": "noon"}], "responses": []},
    "right, then wrong": {"events": [SLOT, {**SLOT, "metadata": "x"}], "responses": []},
    "a response that is text": {"events": [SLOT], "responses": ["hello"]},
    "a message with entities": {"events": [said({"entity": "town", "value": 1})], "responses": []},
    "an entity without its name": {"events": [said({"value": 1})], "responses": []},
}


def accepts(validate: Any, result: Any) -> bool:
    try:
        return bool(validate(ACTION, result))
    except Exception:
        return False


@pytest.mark.parametrize("name", RESULTS)
def test_an_actions_answer_is_accepted_where_rasa_accepts_it(name: str) -> None:
    """What Rasa's schema allows is allowed, what it forbids is an error, for every kind of event."""
    assert accepts(shortcuts._validate, RESULTS[name]) == accepts(OWN[RemoteAction, "_validate_action_result"], RESULTS[name])


def test_every_kind_of_event_has_a_schema_of_its_own() -> None:
    """No two kinds share a name, and bare or with a wrong time each is judged as Rasa judges it."""
    assert len(shortcuts._KINDS) == len(shortcuts.EVENT_SCHEMA["oneOf"])
    own = OWN[RemoteAction, "_validate_action_result"]
    for kind in shortcuts._KINDS:
        for event in ({"event": kind}, {"event": kind, "timestamp": "noon"}, {"event": kind, "name": 7}):
            result = {"events": [event], "responses": []}
            assert accepts(shortcuts._validate, result) == accepts(own, result), event


def test_events_are_found_by_their_kind() -> None:
    """Each of Rasa's events is found again, also the second time; an unknown one is an error, also the second time."""
    kinds = {kind.type_name for kind in all_subclasses(Event)}
    before = {kind: Event.resolve_by_type(kind) for kind in kinds}
    assert shortcuts.take_shortcuts()
    assert [{kind: Event.resolve_by_type(kind) for kind in kinds} for _ in range(2)] == [before, before]
    assert Event.resolve_by_type("party", SlotSet) is SlotSet
    for _ in range(2):
        with pytest.raises(ValueError, match="party"):
            Event.resolve_by_type("party")


def test_rasas_processor_copies_for_its_debug_log_only() -> None:
    """Every deep copy in that module is an argument of a log at debug level: nothing else could notice that none is made."""
    tree = ast.parse(inspect.getsource(processor))
    logged = {
        id(copied) for call in ast.walk(tree) if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for copied in ast.walk(call) if isinstance(copied, ast.Name) and copied.id == "copy"
    }
    used = {id(name) for name in ast.walk(tree) if isinstance(name, ast.Name) and name.id == "copy"}
    assert used == logged and used


class Actions(ThreadingHTTPServer):
    """Answers action calls, keeps connections open as long as asked to, and counts them."""

    daemon_threads = True
    connections = 0
    closes = False

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, said = (400, {"error": "no"}) if asked.get("wrong") else (200, {"events": [], "responses": [asked]})
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.server.closes  # type: ignore[attr-defined]

    def log_message(self, *_args: object) -> None:
        return None


@pytest.fixture
def actions() -> Iterator[Actions]:
    with Actions(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def call(actions: Actions, *bodies: dict[str, Any], pause: float = 0) -> list[Any]:
    """Calls one after the other; returns the answers, or the status where one is refused."""

    async def ask() -> list[Any]:
        endpoint = EndpointConfig(f"http://127.0.0.1:{actions.server_address[1]}/webhook")
        said: list[Any] = []
        for body in bodies:
            try:
                said.append(await endpoint.request(json=body, method="post", timeout=5))
            except ClientResponseError as error:
                said.append((error.status, error.text))
            await asyncio.sleep(pause)
        if "_kept" in vars(endpoint):
            await vars(endpoint)["_kept"][1].close()
        return said

    return asyncio.run(ask())


ASKED = ({"message": "Èske lapolis ap mande m papye?"}, {"wrong": True}, {"message": "警察"})


def test_calls_of_actions_share_a_connection(actions: Actions) -> None:
    """The answers, and the refusals, are those of Rasa's own session; one connection does for all of them."""
    own = call(actions, *ASKED)
    assert actions.connections == len(ASKED)
    assert shortcuts.take_shortcuts()
    actions.connections = 0
    assert call(actions, *ASKED) == own
    assert actions.connections == 1


def test_a_connection_that_the_other_side_closed_is_replaced(actions: Actions) -> None:
    """An action server that closes after each answer, or was started anew, gets the next call all the same."""
    own = call(actions, *ASKED)
    assert shortcuts.take_shortcuts()
    actions.closes, actions.connections = True, 0
    assert call(actions, *ASKED, pause=0.2) == own
    assert actions.connections == len(ASKED)


def test_another_rasa_goes_its_own_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a version that the shortcuts were not made for, none is taken."""
    monkeypatch.setattr("bot.absent.metadata.version", lambda _name: "3.6.22")
    assert not shortcuts.take_shortcuts()
    assert {key: inspect.getattr_static(*key) for key in OWN} == OWN
