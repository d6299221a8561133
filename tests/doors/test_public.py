"""The public door over real HTTP: good messages, bad input, headers, pages, privacy."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
import requests

from bot.core.content import Content
from tests.running import Service

pytestmark = pytest.mark.rasa

BAD = {
    "empty": ({"message": ""}, 400, "empty"),
    "blank": ({"message": " \u3000\n\t "}, 400, "empty"),
    "control characters only": ({"message": "\x00\x01\x1b"}, 400, "empty"),
    "no message": ({}, 400, "empty"),
    "100,000 characters": ({"message": "x" * 50_000 + "é" * 50_000}, 413, "too-long"),
    "2,001 characters": ({"message": "x" * 2001}, 413, "too-long"),
    "/restart": ({"message": "/restart"}, 400, "command"),
    "an intent": ({"message": "/ice_at_door"}, 400, "command"),
    "an intent behind spaces": ({"message": "  /choose{\"number\": \"1\"}"}, 400, "command"),
    "an intent behind a zero byte": ({"message": "\x00/restart"}, 400, "command"),
    "unknown language": ({"message": "hi", "language": "xx"}, 400, "language"),
    "unknown town": ({"message": "hi", "town": "springfield"}, 400, "town"),
    "unknown topic": ({"topic": "session_start"}, 400, "topic"),
    "a command as topic": ({"topic": "/restart"}, 400, "topic"),
    "a topic with entities": ({"topic": "greet{\"town\": \"x\"}"}, 400, "topic"),
    "forged conversation": ({"message": "hi", "conversation": "abc:def"}, 400, "conversation"),
    "endless conversation": ({"message": "hi", "conversation": "a" * 5000}, 400, "conversation"),
    "message is a number": ({"message": 5}, 400, "request"),
    "message is a list": ({"message": ["hi"]}, 400, "request"),
    "conversation is an object": ({"message": "hi", "conversation": {}}, 400, "request"),
}
ODD = {
    "emoji only": "😀🙏🏽👮",
    "HTML and script": "<script>alert(1)</script><b>police</b>",
    "SQL": "'; DROP TABLE residents; --",
    "braces": "{0} {town} %s %(x)s ${HOME} {{ settings.SECRET_KEY }}",
    "right-to-left override": "\u202egnp.eciloP\u202c will police ask my status",
    "a lone surrogate's replacement": "police \ufffd\ufffd ask",
    "many lines": "will\n\n\npolice\n\nask my status?",
    "zero-width joiners": "po\u200dlice ask my sta\u200btus?",
    "very long word": "a" * 1999,
    "Persian, a language we lack": "آیا پلیس از من مدارک می‌خواهد؟",
    "Russian, a language we lack": "Полиция спросит мои документы?",
}


@pytest.mark.parametrize("body, status, code", BAD.values(), ids=BAD)
def test_bad_input_is_a_clear_error(body: dict[str, Any], status: int, code: str, service: Service) -> None:
    """Bad input gets its status and {error: {code, message}}, never a stack trace."""
    response = requests.post(f"{service.url}/api/messages", json=body, timeout=20)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert "Traceback" not in response.text


@pytest.mark.parametrize("message", ODD.values(), ids=ODD)
def test_odd_input_gets_a_normal_reply(message: str, service: Service) -> None:
    """Whatever people type is answered: a topic, a question back, or "I cannot help with that"."""
    answer = service.ask(message=message)
    assert answer["reply"]["text"]
    assert "{" not in answer["reply"]["text"]


RAW = {
    "no JSON": (b"message=hi", 400),
    "invalid UTF-8": (b'{"message": "\xff\xfe"}', 400),
    "an array": (b"[]", 400),
    "null": (b"null", 400),
    "nesting without end": (b"[" * 30_000, 400),
    "nothing": (b"", 400),
    "70 kB": (b'{"message": "' + b"x" * 70_000 + b'"}', 413),
}


@pytest.mark.parametrize("body, status", RAW.values(), ids=RAW)
def test_broken_bodies(body: bytes, status: int, service: Service) -> None:
    """A body that is no message is refused, in JSON."""
    response = requests.post(f"{service.url}/api/messages", data=body, headers={"Content-Type": "application/json"}, timeout=20)
    assert response.status_code == status
    assert response.json()["error"]["code"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_wrong_method(method: str, service: Service) -> None:
    """Only POST asks; anything else is 405 with what is allowed."""
    response = requests.request(method, f"{service.url}/api/messages", timeout=20)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"


def test_the_contracts_fields(service: Service) -> None:
    """An answer has exactly the fields that others rely on, and quotations and contacts have theirs."""
    answer = service.ask(message="Will police in New Haven ask about my status?", language="es")
    assert set(answer) == {"conversation", "language", "direction", "topic", "confidence", "reply"}
    reply = answer["reply"]
    assert set(reply) >= {"text", "steps", "quotes", "laws", "caution", "contacts", "suggestions"}
    wanted = {"id", "text", "lang", "translation", "speaker", "role", "document", "publisher", "date", "url", "kind"}
    assert all(set(q) >= wanted for q in reply["quotes"])
    assert reply["quotes"]
    assert all(set(c) >= {"id", "name", "phone", "phone_display", "url", "notes", "checked_on"} for c in reply["contacts"])
    assert all(set(s) == {"topic", "label"} for s in reply["suggestions"])


def test_conversations_stay_apart(service: Service) -> None:
    """Two people at once never get each other's town."""
    towns = ("westport", "norwalk")
    tokens = {town: service.ask(message=f"I live in {town}")["conversation"] for town in towns}
    seen: list[tuple[str, str]] = []

    def ask(town: str) -> None:
        for _ in range(10):
            answer = service.ask(message="will police ask my status?", conversation=tokens[town])
            seen.append((town, answer["reply"]["town"]))

    threads = [threading.Thread(target=ask, args=(town,)) for town in towns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(set(seen)) == [("norwalk", "norwalk"), ("westport", "westport")]


def test_a_changed_token_is_nobodys_conversation(service: Service) -> None:
    """A token changed in one letter is refused: nobody can guess his way into a conversation."""
    token = service.ask(message="hello")["conversation"]
    changed = ("b" if token[0] == "a" else "a") + token[1:]
    response = requests.post(f"{service.url}/api/messages", json={"message": "hi", "conversation": changed}, timeout=20)
    assert response.json()["error"]["code"] == "conversation"


def test_negotiated_language(service: Service) -> None:
    """The root page leads to the first of our languages that the browser asks for."""
    table = {"ht,fr;q=0.8": "/ht/", "zh-TW,zh;q=0.9": "/zh/", "de,fr-CA;q=0.5": "/fr/", "xx": "/en/", "": "/en/", "garbage;;q==": "/en/"}
    for header, wanted in table.items():
        response = requests.get(f"{service.url}/", headers={"Accept-Language": header}, allow_redirects=False, timeout=20)
        assert (response.status_code, response.headers["Location"]) == (302, wanted), header


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ht", "zh", "ar", "pl"])
def test_the_page_works_as_a_plain_form(language: str, service: Service, content: Content) -> None:
    """Without a script the form is posted and the answer stands in the page, in its language and direction."""
    topic = content.topics["ice_at_door"]
    response = requests.post(f"{service.url}/{language}/", data={"topic": "ice_at_door", "message": "", "town": "norwalk"}, timeout=20)
    assert response.status_code == 200
    assert f'lang="{language}" dir="{content.languages[language].direction}"' in response.text
    first = content.say(language, topic.id, topic.first or "").text
    assert first.split(".")[0].split("。")[0] in response.text.replace("&#x27;", "'").replace("&quot;", '"')
    assert "tel:" in response.text


def test_quotations_carry_their_own_language(service: Service) -> None:
    """An English quotation inside an Arabic page is marked as English and left-to-right."""
    response = requests.post(f"{service.url}/ar/", data={"topic": "is_ice_local_police", "message": "", "town": "westport"}, timeout=20)
    assert '<blockquote lang="en" dir="ltr">' in response.text


def test_the_page_escapes_what_people_type(service: Service) -> None:
    """Typed markup comes back as text."""
    response = requests.post(f"{service.url}/en/", data={"message": "<script>alert(1)</script> police"}, timeout=20)
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("data, status", [({"message": ""}, 400), ({"message": "/restart"}, 400), ({"message": "x" * 3000}, 413),
                                          ({"message": "hi", "town": "nowhere"}, 400), ({"message": "hi", "conversation": "x:y"}, 400)])
def test_form_errors_are_pages(data: dict[str, str], status: int, service: Service) -> None:
    """Bad form input gives the page again with one sentence that says what to do."""
    response = requests.post(f"{service.url}/es/", data=data, timeout=20)
    assert response.status_code == status
    assert 'role="alert"' in response.text


def test_the_language_menu_works_without_a_script(service: Service) -> None:
    """Choosing a language shows the page in it and is remembered as a choice."""
    response = requests.post(f"{service.url}/ar/", data={"chosen": "ar"}, timeout=20)
    assert response.status_code == 200
    assert 'name="chosen" value="ar"' in response.text
    assert '<html lang="ar" dir="rtl">' in response.text


@pytest.mark.parametrize("path", ["/xx/", "/en/nowhere", "/etc/passwd", "/%00/", "/en/../../secret"])
def test_unknown_pages(path: str, service: Service) -> None:
    """An unknown address is a plain 404."""
    assert requests.get(f"{service.url}{path}", timeout=20).status_code == 404


@pytest.mark.parametrize("path", ["/en/", "/health/live", "/api/messages", "/nowhere"])
def test_headers(path: str, service: Service) -> None:
    """Nothing is cached, framed, sniffed, referred or set as a cookie; nothing comes from elsewhere."""
    headers = requests.get(f"{service.url}{path}", timeout=20).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_no_third_party(service: Service) -> None:
    """The page loads nothing from any other host; the one link that leads away is the way out."""
    page = requests.get(f"{service.url}/en/", timeout=20).text
    away = re.findall(r'<[^>]*(?:src|href)="(?:https?:)?//[^>]*>', page)
    assert [tag for tag in away if 'class="exit"' not in tag] == []


def test_ready_means_answering(service: Service) -> None:
    """Ready is said only where a question is answered."""
    assert requests.get(f"{service.url}/health/ready", timeout=20).json() == {"status": "ready", "content": "current"}
    assert requests.get(f"{service.url}/health/live", timeout=20).json() == {"status": "live"}


def test_nothing_of_a_resident_is_written(service: Service) -> None:
    """After 40 messages, neither a message nor an address stands in any log or file that the service keeps."""
    marker = "zebrafish"
    for number in range(40):
        service.ask(message=f"my name is {marker}{number}, will police ask my papers", town="norwalk")
    requests.post(f"{service.url}/api/messages", data=f"{{{marker}", timeout=20)
    requests.get(f"{service.url}/{marker}/", timeout=20)
    written = [service.log, *service.state.rglob("*")]
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in written if p.is_file()]
    assert any('"event": "answer"' in text for text in texts)
    assert not [t for t in texts if marker in t]
