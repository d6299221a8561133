"""The client of Rasa against a real server on loopback: a usable answer comes through, anything else is one error."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.brain import Brain, in_order, intent_message
from bot.core.errors import BrainError

PAYLOAD = {"language": "ht", "text": "Lapolis pa ka mande w papye.", "confidence": 0.9}
# what Rasa might answer with -> nothing of it is usable
UNUSABLE = {
    "no answers": b"[]",
    "no JSON": b"<html>Bad gateway</html>",
    "half of the JSON": b'[{"custom": {"text": "Lapol',
    "nothing": b"",
    "null": b"null",
    "a number": b"7",
    "an object": b'{"custom": {"text": "x"}}',
    "an error as Rasa words it": b'{"status": "failure", "message": "..."}',
    "text only": b'[{"recipient_id": "a", "text": "Hello"}]',
    "a payload that is none": b'[{"custom": "Hello"}, {"custom": null}, "Hello", null]',
    "letters of no encoding": b'[{"custom": \xff\xfe}]',
}


class Rasa(ThreadingHTTPServer):
    """A server that answers as it is told and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.body = 200, json.dumps([{"recipient_id": "a", "custom": PAYLOAD}]).encode()
        self.awake = threading.Event()
        self.awake.set()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.breaks_off = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Rasa
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(body)))
        self.server.awake.wait(10)
        if self.server.breaks_off:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing in the test's output."""


@contextmanager
def serving() -> Iterator[Rasa]:
    with Rasa() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.awake.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    """A server on loopback, ended after the test."""
    with serving() as server:
        yield server


@pytest.fixture
def rasas() -> Iterator[dict[str, Rasa]]:
    """Three servers by their addresses."""
    with serving() as one, serving() as two, serving() as three:
        yield {server.url: server for server in (one, two, three)}


def unused() -> str:
    """An address where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("message", ["Èske polis la ka mande m papye?", "警察会问我的身份吗？", "الشرطة بتسأل عن الورق؟", "/forget"])
def test_the_question_goes_out_as_it_is_and_the_payload_comes_back(rasa: Rasa, message: str) -> None:
    """Rasa's REST channel gets sender, message and metadata unchanged; the action's payload is what is returned."""
    assert Brain(rasa.url).ask("pseudonym", message, {"language": "ht", "town": None}) == PAYLOAD
    sent = {"sender": "pseudonym", "message": message, "metadata": {"language": "ht", "town": None}}
    assert rasa.asked == [("/webhooks/rest/webhook", sent)]


def test_the_last_payload_counts(rasa: Rasa) -> None:
    """Where several answers come, the last payload is the answer; texts between them are not."""
    rasa.body = json.dumps([{"custom": {"text": "first"}}, {"custom": {"text": "last"}}, {"text": "no payload"}]).encode()
    assert Brain(rasa.url).ask("a", "hello", {}) == {"text": "last"}


@pytest.mark.parametrize("body", UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_answer_is_one_error(rasa: Rasa, body: bytes) -> None:
    """Whatever comes instead of a payload, the caller meets one kind of error."""
    rasa.body = body
    with pytest.raises(BrainError):
        Brain(rasa.url).ask("a", "hello", {})


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_error_status_is_an_error_even_with_a_payload(rasa: Rasa, status: int) -> None:
    """A failed request is never taken for an answer."""
    rasa.status = status
    with pytest.raises(BrainError):
        Brain(rasa.url).ask("a", "hello", {})


def test_a_slow_answer_is_an_error(rasa: Rasa) -> None:
    """Nobody waits longer than the time allowed."""
    rasa.awake.clear()
    with pytest.raises(BrainError):
        Brain(rasa.url, timeout=0.1).ask("a", "hello", {})


def test_a_closed_port_is_an_error() -> None:
    """Where nothing listens, the caller meets the same error."""
    with pytest.raises(BrainError):
        Brain(unused()).ask("a", "hello", {})


def test_an_error_does_not_repeat_the_resident_s_words(rasa: Rasa) -> None:
    """The error may be logged, so it holds nothing of the message."""
    rasa.status = 500
    with pytest.raises(BrainError) as caught:
        Brain(rasa.url).ask("pseudonym", "mwen rele Marie", {})
    assert "Marie" not in str(caught.value) and "Marie" not in str(caught.value.__cause__)


def test_after_an_error_the_next_question_is_answered(rasa: Rasa) -> None:
    """One failure does not spoil the client."""
    brain, good = Brain(rasa.url), rasa.body
    rasa.body = b"garbage"
    with pytest.raises(BrainError):
        brain.ask("a", "hello", {})
    rasa.body = good
    assert brain.ask("a", "hello", {}) == PAYLOAD


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_machine_is_passed_by(rasa: Rasa, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """A resident's words never go to a proxy that the machine is set to use."""
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert Brain(rasa.url).ask("a", "hello", {}) == PAYLOAD


