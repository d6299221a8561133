"""One running service for all claims: in a network of its own, with marked secrets, after a thousand people have asked."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests import servers
from tests.running import Service, running
from tests.threats import traces
from tests.threats.apart import Capture, apart, hindrance
from tests.threats.crowd import Crowd

SECRETS = {"CONFIANZA_SECRET_KEY": "tamandua-key-4711", "CONFIANZA_TWILIO_AUTH_TOKEN": "tamandua-token-4712"}
REDIS_PASSWORD = "tamandua-redis-4713"
# As somebody has them who once used Rasa and agreed to be counted.
AGREED = "metrics:\n  enabled: true\n  date: 2022-01-01T00:00:00\n  rasa_user_id: 00000000000000000000000000000001\n"
ENVIRONMENT = {**SECRETS, "RASA_TELEMETRY_ENABLED": "true", "CONFIANZA_SMS_ALL_MINUTE": "100000"}
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@dataclass(frozen=True)
class House:
    """The service after the crowd: what was caught on its network, and what its store holds. since: when it began, in seconds."""

    service: Service
    network: Capture
    crowd: Crowd
    folder: Path
    since: float
    stored: bytes
    redis: servers.RedisServer | None

    def processes(self) -> dict[int, dict[str, str]]:
        return traces.processes(self.service.state)

    def log(self) -> str:
        return self.service.log.read_text(encoding="utf-8", errors="replace")

    def found(self, pattern: re.Pattern[bytes], root: Path) -> dict[str, bytes]:
        """Returns where a pattern is found in what was written since the beginning, with what was found."""
        places = {str(path): traces.read(path) for path in traces.files(self.since, self.folder, root, Path("/dev/shm"))}
        places |= {str(path): traces.read(path) for path in traces.held_open(list(self.processes()), self.since)}
        places["store"] = self.stored
        hits = {place: pattern.search(data) for place, data in places.items()}
        return {place: hit.group() for place, hit in hits.items() if hit}


@pytest.fixture(scope="package")
def house(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Linux and root only: a network of its own and a look into each process need them."""
    if not (root / "models" / "confianza.tar.gz").exists():
        pytest.skip("there is no trained model; run `make train`")
    if hindrance():
        pytest.skip(hindrance())
    folder = tmp_path_factory.mktemp("house")
    before = resource.getrlimit(resource.RLIMIT_CORE)
    with ExitStack() as stack:
        resource.setrlimit(resource.RLIMIT_CORE, UNLIMITED)
        stack.callback(resource.setrlimit, resource.RLIMIT_CORE, before)
        network = stack.enter_context(apart())
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in {**ENVIRONMENT, **homes(folder)}.items():
            patch.setenv(name, value)
        redis = stack.enter_context(store(folder, patch)) if servers.REDIS else None
        since = time.time() - 1
        service = stack.enter_context(running(root, folder))
        crowd = Crowd()
        crowd.come(service)
        visit(service)
        yield House(service, network, crowd, folder, since, dumped(redis, folder), redis)


def homes(folder: Path) -> dict[str, str]:
    """Makes a home and a place for temporary files that are the service's own."""
    for name in ("home/.config/rasa", "tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "home/.config/rasa/global.yml").write_text(AGREED)
    return {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}


@contextmanager
def store(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[servers.RedisServer]:
    """Gives a Redis with a password, whose address is in the environment."""
    with servers.redis_server(folder / "redis", "--save", "", "--appendonly", "no", "--rdbcompression", "no") as server:
        server.client.config_set("requirepass", REDIS_PASSWORD)
        patch.setenv("CONFIANZA_REDIS_URL", f"redis://:{REDIS_PASSWORD}@127.0.0.1:{server.port}/0")
        yield server


def dumped(redis: servers.RedisServer | None, folder: Path) -> bytes:
    """Returns all that the store holds, as it would lie on a disk; b"" without one."""
    if redis is None:
        return b""
    client = redis.client
    client.auth(REDIS_PASSWORD)
    assert client.dbsize() > 100
    client.save()
    return (folder / "redis" / "dump.rdb").read_bytes()


def visit(service: Service) -> None:
    """Opens the pages that do more than answer: paper, cards, sources, and the console's login, rightly and wrongly."""
    for path in ("en/", "ht/share", "en/share/letter.pdf", "ar/card", "zh/topics/", "es/privacy", "health/ready"):
        requests.get(f"{service.url}/{path}", timeout=60)
    console = f"http://127.0.0.1:{service.settings.console.port}"
    with requests.Session() as session:
        page = session.get(f"{console}/login/", timeout=30)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        form = {"csrfmiddlewaretoken": token.group(1) if token else "", "login": "nobody", "password": "tamandua-guess-4714"}
        session.post(f"{console}/login/", data=form, timeout=30)
