"""Health: alive means that this process answers; ready means that a question is really answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bot.brain import intent_message
from bot.core.errors import BrainError
from bot.doors.public import service


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Rasa and the action server answered a real question just now; 503 where they did not."""
    trouble = service.library().trouble
    try:
        service.brain().ask("health", intent_message("greet"), {"language": "en"})
    except BrainError:
        return JsonResponse({"status": "not ready", "content": "old" if trouble else "current"}, status=503)
    return JsonResponse({"status": "ready", "content": "old" if trouble else "current"})
