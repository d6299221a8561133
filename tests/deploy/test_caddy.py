"""The real Caddy with our Caddyfile: only the public door's paths, no address passed on, nothing written, a copy while the door is down."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import requests

from bot.core.content import Content
from tests.conftest import ROOT
from tests.deploy.doorprocess import Started, started
from tests.deploy.proxy import CADDY, Proxy, proxied
from tests.running import free_port
from tests.webserver import Site, serving

pytestmark = pytest.mark.skipif(not CADDY, reason="caddy is not installed (Debian package caddy)")

# Public addresses that the internet does not get: a developer's phone, and a page that makes the brain work.
WITHHELD = {"/phone", "/health/ready"}
VALUES = {"source_id": "norwalk-2025", "topic_id": "ice_at_door", "kind": "svg", "name": "letter"}
ELSEWHERE = (
    # Rasa
    "/version", "/status", "/webhooks/rest/", "/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/domain", "/config",
    # the action server
    "/webhook", "/health", "/actions",
    # what people try everywhere
    "/.env", "/.git/config", "/admin/", "/metrics", "/debug/pprof/", "/config/", "/index.php",
    "/static/console/console.css", "/en/topics/a/b",
)
VISITOR = {"User-Agent": "Zacarias-Phone/1.0", "X-Forwarded-For": "203.0.113.77", "X-Real-Ip": "203.0.113.78",
           "Forwarded": "for=203.0.113.79", "Cookie": "session=zacarias", "Referer": "https://zacarias.example/"}


def addresses(door: str, language: str = "en") -> list[str]:
    """Returns an address of each route of a door, its parts filled in. The table is read, not imported: a process is one door only."""
    table = (ROOT / "bot" / "doors" / door / "urls.py").read_text(encoding="utf-8")
    values = {"language": language, **VALUES}
    routes = re.findall(r'\bpath\("([^"]*)"', table)
    return ["/" + re.sub(r"<\w+:(\w+)>", lambda part: values.get(part.group(1), "1"), route) for route in routes]


# What has the shape of a public address goes to the public door, which knows nothing of it.
CONSOLE = [path for path in addresses("console") if path != "/" and not re.fullmatch("/sources/[^/]+", path)]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Stands in for the door: answers any path that a test sets."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def proxy(root: Path, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with proxied(root, tmp_path_factory.mktemp("caddy"), f"127.0.0.1:{site.port}") as running:
        yield running


def status(proxy: Proxy, path: str, method: str = "GET") -> int:
    return requests.request(method, proxy.url + path, timeout=10, allow_redirects=False).status_code


def test_every_public_address_gets_through(proxy: Proxy, site: Site, content: Content) -> None:
    """Each route of the public door, in each language, reaches it; only the two withheld ones do not."""
    wanted = {path for language in content.languages for path in addresses("public", language)}
    assert len(wanted) > 100
    for path in sorted(wanted):
        site.show(path, "the door")
        assert status(proxy, path) == (404 if path in WITHHELD else 200), path
    assert wanted - {path for path, _ in site.asked} == WITHHELD


@pytest.mark.parametrize("path", [*CONSOLE, *ELSEWHERE])
def test_no_other_address_gets_through(proxy: Proxy, site: Site, path: str) -> None:
    """The console's routes, Rasa's, the action server's and what scanners try end at Caddy: the door never hears of them."""
    site.show(path, "the door")
    for method in ("GET", "POST"):
        assert status(proxy, path, method) == 404
    assert path not in site.paths()


@pytest.mark.parametrize("raw", ["/en/../try/", "/en/%2e%2e/try/", "//try/", "/en/..%2ftry/", "/EN/../admin/", "http://127.0.0.1/try/"])
def test_no_trick_with_dots_gets_through(proxy: Proxy, site: Site, raw: str) -> None:
    """A path that only looks like a public one does not reach another."""
    site.show(raw, "the door")
    host, port = proxy.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"GET {raw} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = connection.recv(65536).split(b"\r\n")[0]
    assert b" 200 " not in answer
    assert raw not in site.paths()


def test_the_door_learns_no_address(proxy: Proxy, site: Site) -> None:
    """Neither the visitor's address nor one that he or she claims, nor a cookie, reaches the door; that there is a proxy does."""
    seen: dict[str, str] = {}

    def look(handler: BaseHTTPRequestHandler) -> None:
        seen.update(handler.headers.items())
        handler.send_error(404)

    site.pages["/en/card"] = look
    requests.get(f"{proxy.url}/en/card", headers=VISITOR, timeout=10)
    assert seen["X-Forwarded-For"] == "unknown"
    assert not {"Forwarded", "X-Real-Ip", "Cookie"} & set(seen)
    assert not re.search(r"203\.0\.113|127\.0\.0\.1(?!:)", repr(seen))


