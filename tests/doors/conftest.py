"""The public door in this process, with an empty cache and a brain that knows every command and one question."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import django
import pytest
from django.conf import settings as django_settings

from bot.core.content import Content
from bot.core.errors import BrainError
from bot.core.exchange import Memory, Question, Setting
from bot.core.turn import respond
from bot.settings import PhoneLimits, Secret, Settings
from bot.simulator import Phone, Received, received

ADDRESS = "https://confianza.example"
COMMAND = re.compile(r"^/(\w+)(\{.*\})?$")


@dataclass
class StandInBrain:
    """Answers by the core as Rasa's action would; an ordinary text is a question about police and status."""

    content: Content
    seconds: float = 0.0
    broken: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    memories: dict[str, Memory] = field(default_factory=dict)

    def ask(self, sender: str, message: str, metadata: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        self.asked.append((sender, message))
        if self.broken or self.seconds > (seconds or 5):
            time.sleep(min(self.seconds, seconds or 0))
            raise BrainError("no answer in time")
        time.sleep(self.seconds)
        command = COMMAND.match(message)
        entities = json.loads(command.group(2) or "{}") if command else {}
        wanted = entities.get("language")
        question = Question(
            command.group(1) if command else "police_ask_status", self.content.languages[wanted].name if wanted else message,
            page_language=metadata.get("page_language"), number=int(entities["number"]) if "number" in entities else None,
        )
        turn = respond(question, self.memories.get(sender, Memory()), Setting(self.content, date(2026, 11, 22)))
        self.memories[sender] = turn.memory
        return {**turn.reply.payload(), "confidence": 1.0}


@dataclass
class Door:
    """The door under test: its brain, and a phone to text with."""

    brain: StandInBrain
    settings: Settings
    client: Any

    def text(self, body: str, number: str = "+12035550123", **parameters: str) -> tuple[Received, ...]:
        """Sends one signed message and returns what comes back."""
        response = self.post(Phone(self.settings, number).form(body, **parameters))
        assert response.status_code == 200, response.content
        return received(response.content.decode())

    def post(self, form: dict[str, str], **headers: str) -> Any:
        signed = {"X-Twilio-Signature": Phone(self.settings).signature(form), **headers}
        return self.client.post("/webhooks/twilio", data=self.encoded(form), content_type="application/x-www-form-urlencoded",
                                headers={k: v for k, v in signed.items() if v is not None})

    @staticmethod
    def encoded(form: dict[str, str]) -> str:
        return urlencode(form)

    def limit(self, **limits: int) -> None:
        self.settings = replace(self.settings, phone=replace(self.settings.phone, **limits))
        django_settings.CONFIANZA = self.settings

    def together(self, *calls: Any) -> list[Any]:
        """Runs calls at once, started a little after each other, and returns their results in order."""
        results: list[Any] = [None] * len(calls)

        def run(place: int) -> None:
            results[place] = calls[place]()

        threads = [threading.Thread(target=run, args=(n,)) for n in range(len(calls))]
        for thread in threads:
            thread.start()
            time.sleep(0.05)
        for thread in threads:
            thread.join(timeout=30)
        return results


@pytest.fixture(scope="session", autouse=True)
def _django(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["CONFIANZA_STATE_DIR"] = str(tmp_path_factory.mktemp("door"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bot.doors.settings.public"
    django.setup()
    del os.environ["CONFIANZA_STATE_DIR"]


@pytest.fixture
def door(content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _django: None) -> Iterator[Door]:
    from django.core.cache import cache
    from django.test import Client

    from bot.doors.public import service
    from bot.doors.public.patience import Patience

    settings = Settings(public_port=1, rasa_port=2, actions_port=3, public_host="127.0.0.1", public_url=ADDRESS, state=tmp_path,
                        secret_key=Secret("key"), twilio_auth_token=Secret("token"), phone=PhoneLimits(), fixed_day=date(2026, 11, 22))
    monkeypatch.setattr(django_settings, "CONFIANZA", settings)
    brain, still = StandInBrain(content), SimpleNamespace(content=content, trouble=None, version="1")
    monkeypatch.setattr(service, "brain", lambda: brain)
    patience = Patience()  # what one test's brain took too long for is not the next one's
    monkeypatch.setattr(service, "patience", lambda: patience)
    monkeypatch.setattr(service, "library", lambda: still)
    cache.clear()
    yield Door(brain, settings, Client(raise_request_exception=False))
    cache.clear()
