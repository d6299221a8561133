"""Pages for what went wrong: one sentence and a way back, no trace; the log gets an exception's class and place only."""

from __future__ import annotations

import json
import logging
import sys
from types import TracebackType

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bot.doors.console.frame import bare

logger = logging.getLogger("confianza.console")


def answer(request: HttpRequest, status: int, key: str) -> HttpResponse:
    """Returns an error page with the sentence of a key."""
    return render(request, "console/error.html", {"sentence": key}, status=status)


def plainly(status: int, key: str) -> HttpResponse:
    """Returns an error page that asks neither session nor database."""
    return HttpResponse(render_to_string("console/error.html", {**bare(), "sentence": key}), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400, and 413 for what is too large."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return plainly(413, "error_too_large")
    return plainly(400, "error_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 403: logged in, but without the role."""
    return answer(request, 403, "error_forbidden")


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without our token, or one that stood open too long."""
    return answer(request, 403, "error_form")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    return answer(request, 404, "error_not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500: called while the exception is being handled."""
    kind, _, trace = sys.exc_info()
    logger.error(json.dumps({"event": "error", "kind": kind.__name__ if kind else "", "at": _place(trace)}))
    return plainly(500, "error_server")


def _place(trace: TracebackType | None) -> str:
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
