"""The outermost layer: no page is cached, no error shows or logs more than its kind."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse

from bot.doors.public import errors

logger = logging.getLogger("confianza.door")
NOT_USED = ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort", "browsing-topics")
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_USED)


class Guard:
    """Takes an app, is an app: adds headers, turns what was not foreseen into a plain error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on; nothing of it is cached on the way back."""
        response = self._refused(request) or self._next(request)
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = PERMISSIONS
        if settings.CONFIANZA.public_url.startswith("https://"):  # the proxy in front speaks TLS, this process does not
            response["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        """Nobody sends us files, and nothing large: refused before a byte of it is read, for it would be written to disk."""
        if request.content_type.startswith("multipart/"):
            return errors.answer(request, 415, "form")
        length = request.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return errors.answer(request, 413, "too-long")
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Answers an exception of a view; the log gets its class and place, never its text."""
        if isinstance(error, (RequestDataTooBig, TooManyFieldsSent)):
            return errors.answer(request, 413, "too-long")
        if isinstance(error, SuspiciousOperation):
            return errors.answer(request, 400, "request")
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        logger.error(json.dumps({"event": "error", "kind": type(error).__name__, "at": place}))
        return errors.answer(request, 500, "server")
