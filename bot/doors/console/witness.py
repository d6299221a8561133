"""What the audit log hears of by itself: logins, refusals, passwords, second factors."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from bot.doors.console import audit
from bot.doors.console.models import IssuedPassword


def listen() -> None:
    """Connects the log to Django's and allauth's signals."""
    user_logged_in.connect(_logged_in, dispatch_uid="console")
    user_logged_out.connect(_logged_out, dispatch_uid="console")
    user_login_failed.connect(_refused, dispatch_uid="console")
    password_changed.connect(_password_changed, dispatch_uid="console")
    authentication_failed.connect(_factor_refused, dispatch_uid="console")
    for signal, what in ((authenticator_added, "added"), (authenticator_removed, "removed"), (authenticator_reset, "renewed")):
        signal.connect(_factor(what), weak=False, dispatch_uid="console")


def refused(username: str, what: str) -> None:
    """Notes a refused login; the typed name only where an account has it, for it may be a password in the wrong field."""
    audit.write(get_user_model().objects.filter(username__iexact=username).first(), what)


def _logged_in(request: Any, user: Any, **_: Any) -> None:
    request.session["since"] = time.time()
    audit.write(user, "login")


def _logged_out(user: Any, **_: Any) -> None:
    if user is not None:
        audit.write(user, "logout")


def _refused(credentials: dict[str, Any], **_: Any) -> None:
    refused(str(credentials.get("username", "")), "login-failed")


def _password_changed(user: Any, **_: Any) -> None:
    IssuedPassword.objects.filter(user=user).delete()
    audit.write(user, "password-changed")


def _factor_refused(user: Any, **_: Any) -> None:
    audit.write(user, "second-factor-failed")


def _factor(what: str) -> Any:
    def heard(user: Any, authenticator: Any, **_: Any) -> None:
        audit.write(user, f"second-factor-{what}", str(authenticator.type))

    return heard