def test_caddy_writes_nothing_of_a_visitor(root: Path, tmp_path: Path) -> None:
    """Where all goes well, where it refuses and where the door is down: no address, path, question or browser is written anywhere."""
    with proxied(root, tmp_path, f"127.0.0.1:{free_port()}") as proxy:
        for path in ("/en/?made=zacarias", "/zacarias", "/en/topics/zacarias", "/api/messages"):
            requests.post(proxy.url + path, data="zacarias", headers=VISITOR, timeout=20)
        host, port = proxy.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"zacarias is no HTTP\r\n\r\n")
            connection.recv(1000)
    assert "zacarias" not in proxy.written().lower()
    assert "remote" not in proxy.written()


def test_nobody_can_change_caddy_while_it_runs(proxy: Proxy) -> None:
    """Its administration port, which whoever is on the machine could use, is shut."""
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", 2019)) != 0


@pytest.fixture(scope="module")
def service(root: Path, content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Started, Proxy]]:
    """The real door behind the real Caddy."""
    folder = tmp_path_factory.mktemp("service")
    with started(Path(sys.executable).parent, root, folder, content, CONFIANZA_PUBLIC_URL="https://confianza.example") as door:
        (folder / "caddy").mkdir()
        with proxied(root, folder / "caddy", f"127.0.0.1:{door.port}") as proxy:
            yield door, proxy


def test_a_question_is_answered_through_caddy(service: tuple[Started, Proxy]) -> None:
    """A resident's question goes through both and comes back, with the door's own headers."""
    _, proxy = service
    answer = requests.post(f"{proxy.url}/api/messages", json={"message": "Will police ask my status?"}, timeout=20)
    assert answer.json()["topic"] == "police_ask_status"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Strict-Transport-Security"]
    assert "Server" not in answer.headers


@pytest.mark.parametrize(("size", "chunked", "expected"), [
    pytest.param(300, False, 200, id="a message"),
    pytest.param(65_000, False, 413, id="too long for the API"),
    pytest.param(70_000, False, 413, id="too much for the door"),
    pytest.param(100_000, False, 413, id="far too much"),
    pytest.param(300, True, 411, id="of no told length"),
    pytest.param(1_000_000, True, 411, id="much of no told length"),
])
def test_what_is_too_large_is_refused(service: tuple[Started, Proxy], size: int, chunked: bool, expected: int) -> None:
    """More than the door reads does not get past Caddy, nor what does not tell its length; what follows is answered as before."""
    _, proxy = service
    body = b'{"message": "' + b"x" * (size - 15) + b'"}'
    answer = requests.post(f"{proxy.url}/api/messages", data=iter([body]) if chunked else body, timeout=20)
    assert answer.status_code == expected
    assert requests.get(f"{proxy.url}/health/live", timeout=20).status_code == 200


def test_while_the_door_is_down_there_is_the_copy(root: Path, tmp_path: Path) -> None:
    """Who opens a page, or sends a message on one, is led to the copy's page; our script and machines get a word that they understand."""
    copy = tmp_path / "copy"
    for name in ("index.html", "es/index.html", "es/topics/ice_at_door/index.html", "static/public/page.css"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(f"copy of {name}")
    (tmp_path / "caddy").mkdir()
    with proxied(root, tmp_path / "caddy", f"127.0.0.1:{free_port()}", copy) as proxy:
        pages = {path: requests.get(proxy.url + path, timeout=20) for path in ("/es/", "/es/topics/ice_at_door", "/es/share", "/")}
        asked = requests.post(f"{proxy.url}/es/", data={"message": "hola"}, timeout=20)
        style = requests.get(f"{proxy.url}/copy/static/public/page.css", timeout=20)
        machines = [requests.post(proxy.url + path, data={"Body": "hola"}, headers=headers, timeout=20)
                    for path, headers in (("/webhooks/twilio", {}), ("/api/messages", {}), ("/es/", {"X-Part": "answer"}))]
    assert {path: page.url.removeprefix(proxy.url) for path, page in pages.items()} == {
        "/es/": "/copy/es/index.html", "/es/topics/ice_at_door": "/copy/es/topics/ice_at_door/index.html", "/es/share": "/copy/index.html",
        "/": "/copy/index.html"}
    assert asked.text == "copy of es/index.html"
    assert style.text == "copy of static/public/page.css"
    assert pages["/es/"].headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in pages["/es/"].headers["Content-Security-Policy"]
    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in machines] == [(503, "down")] * 3


def test_without_a_copy_there_is_an_error(root: Path, tmp_path: Path) -> None:
    """Where no copy was made, a page says that the service is down, and nothing else of the machine is shown."""
    with proxied(root, tmp_path, f"127.0.0.1:{free_port()}") as proxy:
        assert requests.get(f"{proxy.url}/es/", timeout=20).status_code == 503
        assert [status(proxy, path) for path in ("/copy/", "/copy/../caddy.log", "/copy/%2e%2e/caddy.log")] == [404] * 3