@pytest.mark.parametrize("intent, entities, command", [
    ("forget", {}, "/forget"),
    ("choose", {"number": "2"}, '/choose{"number": "2"}'),
    ("change_language", {"language": "ht"}, '/change_language{"language": "ht"}'),
], ids=["bare", "with a number", "with a language"])
def test_a_command_is_written_as_rasa_reads_it(intent: str, entities: dict[str, str], command: str) -> None:
    """The door names an intent by a slash, and its entities as JSON."""
    assert intent_message(intent, **entities) == command


def asked(rasas: dict[str, Rasa]) -> int:
    return sum(len(server.asked) for server in rasas.values())


def test_a_conversation_stays_with_its_rasa_and_all_are_used(rasas: dict[str, Rasa]) -> None:
    """What a Rasa remembers is there at the next message, whichever door process asks; the load is shared."""
    for sender in range(30):
        for _door in range(2):
            Brain(*rasas).ask(f"web-{sender}", "hello", {})
    senders = [{body["sender"] for _, body in server.asked} for server in rasas.values()]
    assert all(senders) and sum(len(group) for group in senders) == 30


def test_where_one_rasa_is_added_only_its_own_conversations_move() -> None:
    """A third of the conversations go to the third Rasa; nobody else's memory is lost."""
    two, three = ("http://a", "http://b"), ("http://a", "http://b", "http://c")
    moved = [sender for sender in map(str, range(3000)) if in_order(sender, two)[0] != in_order(sender, three)[0]]
    assert 900 < len(moved) < 1100
    assert {in_order(sender, three)[0] for sender in moved} == {"http://c"}


def test_a_rasa_that_takes_no_connection_is_passed_by(rasas: dict[str, Rasa]) -> None:
    """While one Rasa is down its conversations are answered by another one, each message once."""
    brain = Brain(unused(), unused(), *rasas)
    for sender in range(20):
        assert brain.ask(str(sender), "hello", {}) == PAYLOAD
    assert asked(rasas) == 20


FAILS: dict[str, dict[str, Any]] = {
    "it breaks off": {"breaks_off": True}, "it fails": {"status": 500}, "it answers rubbish": {"body": b"rubbish"},
}


@pytest.mark.parametrize("fails", FAILS.values(), ids=FAILS)
def test_what_was_sent_once_is_never_sent_again(rasas: dict[str, Rasa], fails: dict[str, Any]) -> None:
    """A Rasa that took the message may have answered it: another one is not asked, for nothing may happen twice."""
    for server in rasas.values():
        vars(server).update(fails)
    with pytest.raises(BrainError):
        Brain(*rasas).ask("a", "hello", {})
    assert asked(rasas) == 1


def test_a_slow_rasa_s_message_is_not_sent_again(rasas: dict[str, Rasa]) -> None:
    """Being late is no refusal."""
    for server in rasas.values():
        server.awake.clear()
    with pytest.raises(BrainError):
        Brain(*rasas, timeout=0.2).ask("a", "hello", {})
    assert asked(rasas) == 1


def test_a_rasa_that_died_between_two_messages_is_passed_by() -> None:
    """The connection that was kept open to it is found dead before anything is sent, and the message goes to the other one."""
    with serving() as left:
        with serving() as dying:
            brain = Brain(dying.url, left.url)
            sender = next(name for name in map(str, range(100)) if in_order(name, (dying.url, left.url))[0] == dying.url)
            brain.ask(sender, "first", {})
            dying.breaks_off = True
            with pytest.raises(BrainError):
                brain.ask(sender, "it dies with this", {})
        assert brain.ask(sender, "second", {}) == PAYLOAD
        assert [body["message"] for _, body in left.asked] == ["second"]
