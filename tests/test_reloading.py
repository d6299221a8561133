"""A new model is taken over while the service answers: no message fails, no conversation forgets, a broken file changes nothing."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tarfile
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.learning.modelhashes import ModelHashes
from tests.running import Service, running

ASKED = {
    "ht": "Èske lapolis nan Norwalk mande moun papye imigrasyon yo?",
    "zh": "警察会问我的身份吗？",
    "ar": "موظفو الهجرة يدقون باب بيتي، هل أفتح لهم؟",
}
WITHIN_SECONDS = 30
UNSURE = "menu_help"  # the topic of a question back


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of its own, whose model may be replaced."""
    if not (root / "models" / "confianza.tar.gz").exists():
        pytest.skip("there is no trained model; run `make train`")
    folder = tmp_path_factory.mktemp("copy")
    for name in ("data", "locales"):
        shutil.copytree(root / name, folder / name)
    (folder / "models").mkdir()
    for name in ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml", "Procfile", "models/confianza.tar.gz"):
        shutil.copy(root / name, folder / name)
    know(folder, (folder / "models" / "confianza.tar.gz").read_bytes())
    return folder


@pytest.fixture(scope="module")
def own(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFIANZA_ROOT", str(copy))
        with running(copy, tmp_path_factory.mktemp("service")) as started:
            yield started


class Asking:
    """Asks without a pause in one conversation, and looks at the readiness page, as long as the block lasts."""

    def __init__(self, service: Service) -> None:
        self._service, self._end = service, threading.Event()
        self.said: list[dict[str, Any]] = []
        self.ready: list[int] = []
        self.seconds: list[float] = []
        self._threads = [threading.Thread(target=self._ask), threading.Thread(target=self._look)]

    def __enter__(self) -> Asking:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        first = self._service.ask(message=ASKED["ht"])
        while not self._end.is_set():
            for language in ("zh", "ar"):
                began = time.monotonic()
                said = self._service.ask(message=ASKED[language], conversation=first["conversation"])
                self.seconds.append(time.monotonic() - began)
                self.said.append(said)  # a door whose Rasa does not answer says so by the confidence 0

    def _look(self) -> None:
        while not self._end.wait(0.3):
            self.ready.append(requests.get(f"{self._service.url}/health/ready", timeout=10).status_code)


def put(copy: Path, data: bytes) -> None:
    """Replaces the live model by one rename."""
    draft = copy / "models" / ".new"
    draft.write_bytes(data)
    os.replace(draft, copy / "models" / "confianza.tar.gz")


def know(copy: Path, data: bytes) -> None:
    """Puts a model on the list of those that may be loaded."""
    ModelHashes(copy / "models").add(hashlib.sha256(data).hexdigest(), "accepted")


def doubting(model: Path) -> bytes:
    """The same model, but so cautious that it answers no question: only its settings are other ones."""
    out = BytesIO()
    with tarfile.open(model) as old, tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as new:
        for member in old:
            data = old.extractfile(member).read() if member.isfile() else b""  # type: ignore[union-attr]
            if member.name == "metadata.json":
                data = re.sub(rb'"threshold": [0-9.]+', b'"threshold": 2.0', data)
                member.size = len(data)
            new.addfile(member, BytesIO(data))
    return out.getvalue()


def until(service: Service, topic: str) -> None:
    """Asks until the running model gives this topic."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while service.ask(message=ASKED["ar"])["topic"] != topic:
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.rasa
def test_models_change_while_people_ask(copy: Path, own: Service) -> None:
    """Another model answers within seconds, a broken or unknown file changes nothing, the first one comes back; nobody waits."""
    model = copy / "models" / "confianza.tar.gz"
    first, doubts = model.read_bytes(), doubting(model)
    begun = own.ask(message=ASKED["ht"])
    assert begun["topic"] == "police_ask_status" and begun["reply"]["town"] == "norwalk"
    with Asking(own) as people:
        until(own, "ice_at_door")
        put(copy, doubts)
        time.sleep(5)
        assert own.ask(message=ASKED["ar"])["topic"] == "ice_at_door"  # nobody said that this model may be loaded
        know(copy, doubts)
        until(own, UNSURE)
        know(copy, first[:100_000])
        put(copy, first[:100_000])
        time.sleep(5)
        assert own.ask(message=ASKED["ar"])["topic"] == UNSURE
        put(copy, first)
        until(own, "ice_at_door")
        put(copy, first)  # the same bytes, another time
        time.sleep(8)
    assert len(people.said) > 20 and all(answer["confidence"] > 0 for answer in people.said)
    assert set(people.ready) == {200}
    assert max(people.seconds) < 5
    assert own.ask(message=ASKED["zh"], conversation=begun["conversation"])["reply"]["town"] == "norwalk"
    log = own.log.read_text(errors="replace")
    assert log.count("ERROR bot.reloading") == 1
    assert log.count("confianza.tar.gz is not loaded: no training of this installation made it") == 1
    assert not [text for text in ASKED.values() if text in log]
