"""Files of translations: what goes out, the dry run of what comes in, and the draft it becomes."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bot.doors.console import desk as desks
from bot.doors.console import exchange
from bot.edits.entries import entries
from bot.edits.sheets import export_csv, export_po
from tests.doors.console.conftest import Console

HELP, DANGER = "What can you do?", "In danger now? Call 911."
NEW = "这个程序能帮您做什么？"


@pytest.fixture(autouse=True)
def _content(checkout: Path) -> None:
    """Every test works on a copy."""


def upload(client: Any, content: str | bytes, name: str = "file.csv", language: str = "zh") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(reverse("import", args=[language]), {"file": SimpleUploadedFile(name, raw)})


def table(*rows: tuple[str, str, str], language: str = "zh") -> str:
    lines = [f'{language},{context},"{english}","{text}",draft' for context, english, text in rows]
    return "\n".join(["language,context,english,translation,state", *lines]) + "\n"


def parcel(response: Any) -> str:
    return html.unescape(re.search(r'name="parcel" value="([^"]+)"', response.content.decode())[1])


def said(english: str, commit: str | None = None, language: str = "zh") -> str:
    return next(e.msgstr for e in entries(desks.repository().files(commit), language) if e.key == ("menu_help", english))


@pytest.mark.parametrize("role", ["editor", "translator-ht"])
def test_files_go_out(console: Console, role: str) -> None:
    """Editors and translators of any language take them; they are downloads, never pages."""
    client, files = console.as_(role), desks.repository().files()
    table = client.get(reverse("csv_out", args=["zh"]))
    assert table.content.decode() == export_csv(files, "zh")
    assert table["Content-Disposition"] == 'attachment; filename="confianza-zh.csv"' and table["Content-Type"] == "text/csv; charset=utf-8"
    catalogue = client.get(reverse("po_out", args=["zh", "answers"]))
    assert catalogue.content.decode() == export_po(files, "zh", "answers") and "zh-answers.po" in catalogue["Content-Disposition"]


@pytest.mark.parametrize("path", ["/translations/zh/x.po", "/translations/en/answers.po", "/translations/en.csv", "/translations/..csv"])
def test_other_files_are_not_there(console: Console, path: str) -> None:
    """Three catalogues of seven languages, nothing else."""
    assert console.as_("editor").get(path).status_code == 404


def test_what_went_out_and_comes_back_changes_nothing(console: Console) -> None:
    """A table and each catalogue, sent back untouched, find every sentence and propose no change."""
    client, files = console.as_("translator-zh"), desks.repository().files()
    for text in (export_csv(files, "zh"), *(export_po(files, "zh", domain) for domain in ("messages", "answers", "sources"))):
        page = upload(client, text).content.decode()
        assert "Changes: 0" in page and "Not ours" not in page and 'name="parcel"' not in page


@pytest.mark.parametrize("kind", ["table", "po"])
def test_a_file_is_shown_first_and_handed_in_second(console: Console, kind: str) -> None:
    """The upload saves nothing; the draft holds what the dry run showed, in the translator's name."""
    client = console.as_("translator-zh", username="mei")
    po = f'msgctxt "menu_help"\nmsgid "{HELP}"\nmsgstr "{NEW}"\n'
    response = upload(client, table(("menu_help", HELP, NEW)) if kind == "table" else po)
    page = response.content.decode()
    assert response.status_code == 200 and "Changes: 1" in page and "<ins>" in page and desks.drafts().all() == []
    done = client.post(reverse("import", args=["zh"]), {"parcel": parcel(response), "why": "From the office."})
    (draft,) = desks.drafts().all()
    assert done.url == reverse("draft", args=[draft.id]) and said(HELP, draft.tip) == NEW and said(HELP) != NEW
    assert (draft.kind, draft.about, draft.authors[0].username, draft.last.why) == ("translation", "zh:import", "mei", "From the office.")


