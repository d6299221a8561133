"""A real web server on loopback whose pages tests set and change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Pages by path; asked: every request's path and agent; start: when."""

    port: int
    pages: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def show(self, path: str, body: str | bytes, status: int = 200, kind: str = "text/html", **headers: str) -> None:
        """Sets a page."""
        raw = body if isinstance(body, bytes) else body.encode()

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(raw)), **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(raw)

        self.pages[path] = answer

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.show(path, "", status, Location=target)


@contextmanager
def serving() -> Iterator[Site]:
    """Gives a site that answers 404 to what is not set."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("User-Agent", "")))
            with suppress(OSError):
                if self.path in site.pages:
                    site.pages[self.path](self)
                else:
                    self.send_error(404)

        do_POST = do_GET  # noqa: N815  (the library's name)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
