"""The layers around every view: headers and sizes, the end of a working day, the second factor that nobody goes without."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bot.doors.console import errors
from bot.doors.console.models import IssuedPassword
from bot.doors.console.words import say

Next = Callable[[HttpRequest], HttpResponse]
NOT_USED = ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort", "browsing-topics")
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_USED)
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none
# Names of addresses: what is open to somebody whose password somebody else chose, and to somebody without a second factor.
ALWAYS = frozenset({"account_logout", "set_language"})
WITH_ISSUED_PASSWORD = ALWAYS | {"account_change_password"}
WITHOUT_FACTOR = ALWAYS | {"account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


class Guard:
    """Refuses what is too large before a byte of it is read, and what no database can look for; no page is kept by a browser or a proxy."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on and adds headers on the way back."""
        response = self._refused(request) or self._next(request)
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = PERMISSIONS
        if settings.ENCRYPTED:
            response["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        length = request.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > settings.UPLOAD_BYTES:
            return errors.plainly(413, "error_too_large")
        if "\0" in request.path_info:  # nothing is named so, and PostgreSQL would take offence at being asked
            return errors.plainly(404, "error_not_found")
        return None


class WorkingDay:
    """Ends a session twelve hours after its login, however busy it is."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """`since` is written at the login (witness.py); a session without it is none of ours."""
        if request.user.is_authenticated and time.time() - request.session.get("since", 0) > settings.WORKING_DAY_SECONDS:
            logout(request)
            messages.info(request, say("session_over"))
            return redirect("account_login")
        return self._next(request)


class SecondFactor:
    """Lets nobody work with a password that somebody else chose, or without a second factor."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The check needs the address's name, which is known only before the view: see process_view."""
        return self._next(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Sends on to the page that must come first."""
        name = getattr(request.resolver_match, "url_name", None)
        if not request.user.is_authenticated:
            return None
        if name not in WITH_ISSUED_PASSWORD and IssuedPassword.objects.filter(user=request.user).exists():
            messages.warning(request, say("change_password_first"))
            return redirect("account_change_password")
        if name not in WITHOUT_FACTOR and not is_mfa_enabled(request.user, FACTORS):
            messages.warning(request, say("second_factor_first"))
            return redirect("mfa_index")
        return None
