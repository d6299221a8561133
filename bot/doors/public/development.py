"""A phone in the browser, on the developer's own machine only: the same path as a real text message, no account."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.core.segments import count
from bot.doors.public import errors
from bot.doors.public.phones import phone, twilio

OURS, THEIRS = "+12035550100", "+12035550123"
MOST_SHOWN = 60


def page(request: HttpRequest) -> HttpResponse:
    """Shows the phone (GET) or sends a message with it (POST); not found where this is no developer's machine."""
    if not settings.CONFIANZA.is_development or "X-Forwarded-For" in request.headers:
        return errors.answer(request, 404, "not-found")
    whatsapp = request.POST.get("channel") == "whatsapp"
    bubbles = _bubbles(request.POST.get("bubbles", ""))
    if request.method == "POST":
        text = request.POST.get("message", "")
        bubbles = [*bubbles, {"mine": True, "text": text}, *_sent(text, whatsapp)][-MOST_SHOWN:]
    total = sum(b.get("segments", 0) for b in bubbles)
    context = {"bubbles": bubbles, "kept": json.dumps(bubbles), "whatsapp": whatsapp, "segments": total,
               "cost": f"{total * settings.CONFIANZA.phone.segment_price:.4f}"}
    return render(request, "public/phone.html", context)


def _sent(text: str, whatsapp: bool) -> list[dict[str, Any]]:
    prefix = "whatsapp:" if whatsapp else ""
    form = {"MessageSid": secrets.token_hex(16), "From": f"{prefix}{THEIRS}", "To": f"{prefix}{OURS}", "Body": text}
    texts = phone.answer(twilio.inbound(form)) or ()
    return [_bubble(reply, whatsapp) for reply in texts] or [{"note": True, "text": "(silence)"}]


def _bubble(text: str, whatsapp: bool) -> dict[str, Any]:
    counted = count(text)
    if whatsapp:
        return {"text": text, "about": f"{len(text)} characters"}
    return {"text": text, "segments": counted.segments, "about": f"{counted.encoding}, {counted.units} units, segments: {counted.segments}"}


def _bubbles(kept: str) -> list[dict[str, Any]]:
    """Reads the bubbles back that the page itself holds; anything else is an empty phone."""
    try:
        read = json.loads(kept)
    except ValueError:
        return []
    return [b for b in read if _is_bubble(b)] if isinstance(read, list) else []


def _is_bubble(read: Any) -> bool:
    return isinstance(read, dict) and isinstance(read.get("text"), str) and isinstance(read.get("segments", 0), int)
