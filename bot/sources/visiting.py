"""Visits a page politely: robots.txt is respected, a host has its rest between requests, and no page can hold us up or fill the memory."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from bot.core.drift import BARRED, FAILED, GONE, PAGE, Visit, page_digest
from bot.sources.asking import AGENT, NOT_PUBLIC, TOO_LARGE, Answer, Manners, ask
from bot.sources.visible import decoded, visible

PERMANENT = (301, 308)
MOST_CRAWL_DELAY = 30.0
# Why we may not read a page, in words for the editor; any other trouble is a failed visit.
NOT_HTTP, ROBOTS = "not a web address", "robots.txt says no"
_BARRING = (NOT_HTTP, NOT_PUBLIC, ROBOTS, TOO_LARGE)


@dataclass
class Visitor:
    """Visits pages one after the other; remembers for its lifetime what robots.txt says and when each host was last asked."""

    manners: Manners
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def visit(self, address: str) -> Visit:
        """Returns what stands at an address; whatever goes wrong is said in the visit."""
        answer, moved_to = self._follow(address, obey=True)
        if answer.trouble:
            return Visit(BARRED if answer.trouble in _BARRING else FAILED, answer.status, trouble=answer.trouble)
        if answer.status in (404, 410):
            return Visit(GONE, answer.status, trouble="there is no such page")
        if answer.status in (401, 403, 451):
            return Visit(BARRED, answer.status, trouble=f"the site refuses ({answer.status})")
        if answer.status != 200:
            return Visit(FAILED, answer.status, trouble=f"the site answers {answer.status}")
        return _page(answer, moved_to if another(address, moved_to) else "")

    def _follow(self, address: str, obey: bool) -> tuple[Answer, str]:
        """Returns the last answer of a chain of redirects, and where the permanent ones at its beginning lead."""
        left, moved_to, permanent = self.manners.whole, address, True
        for _ in range(self.manners.most_redirects + 1):
            trouble = self._objection(address, obey)
            if trouble:
                return Answer(trouble=trouble), moved_to
            self._give_rest(address)
            begun = time.monotonic()
            answer = ask(address, self.manners, left)
            left -= time.monotonic() - begun
            if not answer.target:
                return answer, moved_to
            address, permanent = answer.target, permanent and answer.status in PERMANENT
            moved_to = address if permanent else moved_to
        return Answer(trouble="too many redirects"), moved_to

    def _objection(self, address: str, obey: bool) -> str:
        try:
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.port == 0:
                return NOT_HTTP
        except ValueError:
            return NOT_HTTP
        if not obey:
            return ""
        robots = self._rules(f"{parts.scheme}://{parts.netloc}")
        if robots is None:
            return "the site does not answer (robots.txt cannot be read)"
        return "" if robots.can_fetch(AGENT, address) else ROBOTS

    def _rules(self, site: str) -> RobotFileParser | None:
        if site not in self._robots:
            answer, _ = self._follow(f"{site}/robots.txt", obey=False)
            self._robots[site] = rules(answer)
        return self._robots[site]

    def _give_rest(self, address: str) -> None:
        """Waits until the host has had its rest, as long as its robots.txt asks for."""
        parts = urlsplit(address)
        host, known = parts.hostname or "", self._robots.get(f"{parts.scheme}://{parts.netloc}")
        delay = float((known and known.crawl_delay(AGENT)) or 0)
        wait = self._asked.get(host, -1e9) + max(self.manners.rest, min(delay, MOST_CRAWL_DELAY)) - time.monotonic()
        if wait > 0:
            self.sleep(wait)
        self._asked[host] = time.monotonic()


def rules(answer: Answer) -> RobotFileParser | None:
    """Returns what a site's robots.txt says, or None where it cannot be had now. Refused: nothing is allowed. Absent: everything is."""
    found = RobotFileParser()
    if answer.status == 200 and not answer.trouble:
        found.parse(decoded(answer.body, answer.encoding).splitlines())
    elif answer.status in (401, 403):
        found.disallow_all = True  # type: ignore[attr-defined]
    # An address that may not be reached says so itself, asked for the page.
    elif answer.trouble == NOT_PUBLIC or (answer.status in range(400, 500) and answer.status != 429):
        found.allow_all = True  # type: ignore[attr-defined]
    else:
        return None
    return found


def another(address: str, target: str) -> bool:
    """True where a target is another page; the same one by https, or with a slash more or less, is not."""
    def bare(url: str) -> str:
        return urldefrag(url).url.partition("://")[2].rstrip("/")

    return bare(address) != bare(target)


def _page(answer: Answer, moved_to: str) -> Visit:
    if not answer.type.startswith("text/") and "html" not in answer.type and "xml" not in answer.type:
        return Visit(PAGE, answer.status, hashlib.sha256(answer.body).hexdigest(), None, moved_to)
    text = visible(answer.body, answer.encoding, plain=answer.type == "text/plain")
    return Visit(PAGE, answer.status, page_digest(text), text, moved_to)
