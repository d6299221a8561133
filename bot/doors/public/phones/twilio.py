"""Twilio's format: signed form parameters in, TwiML out. https://www.twilio.com/docs/messaging/twiml"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import phonenumbers
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from bot.doors.public.phones.inbound import Inbound
from bot.doors.public.phones.pseudonyms import pseudonym
from bot.doors.public.service import Refused

FORM = "application/x-www-form-urlencoded"
WHATSAPP = "whatsapp:"
TOLD = {"STOP": "stop", "START": "start", "HELP": "help"}


def read(request: HttpRequest) -> Inbound | Refused:
    """Checks the signature over the public address and every parameter, then returns the message."""
    if request.content_type != FORM:
        return Refused(415, "form")
    # Not from the Host header: behind a proxy only the setting knows the address that was signed.
    address = settings.CONFIANZA.public_url + request.get_full_path()
    if not _is_signed(address, request):
        return Refused(403, "signature")
    form = request.POST
    if not all(form.get(name) for name in ("MessageSid", "From", "To")):
        return Refused(400, "fields")
    return inbound(form)


def _is_signed(address: str, request: HttpRequest) -> bool:
    given = request.headers.get("X-Twilio-Signature", "")
    return bool(given) and RequestValidator(settings.CONFIANZA.signing_token).validate(address, request.POST, given)


def inbound(form: Mapping[str, str]) -> Inbound:
    """Returns the message of a form that has MessageSid, From and To."""
    number = form["From"].removeprefix(WHATSAPP)
    return Inbound(
        receipt=pseudonym(form["MessageSid"]),
        sender=pseudonym(number),
        was=pseudonym(number, back=1),
        channel="whatsapp" if form["From"].startswith(WHATSAPP) else "sms",
        text=form.get("Body", ""),
        answerable=_is_phone(number) and number != form["To"].removeprefix(WHATSAPP),
        told=TOLD.get(form.get("OptOutType", ""), ""),
    )


def _is_phone(number: str) -> bool:
    """True for a number in international form that can exist; short codes and names cannot be answered."""
    try:
        return number.startswith("+") and bool(phonenumbers.is_possible_number(phonenumbers.parse(number)))
    except phonenumbers.NumberParseException:
        return False


def write(texts: Sequence[str]) -> HttpResponse:
    """Returns the texts as TwiML, one message each; none is an empty response, which sends nothing."""
    response = MessagingResponse()
    for text in texts:
        response.message(text)
    return HttpResponse(str(response), content_type="text/xml; charset=utf-8")
