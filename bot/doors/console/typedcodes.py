"""Six digits as people type them: on an Arabic keyboard too. What is no code is a wrong code, never an error of ours."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm

from bot.core.forbidden import plain


class _Typed:
    """Reads the digits of every script; comes before the form that compares them."""

    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Raises ValidationError for signs that no code holds."""
        code = plain(self.cleaned_data["code"]).strip()
        if not code.isascii():
            raise get_adapter().validation_error("incorrect_code")
        self.cleaned_data["code"] = code
        return str(super().clean_code())  # type: ignore[misc]


class TypedAuthenticate(_Typed, AuthenticateForm):
    """The second factor at login."""


class TypedReauthenticate(_Typed, ReauthenticateForm):
    """The second factor once more, before something grave."""


class TypedActivate(_Typed, ActivateTOTPForm):
    """The first code of a new app."""
