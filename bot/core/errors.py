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


class HistoryError(ConfianzaError):
    """The content's history cannot be read or written; the message says what to do."""

    code = "history-broken"


class ClashError(HistoryError):
    """Somebody else changed the same words in the meantime; nothing was written."""

    code = "clash"


class MovedError(HistoryError):
    """The live content is no longer what the changes were made against; make them again on top of it."""

    code = "moved"


class RefusedError(ConfianzaError):
    """A change may not be made; `findings` holds what the check of the content says against it, where it was that."""

    code = "refused"

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class DocumentError(ConfianzaError):
    """A source's text, or a selection in it, cannot be used; each case has its own code ("too-large", "not-text")."""

    code = "document-refused"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class WatchError(ConfianzaError):
    """What is known of the sources' pages cannot be read or written; the message says what to do."""

    code = "watch-broken"


class EditError(ConfianzaError):
    """What an advocate wants cannot be written; `field` names the form's field that has to change ("" for the whole).

    needle: a piece of the text that it is about, where only that is known.
    """

    code = "edit-refused"

    def __init__(self, field: str, message: str, needle: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.needle = needle


class AbsentError(ConfianzaError):
    """Something was asked of a part of Rasa that the running bot leaves out."""

    code = "absent"


class OutageError(ConfianzaError):
    """What several processes share cannot be reached just now; each goes on by itself."""

    code = "redis-unreachable"
