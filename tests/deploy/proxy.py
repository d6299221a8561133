"""The real Caddy with our Caddyfile, in plain HTTP on loopback: a test needs no certificate."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.running import free_port

CADDY = shutil.which("caddy")


@dataclass(frozen=True)
class Proxy:
    """Where Caddy is, and the folder that holds everything it may write, its output among it."""

    url: str
    folder: Path

    def written(self) -> str:
        """Returns all that Caddy wrote."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.rglob("*")) if path.is_file())


@contextmanager
def proxied(root: Path, folder: Path, door: str, copy: Path | None = None) -> Iterator[Proxy]:
    """Starts Caddy before a door and ends it. folder: its home, for itself alone; copy: what is shown while the door is down."""
    port, log = free_port(), folder / "caddy.log"
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder),
        "CONFIANZA_PUBLIC_URL": f"http://127.0.0.1:{port}", "CONFIANZA_DOOR": door, "CONFIANZA_COPY": str(copy or folder / "no copy"),
        "CONFIANZA_HTTP_PORT": str(port), "CONFIANZA_HTTPS_PORT": str(free_port()),
    }
    command = [str(CADDY), "run", "--config", str(root / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=out, stderr=out)
    try:
        _wait(port, process, log)
        yield Proxy(f"http://127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text(errors="replace")
        time.sleep(0.1)
    raise AssertionError("Caddy did not start")
