"""One request for one page: within its time and size, to public addresses only. Redirects are not followed here."""

from __future__ import annotations

import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass, replace
from threading import Thread
from urllib.parse import urljoin

import requests
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError

from bot.sources.connecting import NotPublicError, PublicAdapter, is_public, is_public_or_loopback

AGENT = "Confianza-source-watch"
REDIRECTS = (301, 302, 303, 307, 308)
NOT_PUBLIC, TOO_LARGE, TOO_SLOW = "address is not public", "page is too large", "no answer in time"


@dataclass(frozen=True)
class Manners:
    """How we visit, in seconds and bytes; whole: all requests of one page together, rests not counted; loopback: for tests."""

    agent: str = f"{AGENT}/0.1"
    silence: float = 10.0
    whole: float = 30.0
    most_bytes: int = 5_000_000
    most_redirects: int = 5
    rest: float = 2.0
    loopback: bool = False

    def named(self, public_url: str) -> Manners:
        """Returns the same manners with an agent's name that leads to us."""
        return replace(self, agent=f"{AGENT}/0.1 (+{public_url})")


@dataclass(frozen=True)
class Answer:
    """What one request brought: a status with its body, or the address it leads on to, or trouble."""

    status: int | None = None
    type: str = ""
    encoding: str = ""
    body: bytes = b""
    target: str = ""
    trouble: str = ""


def ask(address: str, manners: Manners, seconds: float) -> Answer:
    """Returns the answer to one request, within the seconds: it runs on a thread of its own, as a resolver knows no time-out."""
    future: Future[Answer] = Future()

    def work() -> None:
        try:
            future.set_result(_request(address, manners, seconds))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=work, daemon=True).start()
    try:
        return future.result(timeout=max(seconds, 0.0))
    except TooSlow:
        return Answer(trouble=TOO_SLOW)
    except NotPublicError:
        return Answer(trouble=NOT_PUBLIC)
    except requests.Timeout:
        return Answer(trouble=TOO_SLOW)
    except (requests.RequestException, HTTPError, UnicodeError, OSError):
        return Answer(trouble="no connection")


def _request(address: str, manners: Manners, seconds: float) -> Answer:
    until = time.monotonic() + seconds
    with requests.Session() as session:
        session.trust_env = False  # no proxy that would connect for us, no passwords from .netrc
        adapter = PublicAdapter(is_public_or_loopback if manners.loopback else is_public)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        headers = {"User-Agent": manners.agent, "Accept-Encoding": "gzip", "Accept": "text/html, text/plain, */*;q=0.5"}
        with session.get(address, headers=headers, timeout=manners.silence, stream=True, allow_redirects=False) as response:
            target = session.get_redirect_target(response) if response.status_code in REDIRECTS else None
            kind, _, rest = response.headers.get("Content-Type", "text/html").partition(";")
            encoding = rest.partition("charset=")[2].split(";")[0].strip(" \"'")
            leads_to = requote_uri(urljoin(address, target)) if target else ""
            answer = Answer(response.status_code, kind.strip().lower(), encoding, target=leads_to)
            return answer if target else _with_body(answer, response, manners.most_bytes, until)


def _with_body(answer: Answer, response: requests.Response, most: int, until: float) -> Answer:
    """Reads what comes as it comes: a body that drips is left when the time is over."""
    body = bytearray()
    while piece := response.raw.read1(65536, decode_content=True):
        body += piece
        if len(body) > most:
            return replace(answer, trouble=TOO_LARGE)
        if time.monotonic() > until:
            return replace(answer, trouble=TOO_SLOW)
    return replace(answer, body=bytes(body))
