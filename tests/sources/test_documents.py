"""Texts of sources: what is given is kept to the letter or refused with a reason; nothing that is kept is ever overwritten."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from bot.core.errors import DocumentError
from bot.sources.documents import MOST_BYTES, Documents

TEXT = "“Nou pa mande papye.”\nلا نسأل عن الأوراق.\n我们不问身份。\n"


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "<w:document/>")
    return made.getvalue()


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(tmp_path / "state" / "documents")


@pytest.mark.parametrize("raw", [
    pytest.param(TEXT.encode(), id="as it is"),
    pytest.param(TEXT.encode("utf-8-sig"), id="byte order mark"),
    pytest.param(TEXT.replace("\n", "\r\n").encode(), id="lines of Windows"),
    pytest.param(TEXT.replace("\n", "\r").encode(), id="lines of an old Mac"),
])
def test_one_normalisation(documents: Documents, raw: bytes) -> None:
    """The mark goes, lines end in a line feed; the hash is that of the bytes on the disk, and all else is kept to the letter."""
    kept = documents.keep("norwalk-2026", raw)
    assert (kept.file, kept.text) == ("norwalk-2026.txt", TEXT)
    assert kept.sha256 == hashlib.sha256((documents.folder / kept.file).read_bytes()).hexdigest()
    assert documents.text(kept.file) == TEXT and documents.holds(kept.file, kept.sha256)


@pytest.mark.parametrize("raw, code", [
    pytest.param(b"", "empty", id="nothing"),
    pytest.param("\ufeff \r\n\u200b…\n".encode(), "empty", id="no words"),
    pytest.param(b"a" * (MOST_BYTES + 1), "too-large", id="too large"),
    pytest.param(zipped("word/document.xml"), "not-text", id="docx"),
    pytest.param(gzip.compress(b"words"), "not-text", id="gzip"),
    pytest.param(b"%PDF-1.7\nwords", "not-text", id="pdf"),
    pytest.param(b"{\\rtf1 words}", "not-text", id="rtf"),
    pytest.param(b"\n <!DOCTYPE html><title>x</title>", "not-text", id="html"),
    pytest.param(b"Words first, <p class='x'>then a page</p>", "not-text", id="html further on"),
    pytest.param("papye – café".encode("cp1252"), "not-utf8", id="windows-1252"),
    pytest.param("papye".encode("utf-16"), "not-utf8", id="utf-16"),
    pytest.param(b"pap\x00ye", "control-character", id="NUL"),
    pytest.param(b"papye\x1b[2J", "control-character", id="escape"),
    pytest.param("papye\x85".encode(), "control-character", id="C1"),
    pytest.param("call \u202e3247\u202c".encode(), "control-character", id="reordered digits"),
    pytest.param("pap\ufffde".encode(), "damaged", id="damaged letter"),
])
def test_what_is_no_plain_text_is_refused(documents: Documents, raw: bytes, code: str) -> None:
    """Each refusal has its code and says what to do; nothing is written."""
    with pytest.raises(DocumentError) as caught:
        documents.keep("norwalk-2026", raw)
    assert caught.value.code == code and len(str(caught.value)) > 20
    assert not documents.folder.exists() or not list(documents.folder.iterdir())


@pytest.mark.parametrize("text", [
    pytest.param("Fewer than <10 people, a < b, PKK and %PDF.", id="signs"),
    pytest.param("Tab\there.\n\nA new part.", id="tab"),
    pytest.param("می\u200cخواهم \u200fالأوراق", id="marks that Persian and Arabic need"),
    pytest.param("a" * MOST_BYTES, id="as large as may be"),
])
def test_plain_text_is_kept(documents: Documents, text: str) -> None:
    """What people really paste is not refused."""
    assert documents.keep("norwalk-2026", text.encode()).text == text


@pytest.mark.parametrize("name", ["", "ab", "../etc", "a/b/c", "Norwalk", "norwalk.txt", "norwalk\n", "a" * 61, "nòwalk"])
def test_the_name_is_an_id(documents: Documents, name: str) -> None:
    """A name with anything but small letters, digits and hyphens never becomes a file."""
    with pytest.raises(DocumentError) as caught:
        documents.keep(name, TEXT.encode())
    assert caught.value.code == "bad-name" and not documents.folder.exists()


def test_another_text_is_never_overwritten(documents: Documents) -> None:
    """The same text may be kept twice; another one under the same id is refused, and the first stays."""
    first = documents.keep("norwalk-2026", TEXT.encode())
    assert documents.keep("norwalk-2026", TEXT.replace("\n", "\r\n").encode()) == first
    with pytest.raises(DocumentError) as caught:
        documents.keep("norwalk-2026", b"Other words.")
    assert caught.value.code == "exists" and documents.text(first.file) == TEXT


def test_files_are_private_and_nothing_else_is_left(documents: Documents) -> None:
    """Only the operator's account reads the texts; no half-written file stays behind."""
    documents.keep("norwalk-2026", TEXT.encode())
    (path,) = documents.folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(documents.folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Where the machine refuses, the advocate is told, not shown a broken page."""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DocumentError) as caught:
        Documents(tmp_path / "file" / "documents").keep("norwalk-2026", TEXT.encode())
    assert caught.value.code == "cannot-keep"


@pytest.mark.parametrize("file", ["../secret.txt", "/etc/hostname", ".draft-x", "", "absent.txt", "sub/x.txt"])
def test_only_files_of_the_folder_are_read(documents: Documents, file: str) -> None:
    """A name that leads elsewhere, or to nothing, gives no text."""
    documents.keep("norwalk-2026", TEXT.encode())
    (documents.folder.parent / "secret.txt").write_text("key")
    assert documents.text(file) is None and not documents.holds(file, hashlib.sha256(b"key").hexdigest())


def test_a_changed_document_is_not_the_one_that_was_quoted(documents: Documents) -> None:
    """One other byte on the disk and the document does not hold."""
    kept = documents.keep("norwalk-2026", TEXT.encode())
    (documents.folder / kept.file).write_text(TEXT + " ", encoding="utf-8")
    assert not documents.holds(kept.file, kept.sha256)


def test_our_documents_could_be_kept(documents: Documents, shared: Path) -> None:
    """The documents that we quote pass the rules for new ones, and their hashes stay."""
    for path in sorted((shared / "sources" / "documents").glob("*.txt")):
        assert documents.keep(path.stem, path.read_bytes()).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_texts_are_listed(documents: Documents) -> None:
    """Only texts that were kept are listed, sorted; a folder that is not there has none."""
    assert documents.files() == ()
    for name in ("westport-2026", "norwalk-2026"):
        documents.keep(name, TEXT.encode())
    (documents.folder / "README.md").write_text("mine")
    (documents.folder / ".draft-x.txt").write_text("half")
    assert documents.files() == ("norwalk-2026.txt", "westport-2026.txt")


def test_only_the_text_that_was_meant_is_removed(documents: Documents) -> None:
    """Another text in its place stays, and no name leads out of the folder."""
    kept = documents.keep("norwalk-2026", TEXT.encode())
    outside = documents.folder.parent / "secret.txt"
    outside.write_text("key")
    assert not documents.remove(kept.file, "0" * 64)
    assert not documents.remove("../secret.txt", hashlib.sha256(b"key").hexdigest())
    assert documents.text(kept.file) == TEXT and outside.exists()
    assert documents.remove(kept.file, kept.sha256) and documents.files() == ()
    assert not documents.remove(kept.file, kept.sha256)
