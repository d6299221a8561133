"""The one family of errors. People read the message; programs match the code."""

from __future__ import annotations


class ConfianzaError(Exception):
    """Base of every error this project raises on purpose.

    code: a stable word for programs ("content-broken"); the message is for people and says what to do.
    """

    code = "error"


class ContentError(ConfianzaError):
    """A content file cannot be used; the message names file, line and remedy."""

    code = "content-broken"


class SettingsError(ConfianzaError):
    """An environment variable holds something that cannot be used."""

    code = "settings-broken"


class BrainError(ConfianzaError):
    """Rasa did not give a usable answer in time."""

    code = "brain-unreachable"


class StartError(ConfianzaError):
    """The service cannot start on this machine; the message says what to do."""

    code = "cannot-start"


class PhoneError(ConfianzaError):
    """The simulated phone could not send its message."""

    code = "phone-failed"


class FlyerError(ConfianzaError):
    """A flyer could not be drawn; the message says what is missing."""

    code = "flyer-failed"