def test_the_dry_run_names_what_is_left_out(console: Console) -> None:
    """Refused rows with the reason, and sentences that are not ours; markup in them stays text."""
    rows = table(("menu_help", DANGER, "现在有危险？请打 203-555-0100。"), ("menu_help", "<script>alert(1)</script>", "x"))
    page = upload(console.as_("translator-zh"), rows).content.decode()
    assert "Refused: 1" in page and "The phone numbers must be the same: 911." in page
    assert "Not ours: 1" in page and "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    assert 'name="parcel"' not in page


def test_differing_numbers_are_taken_only_with_a_tick(console: Console) -> None:
    """They stand in a list of their own; without the tick the rest is handed in."""
    english = next(e for e in entries(desks.repository().files(), "zh") if "30 days" in e.msgid and '"' not in e.msgid + e.msgstr)
    changed = english.msgstr.replace("30", "三十")
    assert changed != english.msgstr
    client = console.as_("translator-zh")
    response = upload(client, table(("menu_help", HELP, NEW), (english.context, english.msgid, changed)))
    assert "Numbers that differ: 1" in response.content.decode()
    for tick, number in (({}, 1), ({"numbers_ok": "yes"}, 2)):
        client.post(reverse("import", args=["zh"]), {"parcel": parcel(response), **tick})
        newest = desks.drafts().all()
        assert any(f"{number} sentences from a file" in draft.title for draft in newest)
    texts = {next(e.msgstr for e in entries(desks.repository().files(d.tip), "zh") if e.key == english.key) for d in desks.drafts().all()}
    assert texts == {english.msgstr, changed}


@pytest.mark.parametrize(("content", "reason"), [
    pytest.param(b"PK\x03\x04" + b"x" * 100, "workbook", id="a workbook or a zip bomb"),
    pytest.param("a,b\n1,2\n", "neither a PO file nor a table", id="another table"),
    pytest.param("msgid \"a\"\nmsgstr \"b\n", "not a", id="a broken catalogue"),
    pytest.param("é".encode("latin-1") * 10, "not UTF-8", id="Latin-1"),
    pytest.param(b"x" * 2_000_001, "larger than 2 MB", id="too large"),
    pytest.param(b"", "neither a PO file nor a table", id="empty"),
])
def test_files_that_cannot_be_used(console: Console, content: str | bytes, reason: str) -> None:
    """The reason stands beside the field; the file's own name, whatever it holds, is nowhere on the page."""
    response = upload(console.as_("translator-zh"), content, name="<script>x.csv")
    page = response.content.decode()
    assert response.status_code == 400 and reason in page.split('<ul class="error"')[1] and "x.csv" not in page


def test_no_file_is_asked_for_again(console: Console) -> None:
    """A form without a file says so."""
    response = console.as_("translator-zh").post(reverse("import", args=["zh"]), {})
    assert response.status_code == 400 and '<ul class="error"' in response.content.decode()


@pytest.mark.parametrize("wrong", ["forged", "old", "another person's", "another language's"])
def test_only_the_parcel_that_was_shown_is_handed_in(console: Console, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forged, older than half an hour, somebody else's, or of another language: the file is asked for again."""
    client, other = console.as_("translator-zh", "translator-ar"), console.as_("translator-zh")
    sealed, language = parcel(upload(client, table(("menu_help", HELP, NEW)))), "zh"
    if wrong == "forged":
        sealed = signing.dumps({"language": "zh"}, salt="another salt")
    elif wrong == "old":
        monkeypatch.setattr(exchange, "MINUTES", -1)
    elif wrong == "another person's":
        client = other
    else:
        language = "ar"
    response = client.post(reverse("import", args=[language]), {"parcel": sealed})
    assert response.status_code == 400 and "Send the file once more" in response.content.decode() and desks.drafts().all() == []


def test_other_languages_are_closed(console: Console) -> None:
    """A translator of Arabic neither sees nor uses the Chinese import."""
    client = console.as_("translator-ar", "editor")
    assert client.get(reverse("import", args=["zh"])).status_code == 403 and upload(client, table()).status_code == 403
