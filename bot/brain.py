"""The client that asks Rasa: one loopback request a message, five seconds at most."""

from __future__ import annotations

import json
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from bot.core.errors import BrainError

TIMEOUT_SECONDS = 5.0
CONNECTIONS = 32


class Brain:
    """Asks Rasa's REST channel and returns the payload that an action answered with."""

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._address = f"{url}/webhooks/rest/webhook"
        self._timeout = timeout
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the machine must never see a resident's words
        self._session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS))

    def ask(self, sender: str, message: str, metadata: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        """Sends one message; raises BrainError where there is no usable answer in time.

        sender: the conversation's pseudonym; message: clean text, or a command made by `intent_message`;
        seconds: how long there is at most, where that is less than five seconds.
        """
        body = {"sender": sender, "message": message, "metadata": metadata}
        try:
            response = self._session.post(self._address, json=body, timeout=min(self._timeout, seconds or self._timeout))
            response.raise_for_status()
            answers = response.json()
        except (requests.RequestException, ValueError) as error:
            raise BrainError("Rasa did not answer") from error
        if not isinstance(answers, list):
            raise BrainError("Rasa answered with something else than a list")
        payloads = [a["custom"] for a in answers if isinstance(a, dict) and isinstance(a.get("custom"), dict)]
        if not payloads:
            raise BrainError("Rasa answered without a payload")
        return dict(payloads[-1])


def intent_message(intent: str, **entities: str) -> str:
    """Returns the command by which the door itself (never a resident) names an intent to Rasa."""
    return f"/{intent}{json.dumps(entities) if entities else ''}"
