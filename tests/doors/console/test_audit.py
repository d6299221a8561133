"""The log of who did what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from bot.doors.console import audit
from bot.doors.console.models import Entry
from tests.doors.console.conftest import Console


def test_a_line_holds_who_what_and_about_and_nothing_else() -> None:
    """There is no place for an address or a browser."""
    assert {field.name for field in Entry._meta.fields} == {"id", "at", "who", "what", "about", "detail"}


def test_who_is_taken_from_a_user_or_a_request(console: Console) -> None:
    """Nobody we know is an empty name."""
    user = console.person()
    request = type("Request", (), {"user": user})()
    assert [audit.write(by, "x").who for by in (user, request, None, AnonymousUser())] == [user.username, user.username, "", ""]


def test_long_words_are_cut_not_refused(console: Console) -> None:
    """A log line never stops the work it is about."""
    entry = audit.write(None, "w" * 100, "م" * 300)
    assert (len(entry.what), len(entry.about)) == (60, 200)


@pytest.mark.parametrize(("lines", "page", "shown"), [
    pytest.param(0, "", 1, id="only the login"), pytest.param(60, "", 50, id="fifty a page"),
    pytest.param(60, "2", 11, id="the rest"), pytest.param(60, "x", 50, id="no number"), pytest.param(60, "99", 11, id="past the end"),
])
def test_the_page(console: Console, lines: int, page: str, shown: int) -> None:
    """Newest first, in pages."""
    client = console.as_("administrator")
    for number in range(lines):
        audit.write(client.user, "draft-approved", f"topic {number}")
    assert client.get("/audit/", {"page": page}).content.decode().count("<time") == shown


def test_the_page_escapes(console: Console) -> None:
    """What people typed stays text."""
    client = console.as_("administrator")
    audit.write(client.user, "<i>", "<script>", "<b>")
    page = client.get("/audit/").content.decode()
    assert "<td><i>" not in page and "&lt;script&gt;" in page and "&lt;b&gt;" in page


def test_the_tables_are_as_the_models_say() -> None:
    """A changed model without its migration would break the next start somewhere else."""
    call_command("makemigrations", "console", check=True, dry_run=True, verbosity=0)
