"""The client that asks Rasa: one loopback request a message, five seconds at most.

Of several Rasas a conversation always asks the same one, so that it is remembered there; another one only where that one takes no
connection. What has been sent once is never sent again: nobody's message is answered twice.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from bot.core.errors import BrainError

TIMEOUT_SECONDS = 5.0
# A Rasa on this machine takes a connection at once, or none.
CONNECT_SECONDS = 1.0
CONNECTIONS = 32
Message = dict[str, Any]


class Brain:
    """Asks Rasa's REST channel and returns the payload that an action answered with. urls: of one or several Rasas."""

    def __init__(self, *urls: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._urls = urls
        self._timeout = timeout
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the machine must never see a resident's words
        self._session.mount("http://", HTTPAdapter(pool_connections=len(urls), pool_maxsize=CONNECTIONS))

    def ask(self, sender: str, message: str, metadata: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        """Sends one message; raises BrainError where there is no usable answer in time.

        sender: the conversation's pseudonym; message: clean text, or a command made by `intent_message`;
        seconds: how long there is at most, where that is less than five seconds.
        """
        body = {"sender": sender, "message": message, "metadata": metadata}
        try:
            response = self._post(body, min(self._timeout, seconds or self._timeout))
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

    def _post(self, body: Message, seconds: float) -> requests.Response:
        """Sends a message to the first of its Rasas that takes the connection."""
        deadline = time.monotonic() + seconds
        *others, last = in_order(body["sender"], self._urls)
        for url in others:
            try:
                return self._send(url, body, deadline)
            except requests.ConnectionError as error:
                if not was_refused(error):
                    raise
        return self._send(last, body, deadline)

    def _send(self, url: str, body: Message, deadline: float) -> requests.Response:
        left = max(deadline - time.monotonic(), 0.001)
        return self._session.post(f"{url}/webhooks/rest/webhook", json=body, timeout=(min(left, CONNECT_SECONDS), left))


def in_order(sender: str, urls: tuple[str, ...]) -> list[str]:
    """Returns Rasas in the order in which a conversation asks them: always the same one first, all conversations evenly spread.

    Where one is added or taken away, only the conversations move whose first one it is (rendezvous hashing).
    """
    return sorted(urls, key=lambda url: hashlib.blake2b(f"{url} {sender}".encode("utf-8", "replace"), digest_size=8).digest())


def was_refused(error: requests.ConnectionError) -> bool:
    """True where no connection came about, so that nothing can have been sent. A connection that broke later is another matter."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))


def intent_message(intent: str, **entities: str) -> str:
    """Returns the command by which the door itself (never a resident) names an intent to Rasa."""
    return f"/{intent}{json.dumps(entities) if entities else ''}"
