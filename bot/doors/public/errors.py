"""Errors of the door: one sentence for people, one code for programs, in JSON or on a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from bot.core.text import MAX_CHARACTERS
from bot.doors.public import service
from bot.doors.public.frame import frame
from bot.doors.public.negotiation import spoken

PHRASES = {
    "empty": "error_empty", "too-long": "error_too_long", "command": "error_command", "busy": "error_busy",
    "conversation": "error_conversation", "language": "error_language", "town": "error_town", "topic": "error_request",
    "request": "error_request", "method": "error_request", "not-found": "error_not_found", "server": "error_server",
    "form": "error_request", "signature": "error_request", "fields": "error_request",
}


def sentence(code: str, language: str) -> str:
    """Returns what a code means, in a language."""
    content = service.library().content
    language = language if language in content.languages else "en"
    values = {"limit": MAX_CHARACTERS} if code == "too-long" else {}
    return content.phrase(language, PHRASES[code], **values)


def answer(request: HttpRequest, status: int, code: str) -> HttpResponse:
    """Answers an error as the path asks for: JSON below /api/ and /webhooks/, elsewhere a page in the nearest language."""
    if request.path.startswith(("/api/", "/webhooks/")):
        return problem(status, code)
    content = service.library().content
    language = spoken(request, content)
    context = {**frame(language, content), "message": sentence(code, language)}
    return render(request, "public/error.html", context, status=status)


def problem(status: int, code: str, language: str = "en") -> JsonResponse:
    """Returns {error: {code, message}}."""
    response = JsonResponse({"error": {"code": code, "message": sentence(code, language)}}, status=status)
    if status == 429:
        response["Retry-After"] = "5"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    return answer(request, 404, "not-found")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400."""
    return answer(request, 400, "request")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500."""
    return answer(request, 500, "server")
