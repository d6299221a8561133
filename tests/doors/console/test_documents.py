"""Documents: the text stays on this machine to the letter, the rest becomes a draft, and nothing that is refused leaves a trace."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bot.core.errors import EditError
from bot.doors.console import desk, documents
from bot.doors.console.models import Entry
from tests.checkouts import git
from tests.doors.console import papers
from tests.doors.console.conftest import Console
from tests.doors.console.papers import DOCUMENT, HASH, Shown, enter, kept, waiting, written

pytestmark = pytest.mark.usefixtures("checkout")


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


def folder() -> Path:
    return Path(settings.CONFIANZA.console.documents)


def upload(raw: bytes, name: str = "paper.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw, content_type="text/plain")


def test_a_new_document_waits(console: Console, checkout: Path) -> None:
    """The draft holds all but the text, the text is kept with its hash, and what is live stays."""
    client = console.as_("editor")
    response = enter(client)
    assert response.status_code == 302 and response.headers["Location"] == reverse("draft", args=[waiting().id])
    found = papers.document()
    assert (found.source.sha256, found.source.title, found.source.file) == (HASH, "Police: “No questions”", "norwalk-2026.txt")
    assert (folder() / "norwalk-2026.txt").read_bytes() == DOCUMENT.encode()
    assert (waiting().kind, waiting().about, waiting().last.author.username) == ("source", "norwalk-2026", client.user.username)
    assert papers.document(draft=False) is None
    assert "papye" not in git(checkout, "show", waiting().tip, "--", "data", "locales")
    assert list(Entry.objects.filter(what="source-text-kept").values_list("about", "detail")) == [("norwalk-2026.txt", HASH)]


def test_a_file_of_windows(console: Console) -> None:
    """A byte order mark and lines of Windows are dropped; the file's own name is never used."""
    enter(console.as_("editor"), text="", file=upload(DOCUMENT.replace("\n", "\r\n").encode("utf-8-sig"), "../../evil name.sh"))
    assert kept(folder()) == ["norwalk-2026.txt"] and papers.document().source.sha256 == HASH


REFUSED_TEXTS = [
    pytest.param({"text": ""}, "one of the two", id="neither"),
    pytest.param({"file": upload(b"words")}, "one of the two", id="both"),
    pytest.param({"text": "", "file": upload(zipped(), "a.docx")}, "copy its words", id="a Word file"),
    pytest.param({"text": "", "file": upload(zipped(), "a.txt")}, "copy its words", id="a zip file that says it is text"),
    pytest.param({"text": "", "file": upload(b"%PDF-1.7 words")}, "copy its words", id="PDF"),
    pytest.param({"text": "", "file": upload(b"<html><body>words")}, "copy its words", id="a web page"),
    pytest.param({"text": "<p class='x'>words</p>"}, "copy its words", id="code of a web page, pasted"),
    pytest.param({"text": "", "file": upload("papye é".encode("cp1252"))}, "UTF-8", id="another encoding"),
    pytest.param({"text": "", "file": upload(b"a " * 500_001)}, "1 MB", id="too large"),
    pytest.param({"text": "", "file": upload(b"pap\x00ye")}, "cannot be seen", id="NUL"),
    pytest.param({"text": "", "file": upload(b"")}, "empty", id="an empty file"),
]


@pytest.mark.parametrize("changes, said", REFUSED_TEXTS)
def test_what_is_no_text_is_refused(console: Console, changes: dict[str, Any], said: str) -> None:
    """The page says what to do, keeps the other words, and nothing is kept."""
    if "file" in changes:
        changes["file"].seek(0)
    response = enter(console.as_("editor"), **changes)
    page = response.content.decode()
    assert response.status_code == 400 and said in page and written(page, "publisher") == "The Hour"
    assert kept(folder()) == [] and desk.drafts().all() == []


REFUSED_FIELDS = [
    pytest.param({"id": "Norwalk 2026"}, "id", id="a name with spaces"),
    pytest.param({"id": "../evil"}, "id", id="a path"),
    pytest.param({"id": "westport-2019"}, "id", id="a name that is taken"),
    pytest.param({"title": " "}, "title", id="no title"),
    pytest.param({"date": "March 2026"}, "date", id="a date in words"),
    pytest.param({"date": "2026-13"}, "date", id="a month that does not exist"),
    pytest.param({"date": "2026-11-23"}, "date", id="tomorrow"),
    pytest.param({"town": "paris"}, "town", id="an unknown town"),
    pytest.param({"url": "javascript:alert(1)"}, "url", id="a script as link"),
    pytest.param({"changed": ""}, "changed", id="nothing about what changed since"),
    pytest.param({"why": ""}, "why", id="no reason"),
]


@pytest.mark.parametrize("changes, field", REFUSED_FIELDS)
def test_a_field_that_cannot_stay_so(console: Console, changes: dict[str, str], field: str) -> None:
    """The error stands beside its field and above the form with a link to it; the pasted text is still there, and not kept."""
    response = enter(console.as_("editor"), **changes)
    page = response.content.decode()
    assert response.status_code == 400 and f'<a href="#id_{field}">' in page and f'id="id_{field}_error"' in page
    assert "Nou pa mande papye &amp; &lt;10 moun." in written(page, "text")
    assert kept(folder()) == [] and desk.drafts().all() == []


