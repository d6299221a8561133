"""What the pages of sources share: the desk they work at, the texts on this machine, the watch, the drafts that wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest

from bot.core.drift import Seen
from bot.core.errors import DocumentError, EditError, HistoryError, WatchError
from bot.core.passages import digest
from bot.doors.console import desk, refusals
from bot.doors.console.desk import Desk
from bot.doors.console.words import known, say
from bot.edits.shelf import Held, held, source_of
from bot.history.drafts import Draft
from bot.sources.documents import Documents, Kept
from bot.sources.watching import read_watch, watch_file


@dataclass(frozen=True)
class Waiting:
    """A draft that touches documents: those as the draft would have them."""

    draft: Draft
    documents: tuple[Held, ...]


@dataclass(frozen=True)
class Orphan:
    """A text on this machine that no document uses, live or waiting; begins: its first words, to know it by."""

    file: str
    sha256: str
    begins: str


def texts() -> Documents:
    """The folder of the sources' texts."""
    return Documents(settings.CONFIANZA.console.documents)


def text_of(document: Held) -> str | None:
    """Returns a document's text, or None where it is not on this machine or is another one than was entered."""
    return texts().text(document.source.file) if texts().holds(*document.key) else None


def watched() -> tuple[Mapping[str, Seen], str]:
    """Returns what the watch knows of each address, and why it cannot be read, or ""."""
    try:
        return read_watch(watch_file(settings.CONFIANZA.state)), ""
    except WatchError:
        return {}, say("watch_broken")


def seat(request: HttpRequest) -> tuple[Desk, str]:
    """Returns the desk, and "" or why the form cannot go on with its draft; then the desk is the live one.

    A page for a draft that is gone is a 404; a form for one comes back with the person's words.
    """
    try:
        return desk.opened(request), ""
    except HistoryError as error:
        if request.method != "POST":
            raise Http404 from error
        head = desk.repository().head()
        return Desk(desk.repository().files(head), head), str(error)


def document(at: Desk, source: str) -> Held:
    """Returns a document as the desk has it; raises Http404 where there is none."""
    found = held(at.files, source)
    if found is None:
        raise Http404
    return found


def waiting() -> tuple[Waiting, ...]:
    """Returns the drafts that touch documents, the newest first."""
    found = (Waiting(draft, _touched(draft)) for draft in desk.drafts().all())
    return tuple(one for one in found if one.documents)


def _touched(draft: Draft) -> tuple[Held, ...]:
    files = desk.repository().files(draft.tip)
    names = (source_of(path) for path in desk.drafts().changes(draft))
    return tuple(found for name in names if name and (found := held(files, name)))


def orphans(documents: Iterable[Held]) -> tuple[Orphan, ...]:
    """Returns the texts on this machine that none of these documents was entered with."""
    used = {one.key for one in documents}
    found = ((file, texts().text(file) or "") for file in texts().files())
    return tuple(Orphan(file, digest(text), " ".join(text[:300].split())[:120])
                 for file, text in found if (file, digest(text)) not in used)


@contextmanager
def keeping(name: str, text: str) -> Iterator[Kept]:
    """Keeps a text as `<name>.txt`; where what is done with it is refused, a text that was not here before goes again.

    Raises EditError where it cannot be kept.
    """
    before = texts().holds(f"{name}.txt", digest(text))
    try:
        kept = texts().keep(name, text.encode())
    except DocumentError as error:
        raise EditError("id" if error.code in ("bad-name", "exists") else "text", refusal(error)) from error
    try:
        yield kept
    except EditError:
        if not before:
            texts().remove(kept.file, kept.sha256)
        raise


def refusal(error: DocumentError) -> str:
    """Says why a text or a selection cannot be used, in the reader's language where the words do not depend on the text."""
    key = f"document_{error.code.replace('-', '_')}"
    return say(key) if known(key) else refusals.told(error)
