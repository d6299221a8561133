"""One message from a phone, whichever provider brought it; it knows its sender by pseudonym only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from bot.doors.public.service import Refused


@dataclass(frozen=True)
class Inbound:
    """A message as it came in, unchecked.

    receipt: the provider's id of the message, as a pseudonym too; was: the sender's pseudonym under the key before;
    channel: "sms" or "whatsapp"; answerable: False for senders that are no person's phone (short codes, names, our own
    number); told: what the provider has already answered itself ("stop", "start", "help" or "").
    """

    receipt: str
    sender: str
    was: str
    channel: str
    text: str = ""
    answerable: bool = True
    told: str = ""


class Provider(Protocol):
    """What a provider's module offers. Another provider is one more module with these functions."""

    def read(self, request: HttpRequest) -> Inbound | Refused:
        """Checks the request's signature, then returns its message."""

    def write(self, texts: Sequence[str]) -> HttpResponse:
        """Returns the answer that makes the provider send these texts, in order; none is silence."""
