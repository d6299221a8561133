"""Login by passkey alone: only where the device itself asked for a finger, a face or a PIN."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from fido2.webauthn import AuthenticationResponse


class VerifiedLogin(LoginWebAuthnForm):
    """A key that was only touched is one factor; with it the password is asked for too."""

    def clean_credential(self) -> Any:
        """Raises ValidationError where the device did not verify who holds it."""
        try:
            response = AuthenticationResponse.from_dict(self.cleaned_data["credential"])
        except (TypeError, ValueError, KeyError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if not response.response.authenticator_data.is_user_verified():
            raise get_adapter().validation_error("incorrect_code")
        return super().clean_credential()
