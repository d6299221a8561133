"""The texts of sources: files in a folder of this machine, neither in git nor published. `data/answers/sources` holds their hashes.

What is kept is what was given with one change: a byte order mark is dropped, and every line ends in a line feed only.
The SHA-256 is that of the bytes kept.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import DocumentError
from bot.core.passages import digest

MOST_BYTES = 1_000_000
_NAME = re.compile(r"[a-z0-9-]{3,60}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PASTE = "open it, copy its words and paste them here as text"
# How files that are no text begin, and what people call them.
_KINDS = (
    (b"PK\x03\x04", "a Word file or a zip file"), (b"PK\x05\x06", "an empty zip file"), (b"%PDF", "a PDF file"), (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"), (b"\x1f\x8b", "a packed file"), (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_HTML = re.compile(r"<(?:!doctype|/?(?:html|head|body|script|style|div|p|span|br|table|a|h[1-6]))(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINES = re.compile(r"\r\n?")
# Marks that make text be shown in another order than it stands.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Kept:
    """A text that was kept: the name of its file, the SHA-256 of its bytes, its characters."""

    file: str
    sha256: str
    text: str


@dataclass(frozen=True)
class Documents:
    """The folder of the sources' texts."""

    folder: Path

    def text(self, file: str) -> str | None:
        """Returns a document's characters, or None where it is not here or is not UTF-8."""
        raw = self._raw(file)
        try:
            return None if raw is None else raw.decode("utf-8")
        except UnicodeDecodeError:
            return None

    def holds(self, file: str, sha256: str) -> bool:
        """True where the document is here and is the one that was quoted."""
        raw = self._raw(file)
        return raw is not None and hashlib.sha256(raw).hexdigest() == sha256

    def keep(self, name: str, raw: bytes) -> Kept:
        """Keeps a pasted or uploaded text as `<name>.txt`, name being the document's id; the same text twice is fine.

        Raises DocumentError: bad-name, too-large, not-text, not-utf8, control-character, damaged, empty, exists, cannot-keep.
        """
        if not _NAME.fullmatch(name):
            raise DocumentError("bad-name", "the id of a document has 3 to 60 small letters, digits and hyphens")
        text = readable(raw)
        kept = Kept(f"{name}.txt", digest(text), text)
        try:
            self._write(kept)
        except OSError as error:
            raise DocumentError("cannot-keep", f"the text could not be kept here ({error.strerror}); tell the operator") from error
        if not self.holds(kept.file, kept.sha256):
            raise DocumentError("exists", f"another text is already kept as '{name}'; give this document another id")
        return kept

    def files(self) -> tuple[str, ...]:
        """Returns the names of the texts that are kept, sorted."""
        try:
            found = sorted(path.name for path in self.folder.iterdir() if path.is_file())
        except OSError:
            return ()
        return tuple(name for name in found if _FILE.fullmatch(name) and name.endswith(".txt"))

    def remove(self, file: str, sha256: str) -> bool:
        """Takes a text away for good; False where it is not here or is another one. Raises DocumentError: cannot-remove."""
        if not self.holds(file, sha256):
            return False
        try:
            (self.folder / file).unlink(missing_ok=True)
        except OSError as error:
            raise DocumentError("cannot-remove", f"the text could not be removed ({error.strerror}); tell the operator") from error
        return True

    def _raw(self, file: str) -> bytes | None:
        try:
            return (self.folder / file).read_bytes() if _FILE.fullmatch(file) else None
        except OSError:
            return None

    def _write(self, kept: Kept) -> None:
        """Writes beside the place and links it there: the file is whole or absent, and one that exists stays as it is."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".draft-", dir=self.folder)  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(kept.text.encode())
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, self.folder / kept.file)  # unlike os.replace it never takes another's place, even in a race
        except FileExistsError:
            pass  # `keep` looks whether it is the same text
        finally:
            os.unlink(draft)


def readable(raw: bytes) -> str:
    """Returns given bytes as the text that is kept; raises DocumentError where they are not plain text in UTF-8."""
    if len(raw) > MOST_BYTES:
        raise DocumentError("too-large", f"the text is larger than {MOST_BYTES // 1_000_000} MB; paste the part that is about the subject")
    for start, kind in _KINDS:
        if raw.lstrip().startswith(start):
            raise DocumentError("not-text", f"this is {kind}, not text; {_PASTE}")
    try:
        text = _LINES.sub("\n", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError("not-utf8", f"the file is not in UTF-8; save it as UTF-8, or {_PASTE}") from error
    _judge(text)
    return text


def _judge(text: str) -> None:
    if _HTML.search(text):
        raise DocumentError("not-text", f"this is the code of a web page; {_PASTE}")
    if not any(unicodedata.category(c)[0] in "LN" for c in text):
        raise DocumentError("empty", "there are no words in this text; paste the words of the document")
    for number, line in enumerate(text.split("\n"), 1):
        if any((unicodedata.category(c) == "Cc" and c != "\t") or c in _REORDERING for c in line):
            raise DocumentError("control-character", f"line {number} holds a character that cannot be seen; paste the words as plain text")
        if "\ufffd" in line:
            raise DocumentError("damaged", f"line {number} holds a damaged letter (\ufffd); copy the words from the document again")
