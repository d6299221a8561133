"""Our answers to what allauth asks: no sign-up, no mail; one count of failed logins a name; a code drawn without foreign files."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from bot.doors.console import witness


class Accounts(DefaultAccountAdapter):
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the first page, or to what must come before it."""
        return str(reverse("care"))

    def clean_password(self, password: str, user: Any = None) -> str:
        """A new password is another one: the issued one must not stay."""
        if user is not None and user.check_password(password):
            raise self.validation_error("same_as_current")
        return str(super().clean_password(password, user))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts this attempt; after too many the log gets a line and the person a sentence."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            witness.refused(str(credentials.get("username", "")), "login-locked")
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count a name: allauth's own has one for each of our host names, and for each way to write a letter."""
        return str(credentials.get("username", "")).upper().lower()


    def get_client_ip(self, request: HttpRequest) -> str:
        """What tells addresses apart for the limits: a keyed hash, because the counts lie in the database."""
        address = str(super().get_client_ip(request))
        return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


class SecondFactors(DefaultMFAAdapter):
    """Draws the code for the phone in the page itself, so that no picture has to be allowed from elsewhere."""

    def build_totp_svg(self, url: str) -> str:
        """Returns the code as SVG without styles."""
        return str(segno.make(url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff"))
