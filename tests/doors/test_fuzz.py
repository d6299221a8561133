"""Ten thousand odd requests: none ends in a 500, whatever a browser or a scanner sends."""

from __future__ import annotations

import logging
import random
from collections import Counter
from urllib.parse import quote

from bot.core.content import Content
from tests.doors.conftest import Door

REQUESTS = 10_000
PIECES = (
    "en",
    "es",
    "ar",
    "xx",
    "",
    "topics",
    "sources",
    "card",
    "share",
    "privacy",
    "keep",
    "helped",
    "static",
    "public",
    "page.css",
    "..",
    "%2e%2e",
    "api",
    "messages",
    "webhooks",
    "twilio",
    "phone",
    "leave",
    "sw.js",
    "health",
    "ready",
    "ice_at_door",
    "westport-2019",
    "code.svg",
    "code.png",
    "\u202e",
    "中文",
    "%00",
    "%ff",
    "a" * 300,
    "<script>",
    "{{7*7}}",
    "'",
    '"',
    ";",
    "\\",
    "wp-admin.php",
    ".env",
    ".git",
    "__init__.py",
)
TEXTS = (
    "",
    "hello",
    "¿policía?",
    "/restart",
    "\x00",
    "\ud7ff",
    "💣" * 700,
    "x" * 3000,
    "<b>x</b>",
    "{town}",
    "%s%n",
    "2",
    "stop",
    "../../etc/passwd",
    "العربية",
)
KEYS = (
    "message",
    "conversation",
    "language",
    "chosen",
    "town",
    "topic",
    "helped",
    "made",
    "second",
    "bubbles",
    "channel",
    "",
    "__proto__",
    "message[]",
)
HEADERS = {
    "Accept-Language": ("", "es", "*", "xx-yy;q=2", "a" * 3000, "ar;q=0.1,zh"),
    "X-Part": ("answer", "x"),
    "Host": ("x", "127.0.0.1", "evil.example:99999"),
    "Content-Encoding": ("gzip", "br"),
    "Range": ("bytes=0-1", "bytes=9-"),
    "If-Modified-Since": ("never",),
    "X-Forwarded-For": ("' OR 1=1",),
    "Cookie": ("a=b; sessionid=x", "=;;="),
    "Accept": ("application/json", "image/webp"),
}
KINDS = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=b",
    "text/plain",
    "application/json; charset=utf-99",
    "",
)


def test_no_request_is_a_server_error(door: Door, content: Content) -> None:
    """Paths, queries, forms, JSON, headers and methods drawn with a fixed seed."""
    chance = random.Random(20261122)
    logging.disable(logging.CRITICAL)
    try:
        statuses = Counter(_send(door, chance) for _ in range(REQUESTS))
    finally:
        logging.disable(logging.NOTSET)
    assert sum(statuses.values()) == REQUESTS
    assert not [status for status in statuses if status >= 500 and status != 503], statuses
    assert len(statuses) >= 5, "the requests are too much alike"


def _send(door: Door, chance: random.Random) -> int:
    path = "/" + "/".join(chance.choice(PIECES) for _ in range(chance.randint(0, 4)))
    if chance.random() < 0.5:
        path += "/"
    path = quote(path, safe="/%") if chance.random() < 0.5 else path.replace("\x00", "")
    pairs = "&".join(f"{quote(chance.choice(KEYS))}={quote(chance.choice(TEXTS))}" for _ in range(chance.randint(0, 5)))
    headers = {name: chance.choice(values) for name, values in HEADERS.items() if chance.random() < 0.15}
    body = chance.choice(
        (pairs, pairs.encode() + b"\xff\xfe%ff", '{"message": "hi"}', '{"message": [', "[]", "null", '{"topic": "trust_act"}', b"\x00\x01")
    )
    method = chance.choice(("GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW"))
    response = door.client.generic(
        method, f"{path}?{pairs}" if chance.random() < 0.5 else path, data=body, content_type=chance.choice(KINDS), headers=headers
    )
    assert b"Traceback" not in response.content if not response.streaming else True
    return int(response.status_code)
