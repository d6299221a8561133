"""POST /api/messages: one message in, the answer's object out."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from bot.doors.public import errors, service

FIELDS = ("message", "conversation", "language", "town", "topic")


def messages(request: HttpRequest) -> HttpResponse:
    """Answers a message; every error is {error: {code, message}}."""
    if request.method != "POST":
        response = errors.problem(405, "method")
        response["Allow"] = "POST"
        return response
    body = _body(request)
    if body is None:
        return errors.problem(400, "request")
    answered = service.answer(service.Asked(**body))
    if isinstance(answered, service.Refused):
        return errors.problem(answered.status, answered.code, body.get("language") or "en")
    return JsonResponse(answered, json_dumps_params={"ensure_ascii": False})


def _body(request: HttpRequest) -> dict[str, Any] | None:
    """Reads the JSON object; None where it is no such object or a field is no text. What is null or empty was not given."""
    try:
        data = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):  # invalid UTF-8 is a ValueError too; nesting without end is the other
        return None
    if not isinstance(data, dict):
        return None
    body = {k: data[k] for k in FIELDS if data.get(k) not in (None, "")}
    return body if all(isinstance(v, str) for v in body.values()) else None
