"""The two bots that can be measured: this repository's service, and Rasa's starter bot for comparison. Both on loopback."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import requests
from ports import free_ports
from program import Program

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
LOOPBACK = "127.0.0.1"
MESSAGE_SECONDS = 10
PORTS = ("CONFIANZA_PUBLIC_PORT", "CONFIANZA_RASA_PORT", "CONFIANZA_ACTIONS_PORT")


class UnansweredError(Exception):
    """A message got no answer, an error, or only the short answer that the door gives when Rasa does not answer."""


class Bot(Protocol):
    """What can be started, asked whether it is ready, and talked to."""

    def program(self) -> Program:
        """Returns the program, not yet started, that is this bot."""

    def ready(self, session: requests.Session) -> bool:
        """True once a real question is really answered."""

    def ask(self, session: requests.Session, message: str, conversation: str) -> str:
        """Asks, and returns the conversation to go on with ("" begins one); raises UnansweredError."""


class Service:
    """`confianza run`: the whole service. Ports in the environment are used, others are free ones."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._ports = {name: os.environ.get(name) or str(free) for name, free in zip(PORTS, free_ports(len(PORTS)))}
        self._address = f"http://{LOOPBACK}:{self._ports['CONFIANZA_PUBLIC_PORT']}"

    def program(self) -> Program:
        """Returns the service; what it keeps (a key) goes to the scratch folder."""
        return Program([str(PROGRAMS / "confianza"), "run"], ROOT, self._scratch / "service.log", self.environment())

    def environment(self) -> dict[str, str]:
        """Returns the settings that the service runs with."""
        state = str(self._scratch / "state")
        return {**self._ports, "CONFIANZA_PUBLIC_HOST": LOOPBACK, "CONFIANZA_STATE_DIR": state, "CONFIANZA_SMS_SEGMENTS_DAY": "1000000"}

    def ready(self, session: requests.Session) -> bool:
        """Asks the service's own readiness page, which asks Rasa a question."""
        try:
            return session.get(f"{self._address}/health/ready", timeout=MESSAGE_SECONDS).status_code == 200
        except requests.RequestException:
            return False

    def ask(self, session: requests.Session, message: str, conversation: str) -> str:
        """Posts to the API; the answer holds the conversation's token."""
        answer = _post(session, f"{self._address}/api/messages", {"message": message, "conversation": conversation})
        if not answer.get("confidence"):  # only the answer in place of Rasa's has none
            raise UnansweredError
        return str(answer["conversation"])


class Starter:
    """The bot that `rasa init` makes, behind its REST channel; it needs no action server."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._folder = scratch / "starter"
        self._folder.mkdir()
        self._port = free_ports(1)[0]
        self._address = f"http://{LOOPBACK}:{self._port}/webhooks/rest/webhook"

    def making(self) -> Program:
        """Returns the program that makes the starter bot and trains it."""
        return self._rasa("init", "--no-prompt", "--init-dir", str(self._folder))

    def program(self) -> Program:
        """Returns `rasa run` on the trained starter bot."""
        return self._rasa("run", "--interface", LOOPBACK, "--port", str(self._port))

    def ready(self, session: requests.Session) -> bool:
        """Greets the bot."""
        try:
            return bool(_post(session, self._address, {"sender": "ready", "message": "hello"}))
        except UnansweredError:
            return False

    def ask(self, session: requests.Session, message: str, conversation: str) -> str:
        """Posts to the REST channel; the conversation is a sender's name of our own."""
        conversation = conversation or uuid.uuid4().hex
        _post(session, self._address, {"sender": conversation, "message": message})
        return conversation

    def _rasa(self, *arguments: str) -> Program:
        log, cache = self._scratch / f"starter-{arguments[0]}.log", self._scratch / "starter-cache"
        return Program([str(PROGRAMS / "rasa"), *arguments], self._folder, log, {"RASA_CACHE_DIRECTORY": str(cache)})


def _post(session: requests.Session, address: str, body: Mapping[str, str]) -> Any:
    try:
        response = session.post(address, json=body, timeout=MESSAGE_SECONDS)
        response.raise_for_status()
        return response.json()
    except (requests.RequestException, ValueError) as error:
        raise UnansweredError from error
