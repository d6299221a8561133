"""Visits to a real server: politely, briefly, and whatever the server does, the visit comes back with a value."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from bot.core.drift import BARRED, FAILED, GONE, PAGE, Visit
from bot.sources.asking import Manners
from bot.sources.visiting import Visitor, another
from tests.webserver import Site, serving

QUICK = Manners(silence=0.3, whole=0.8, most_bytes=50_000, rest=0, loopback=True).named("https://confianza.example")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as started:
        yield started


def visit(site: Site, path: str = "/page", manners: Manners = QUICK) -> Visit:
    return Visitor(manners).visit(site.address(path))


def test_a_page_is_read_as_a_reader_sees_it(site: Site) -> None:
    """The visit has the words of the page, and the site learns who asked."""
    site.show("/page", "<nav>Menu</nav><p>We don’t ask.</p>")
    found = visit(site)
    assert (found.outcome, found.status, found.text) == (PAGE, 200, "We don’t ask.")
    assert site.asked == [("/robots.txt", a := "Confianza-source-watch/0.1 (+https://confianza.example)"), ("/page", a)]


@pytest.mark.parametrize("body, kind, words", [
    pytest.param("أوراق".encode("cp1256"), "text/html; charset=windows-1256", "أوراق", id="arabic in windows-1256"),
    pytest.param('<meta charset="big5">身份'.encode("big5"), "text/html", "身份", id="chinese by its own word"),
    pytest.param("don’t".encode("cp1252"), 'text/html; charset="iso-8859-1"', "don’t", id="latin-1"),
    pytest.param(b"a <b> c", "text/plain; charset=utf-8", "a <b> c", id="plain text"),
    pytest.param(b"%PDF-1.7", "application/pdf", None, id="no text"),
])
def test_pages_of_other_kinds(site: Site, body: bytes, kind: str, words: str | None) -> None:
    """Other encodings are read; what is no text has a hash only."""
    site.show("/page", body, kind=kind)
    found = visit(site)
    assert found.text == words and len(found.digest) == 64


@pytest.mark.parametrize("status, outcome", [
    (404, GONE), (410, GONE), (401, BARRED), (403, BARRED), (451, BARRED), (500, FAILED), (503, FAILED), (429, FAILED), (418, FAILED),
])
def test_what_a_status_means(site: Site, status: int, outcome: str) -> None:
    """Gone is only what the server says is gone; a refusal is a refusal; all else may be better tomorrow."""
    site.show("/page", "words", status)
    found = visit(site)
    assert (found.outcome, found.status) == (outcome, status)


@pytest.mark.parametrize("chain, moved_to", [
    pytest.param([(301, "/new")], "/new", id="permanent"),
    pytest.param([(308, "/new")], "/new", id="permanent too"),
    pytest.param([(302, "/new")], "", id="for now"),
    pytest.param([(301, "/a"), (302, "/new")], "/a", id="permanent, then for now"),
    pytest.param([(302, "/a"), (301, "/new")], "", id="for now, then permanent"),
    pytest.param([(301, "/page/")], "", id="a slash more is the same page"),
])
def test_redirects(site: Site, chain: list[tuple[int, str]], moved_to: str) -> None:
    """A page has moved where the redirects at the beginning are permanent; its words are those at the end."""
    place = "/page"
    for status, target in chain:
        site.redirect(place, target, status)
        place = target
    site.show(place, "words")
    found = visit(site)
    assert found.text == "words" and found.moved_to == (site.address(moved_to) if moved_to else "")


@pytest.mark.parametrize("hops, outcome", [(5, PAGE), (6, FAILED)])
def test_at_most_five_redirects(site: Site, hops: int, outcome: str) -> None:
    """Five redirects are followed, a sixth is not."""
    for n in range(hops):
        site.redirect(f"/{n}", f"/{n + 1}")
    site.show(f"/{hops}", "words")
    assert visit(site, "/0").outcome == outcome


@pytest.mark.parametrize("target, trouble", [
    ("http://10.0.0.1/", "address is not public"), ("http://169.254.169.254/latest/meta-data/", "address is not public"),
    ("file:///etc/passwd", "not a web address"), ("http://u:p@example.org/", "not a web address"),
])
def test_a_redirect_leads_nowhere_inside(site: Site, target: str, trouble: str) -> None:
    """Each hop is judged like the link itself."""
    site.redirect("/page", target)
    found = visit(site)
    assert (found.outcome, found.trouble) == (BARRED, trouble)


@pytest.mark.parametrize("packed", [False, True], ids=["as it is", "packed"])
def test_a_huge_page_is_left(site: Site, packed: bool) -> None:
    """Reading ends at the limit, counted after unpacking."""
    body = b"words " * 10_000_000
    site.show("/page", gzip.compress(body) if packed else body, **({"Content-Encoding": "gzip"} if packed else {}))
    assert (found := visit(site)).outcome == BARRED and found.trouble == "page is too large"


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(30):
        handler.wfile.write(b"X-%d: x\r\n" % n)
        time.sleep(0.1)


def dripping_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(30):
        handler.wfile.write(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize("slow", [silent, dripping_headers, dripping_body])
def test_a_slow_page_is_left(site: Site, slow: object) -> None:
    """Silence ends after its time; one that drips a byte now and then ends with the whole time."""
    site.pages["/page"] = slow  # type: ignore[assignment]
    begun = time.monotonic()
    found = visit(site)
    assert (found.outcome, found.trouble) == (FAILED, "no answer in time") and time.monotonic() - begun < 1.4


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01\x02")


@pytest.mark.parametrize("broken", [broken, nonsense])
def test_a_broken_answer_is_a_failed_visit(site: Site, broken: object) -> None:
    """Half a page is not compared with a whole one."""
    site.pages["/page"] = broken  # type: ignore[assignment]
    assert visit(site).outcome == FAILED


def test_nobody_there_is_a_failed_visit(site: Site) -> None:
    """A closed port and a name that does not exist are failed visits."""
    assert Visitor(QUICK).visit("http://127.0.0.1:9/").outcome == FAILED
    assert Visitor(QUICK).visit(f"http://{'a' * 70}.example/").outcome == FAILED


@pytest.mark.parametrize("robots, status, outcome", [
    pytest.param("User-agent: *\nDisallow: /page", 200, BARRED, id="forbidden to all"),
    pytest.param("User-agent: Confianza-source-watch\nDisallow: /", 200, BARRED, id="forbidden to us"),
    pytest.param("User-agent: *\nDisallow: /private", 200, PAGE, id="another path"),
    pytest.param("User-agent: Other\nDisallow: /", 200, PAGE, id="another agent"),
    pytest.param("", 404, PAGE, id="absent"), pytest.param("", 403, BARRED, id="refused"), pytest.param("", 500, FAILED, id="broken"),
])
def test_robots(site: Site, robots: str, status: int, outcome: str) -> None:
    """What robots.txt forbids is never asked for."""
    site.show("/robots.txt", robots, status, "text/plain")
    site.show("/page", "words")
    assert visit(site).outcome == outcome and ("/page" in site.paths()) is (outcome == PAGE)


def test_robots_count_after_a_redirect(site: Site) -> None:
    """A redirect does not lead around robots.txt."""
    site.show("/robots.txt", "User-agent: *\nDisallow: /private", kind="text/plain")
    site.redirect("/page", "/private")
    assert visit(site).outcome == BARRED and "/private" not in site.paths()


@pytest.mark.parametrize("robots, rest", [("", 2.0), ("User-agent: *\nCrawl-delay: 7", 7.0), ("User-agent: *\nCrawl-delay: 9999", 30.0)])
def test_a_host_has_its_rest(site: Site, robots: str, rest: float) -> None:
    """Two seconds lie between requests to one host, or as many as it asks for, up to thirty; robots.txt is read once."""
    site.show("/robots.txt", robots, kind="text/plain")
    site.show("/a", "words")
    site.show("/b", "words")
    slept: list[float] = []
    visitor = Visitor(Manners(loopback=True), slept.append)
    for path in ("/a", "/b"):
        assert visitor.visit(site.address(path)).outcome == PAGE
    assert slept == pytest.approx([rest, rest], abs=0.5) and site.paths() == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("address, target, is_another", [
    ("http://a.org/x", "https://a.org/x", False),
    ("http://a.org/x", "http://a.org/x/#top", False), ("http://a.org", "http://a.org/", False),
    ("http://a.org/x", "http://a.org/", True), ("http://a.org/x", "http://www.a.org/x", True), ("http://a.org/x", "http://a.org/x?y", True),
])
def test_what_is_another_page(address: str, target: str, is_another: bool) -> None:
    """The same page by https or with a slash is no move."""
    assert another(address, target) is is_another
