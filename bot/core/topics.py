"""What we say: topics, pages, and notices that hold for some days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Off:
    """Why an answer is switched off; for editors, never shown to residents."""

    by: str
    on: date
    why: str


@dataclass(frozen=True)
class Topic:
    """What we say about one intent. `quotes` holds groups: passages of one group are shown together or not at all.

    off: None but where the answer is switched off; then residents get one sentence and its contacts.
    """

    id: str
    section: str
    title: str
    first: str | None
    short: str
    towns: Mapping[str, str]
    steps: tuple[str, ...]
    caution: str | None
    quotes: tuple[tuple[str, ...], ...]
    laws: tuple[str, ...]
    contact_kinds: tuple[str, ...]
    preferred_contacts: tuple[str, ...]
    next: tuple[str, ...]
    review_by: date
    off: Off | None = None

    @property
    def is_service(self) -> bool:
        """True for greetings and other talk about the service itself."""
        return self.section == "E"

    @property
    def is_offered(self) -> bool:
        """True where the answer may stand in a list: an answer that is switched off is not suggested to anybody."""
        return self.off is None


# What the operator can switch, and so what a page has to say of it: the inbox of unanswered questions.
SWITCHES = ("inbox", "no inbox")


@dataclass(frozen=True)
class Part:
    """A heading and the lines under it. when: the switch under which it is shown (a name of `SWITCHES`); "": always."""

    heading: str
    lines: tuple[str, ...]
    when: str = ""


@dataclass(frozen=True)
class Page:
    """A page of plain text (English msgids). pulpit, message: texts to read aloud and to send on; changed: of its words."""

    id: str
    title: str
    intro: str
    parts: tuple[Part, ...]
    pulpit: str = ""
    message: str = ""
    changed: date | None = None

    @property
    def context(self) -> str:
        """The msgctxt of its sentences."""
        return f"page.{self.id}"


@dataclass(frozen=True)
class Notice:
    """A short message to everybody, shown from `starts` to `ends`, both inclusive; `towns`: only for these (none: for all)."""

    id: str
    text: str
    starts: date
    ends: date
    by: str
    towns: tuple[str, ...] = ()

    @property
    def context(self) -> str:
        """The msgctxt of its sentence."""
        return f"notice.{self.id}"
