"""Says messages as phones' providers and browsers do, over loopback, and keeps what came back and when."""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import aiohttp
from raid.crowd import API, SMS, Script

from bot.settings import Settings
from bot.simulator import PATH, Phone, received

# A provider waits 15 s for a webhook's answer; a browser longer, but nobody looks at the page for longer.
PROVIDER_SECONDS, BROWSER_SECONDS = 15.0, 20.0
GONE = -1  # the client closed the connection itself
SLOW_PARTS, SLOW_PAUSE, SLOW_BYTES = 4, 0.3, 8192
FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(r'data-conversation="([^"]*)"')
_ASKED = re.compile(r'class="asked".*?<span dir="auto">(.*?)</span>', re.DOTALL)
_LANGUAGE = re.compile(r'<article class="exchange" lang="(\w+)"')


@dataclass(frozen=True)
class Heard:
    """What came back for one message: an HTTP status (0: nothing came, -1: nobody waited), and what was said.

    texts: the phone's messages, or the one answer of the web without what differs from chat to chat; language: what the answer says
    that it is in ("" by phone); token: the chat that it belongs to; asked: the question that the page repeats.
    """

    status: int
    texts: tuple[str, ...] = ()
    language: str = ""
    token: str = ""
    asked: str = ""
    short: bool = False


@dataclass(frozen=True)
class Said:
    """One message on its way: who says which line in which chat, and how."""

    script: Script
    text: str
    phone: str = ""
    receipt: str = ""
    token: str = ""
    manner: str = "plain"


class Talker:
    """Sends messages; make one within a running loop and close it there."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._address = f"http://127.0.0.1:{settings.public_port}"
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), trust_env=False)

    async def close(self) -> None:
        await self._session.close()

    async def say(self, said: Said) -> tuple[Heard, float]:
        """Sends one message and returns what came back, and the seconds it took."""
        path, head, body = self._request(said)
        started = time.perf_counter()
        try:
            if said.manner == "plain":
                status, text = await self._plainly(path, head, body, PROVIDER_SECONDS if said.script.channel == SMS else BROWSER_SECONDS)
            else:
                status, text = await asyncio.wait_for(self._by_hand(path, head, body, said.manner), BROWSER_SECONDS)
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, ValueError):
            return Heard(0), time.perf_counter() - started
        return read(said.script.channel, status, text), time.perf_counter() - started

    def _request(self, said: Said) -> tuple[str, dict[str, str], bytes]:
        script = said.script
        if script.channel == SMS:
            phone = Phone(self._settings, said.phone)
            form = phone.form(said.text, MessageSid=said.receipt)
            return PATH, {"Content-Type": FORM, "X-Twilio-Signature": phone.signature(form)}, urlencode(form).encode()
        town = {"town": script.town} if script.town else {}
        if script.channel == API:
            body = {"message": said.text, "conversation": said.token, "language": script.language, **town}
            return "/api/messages", {"Content-Type": "application/json"}, json.dumps(body).encode()
        form = {"message": said.text, "conversation": said.token, "chosen": script.language, **town}
        return f"/{script.language}/", {"Content-Type": FORM, "X-Part": "answer"}, urlencode(form).encode()

    async def _plainly(self, path: str, head: dict[str, str], body: bytes, seconds: float) -> tuple[int, str]:
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with self._session.post(self._address + path, data=body, headers=head, timeout=timeout) as response:
            return response.status, await response.text()

    async def _by_hand(self, path: str, head: dict[str, str], body: bytes, manner: str) -> tuple[int, str]:
        """Slowly, in parts, with pauses while sending and while reading; or all at once, and gone before the answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._settings.public_port)
        try:
            lines = [f"POST {path} HTTP/1.0", "Host: localhost", f"Content-Length: {len(body)}",  # 1.0: the answer ends with the connection
                     *[f"{name}: {value}" for name, value in head.items()]]
            writer.write("\r\n".join([*lines, "", ""]).encode())
            step = max(1, len(body) // SLOW_PARTS) if manner == "slow" else len(body)
            for start in range(0, len(body), step):
                writer.write(body[start:start + step])
                await writer.drain()
                await asyncio.sleep(SLOW_PAUSE if manner == "slow" else 0)
            return (GONE, "") if manner == "broken" else await _slowly(reader)
        finally:
            writer.close()


async def _slowly(reader: asyncio.StreamReader) -> tuple[int, str]:
    head, body = await reader.readuntil(b"\r\n\r\n"), b""
    while part := await reader.read(SLOW_BYTES):
        body += part
        await asyncio.sleep(SLOW_PAUSE)
    return int(head.split()[1]), body.decode()


def read(channel: str, status: int, text: str) -> Heard:
    """Reads what came back on a channel; raises ValueError where it is not of the form that was promised."""
    if status != 200:
        return Heard(status)
    if channel == SMS:
        try:
            return Heard(status, tuple(message.text for message in received(text)))
        except ElementTree.ParseError as error:
            raise ValueError("no TwiML came back") from error
    return _object(json.loads(text)) if channel == API else _page(text)


def _object(answer: dict[str, Any]) -> Heard:
    reply = answer["reply"]
    said = json.dumps([answer["language"], answer["topic"], reply], ensure_ascii=False, sort_keys=True)
    return Heard(200, (said,), answer["language"], answer["conversation"], short=not answer["confidence"])


def _page(text: str) -> Heard:
    token, asked, language = _TOKEN.search(text), _ASKED.search(text), _LANGUAGE.search(text)
    if not (token and asked and language):
        raise ValueError("no answer stands on the page")
    said = text.replace(token[1], "TOKEN")
    return Heard(200, (said,), language[1], html.unescape(token[1]), html.unescape(asked[1]))
