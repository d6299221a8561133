"""A phone without an account: sends signed webhooks to the running door as the provider would, and reads what comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from xml.etree import ElementTree

import requests
from twilio.request_validator import RequestValidator

from bot.core.errors import PhoneError
from bot.core.segments import Count, count
from bot.settings import Settings

PATH = "/webhooks/twilio"
OURS = "+12035550100"
TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Received:
    """A message as it arrives on the phone."""

    text: str
    count: Count


@dataclass(frozen=True)
class Phone:
    """One phone: its number as the provider writes it, with "whatsapp:" before it for WhatsApp."""

    settings: Settings
    number: str = "+12035550123"

    def send(self, text: str, **parameters: str) -> tuple[Received, ...]:
        """Sends a text (and further parameters of the provider's) and returns the replies; raises PhoneError without any."""
        form = self.form(text, **parameters)
        try:
            answer = requests.post(f"http://127.0.0.1:{self.settings.public_port}{PATH}", data=form, timeout=TIMEOUT_SECONDS,
                                   headers={"X-Twilio-Signature": self.signature(form)})
        except requests.RequestException as error:
            raise PhoneError("nobody answers: start the service with `make run`, then try again") from error
        if answer.status_code != 200:
            raise PhoneError(f"the door refused the message ({answer.status_code})")
        return received(answer.text)

    def form(self, text: str, **parameters: str) -> dict[str, str]:
        """Returns the form parameters that the provider would post."""
        ours = f"whatsapp:{OURS}" if self.number.startswith("whatsapp:") else OURS
        return {"MessageSid": f"SM{secrets.token_hex(16)}", "From": self.number, "To": ours, "Body": text, "NumMedia": "0", **parameters}

    def signature(self, form: dict[str, str], path: str = PATH) -> str:
        """Returns the signature over the public address and the form."""
        return str(RequestValidator(self.settings.signing_token).compute_signature(self.settings.public_url + path, form))


def received(twiml: str) -> tuple[Received, ...]:
    """Returns the messages of a TwiML answer, in order."""
    messages = ElementTree.fromstring(twiml).iter("Message")  # noqa: S314  (our own door wrote it)
    return tuple(Received(m.text or "", count(m.text or "")) for m in messages)


def shown(message: Received, price: float, whatsapp: bool = False) -> str:
    """Returns what a message is and costs, in one line."""
    if whatsapp:
        return f"{len(message.text)} characters"
    counted = message.count
    plural = "s" if counted.segments != 1 else ""
    return f"{counted.encoding}, {counted.units} units, {counted.segments} segment{plural}, ${counted.segments * price:.4f} before fees"