def test_a_file_comes_back_as_words(console: Console) -> None:
    """Browsers do not send a chosen file twice: after another field's error its text stands in the box."""
    page = enter(console.as_("editor"), text="", file=upload(DOCUMENT.encode()), title="").content.decode()
    assert "لا نسأل عن الأوراق. 我们不问身份。" in written(page, "text")


def test_a_refused_draft_takes_its_text_along(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the draft cannot be saved the text goes again, so that the next try may bring a better one."""
    def refuse(*_: Any) -> None:
        raise EditError("", "the check says no")

    monkeypatch.setattr(documents, "hand_in", refuse)
    response = enter(console.as_("editor"))
    assert response.status_code == 400 and b"the check says no" in response.content and kept(folder()) == []


def test_another_text_of_this_name(console: Console) -> None:
    """A text that is kept is never overwritten: the name has to be another."""
    client = console.as_("editor")
    enter(client)
    response = enter(client, text="Other words.")
    assert response.status_code == 400 and b"Another text is already kept" in response.content
    assert (folder() / "norwalk-2026.txt").read_text(encoding="utf-8") == DOCUMENT


def test_the_text_is_on_the_page_to_the_letter(console: Console) -> None:
    """A browser holds exactly the characters that the offsets count, the first line break and signs of HTML too."""
    client = console.as_("editor")
    enter(client)
    page = client.get(reverse("source", args=["norwalk-2026"]), {"draft": waiting().id}).content.decode()
    assert Shown(page, "document").text == DOCUMENT and 'id="select"' in page


def test_a_carriage_return_stays_one() -> None:
    """A text that the operator laid there with lines of Windows has the same offsets in the browser."""
    assert documents.exactly("a\r\nb<\r") == "a&#13;\nb&lt;&#13;"


def test_our_own_documents_are_marked(console: Console, shared: Path) -> None:
    """Each passage that we quote is marked where it stands and linked with its entry, which names the answers that show it."""
    folder().mkdir()
    for path in (shared / "sources" / "documents").glob("*.txt"):
        (folder() / path.name).write_bytes(path.read_bytes())
    client = console.as_("approver")
    page = client.get(reverse("source", args=["norwalk-2025"])).content.decode()
    shown = Shown(page, "document")
    links = {attrs["href"] for tag, attrs in shown.tags if tag == "a"}
    assert links == {f"#{name}" for name in papers.document("norwalk-2025", draft=False).passages}
    assert shown.text == (folder() / "norwalk-2025.txt").read_text(encoding="utf-8") and "<mark>" in page
    assert 'id="select"' not in page and desk.live().topics["local_incident"].title in page


def test_a_text_that_is_not_here_can_be_given_again(console: Console) -> None:
    """Only the same text to the letter is kept; readers get no form for it."""
    editor = console.as_("editor")
    enter(editor)
    (folder() / "norwalk-2026.txt").unlink()
    draft = {"draft": waiting().id}
    page, form = reverse("source", args=["norwalk-2026"]), reverse("source_text", args=["norwalk-2026"])
    assert form in editor.get(page, draft).content.decode() and form not in console.as_("approver").get(page, draft).content.decode()
    wrong = editor.post(form, {"text": DOCUMENT + ".", **draft})
    assert wrong.status_code == 400 and b"another text" in wrong.content and kept(folder()) == []
    right = editor.post(form, {"text": "", "file": upload(DOCUMENT.encode()), **draft})
    assert right.status_code == 302 and right.headers["Location"] == f"{page}?draft={waiting().id}"
    assert kept(folder()) == ["norwalk-2026.txt"]


def test_a_changed_text_is_not_shown(console: Console) -> None:
    """A text on the disk that is not the one that was entered is none to quote from."""
    client = console.as_("editor")
    enter(client)
    (folder() / "norwalk-2026.txt").write_text(DOCUMENT.replace("everyone", "nobody"), encoding="utf-8")
    page = client.get(reverse("source", args=["norwalk-2026"]), {"draft": waiting().id}).content.decode()
    assert "nobody" not in page and "not on this machine" in page


def test_a_passage_leads_to_its_document(console: Console) -> None:
    """Drafts of quotations name the passage; its address opens the document there."""
    response = console.as_().get(reverse("source", args=["norwalk-2025-walsh-deters"]))
    assert response.headers["Location"] == f"{reverse('source', args=['norwalk-2025'])}#norwalk-2025-walsh-deters"


@pytest.mark.parametrize("address", ["/sources/nowhere-1999/", "/sources/norwalk-2025/nothing/", "/sources/norwalk-2025/?draft=00000000"])
def test_what_is_not_there(console: Console, address: str) -> None:
    """No such document, passage or draft."""
    assert console.as_("editor").get(address).status_code == 404


def test_a_draft_that_is_gone_costs_no_words(console: Console) -> None:
    """The form comes back with what was written and says what happened."""
    response = enter(console.as_("editor"), draft="00000000")
    page = response.content.decode()
    assert response.status_code == 400 and "not here any more" in page and written(page, "publisher") == "The Hour"


def test_in_spanish(console: Console) -> None:
    """The form speaks the advocate's language."""
    client = console.as_("editor")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page = client.get(reverse("source_new")).content.decode()
    assert '<html lang="es">' in page and "Qué ha cambiado desde entonces" in page
