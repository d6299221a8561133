"""Where providers bring messages from phones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bot.doors.public import errors
from bot.doors.public.phones import phone, twilio
from bot.doors.public.phones.inbound import Provider
from bot.doors.public.service import Refused


def twilio_webhook(request: HttpRequest) -> HttpResponse:
    """SMS and WhatsApp through Twilio."""
    return _received(request, twilio)


def _received(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Answers in the webhook's own answer; nothing is done before the signature holds."""
    if request.method != "POST":
        response = errors.problem(405, "method")
        response["Allow"] = "POST"
        return response
    message = provider.read(request)
    if isinstance(message, Refused):
        return errors.problem(message.status, message.code)
    texts = phone.answer(message)
    return errors.problem(503, "busy") if texts is None else provider.write(texts)
