"""Did this help? A yes or a no is counted, with topic and language; nobody is asked who they are. And leaving a chat for good."""

from __future__ import annotations

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bot.core.content import Content
from bot.doors.public import conversations, errors, observing, service
from bot.doors.public.frame import frame
from bot.doors.public.speaking import in_language

logger = logging.getLogger("confianza.door")


@require_POST
@in_language
def helped(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    """Counts one vote in the log and says thanks."""
    topic, vote = request.POST.get("topic", ""), request.POST.get("helped", "")
    if topic not in content.topics or vote not in ("yes", "no"):
        return errors.answer(request, 400, "request")
    logger.info(json.dumps({"event": "helped", "topic": topic, "language": language, "helped": vote}))
    observing.observe_vote(topic, vote == "yes")
    return render(request, "public/thanks.html", frame(language, content))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forgets the conversation of somebody who leaves; there is nothing to show."""
    token = conversations.read(request.POST.get("conversation", ""))
    if token is not None:
        service.forget(token.sender, "web")
    return HttpResponse(status=204)
