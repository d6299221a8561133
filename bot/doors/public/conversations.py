"""A conversation's token: a random pseudonym, signed, living in the page alone (no cookie)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

MOST_CHARACTERS = 200


@dataclass(frozen=True)
class Conversation:
    """`text` goes to the page and back; `sender` is what Rasa knows the conversation by."""

    text: str
    sender: str


def new() -> Conversation:
    """Starts a conversation under a random pseudonym."""
    return _of(secrets.token_urlsafe(18))


def read(text: str) -> Conversation | None:
    """Returns the conversation of a token, or None where it was forged. What it remembers ends with the tracker."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        return Conversation(text, f"web-{_signer().unsign(text)}")
    except (BadSignature, UnicodeError):  # half a character of a broken client is no token of ours
        return None


def _of(pseudonym: str) -> Conversation:
    return Conversation(_signer().sign(pseudonym), f"web-{pseudonym}")


def _signer() -> Signer:
    return Signer(salt="confianza.conversation")
