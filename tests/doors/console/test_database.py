"""What a database must bear, whichever it is: SQLite takes everything, PostgreSQL refuses some of it. Both are tried."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache

from bot.doors.console import audit, presence
from bot.doors.console.models import Entry, Question

ODD = {
    "a character that no text has": "\x00", "half a character": "\udc00", "a long name": "x" * 1500, "a great number": "9" * 40,
    "another script": "محمد", "a picture": "🏽" * 200,
}


@pytest.mark.parametrize("address", ["/people/{}/", "/audit/?page={}", "/questions/?language={}", "/questions/examples/?pick={}"])
def test_an_odd_address_is_no_error_of_ours(console: Any, content_root: Any, address: str) -> None:
    """A page that does not exist is said not to exist, or what was asked for is passed over."""
    client = console.as_("administrator", "editor", "approver", "translator-es")
    found = {what: client.get(address.format(quote(name.encode("utf-8", "surrogatepass")))).status_code for what, name in ODD.items()}
    assert set(found.values()) <= {200, 302, 400, 404}, found


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_an_odd_name_cannot_log_in(console: Any, name: str) -> None:
    """A login with it is refused as any wrong one is."""
    found = console.anonymous.post("/login/", {"login": name.encode("utf-8", "surrogatepass"), "password": "wrong password"})
    assert found.status_code in (200, 400, 413)


def test_the_longest_line_of_the_log_is_kept(console: Any) -> None:
    """What a column cannot hold is cut, not refused: what was done is done, and must be in the log."""
    audit.write(None, "w" * 500, "é" * 500, "d" * 5000)
    kept = Entry.objects.latest("id")
    assert (len(kept.what), len(kept.about), len(kept.detail)) == (60, 200, 5000)


def test_counts_outlive_the_process(console: Any) -> None:
    """The cache lies in the database: whoever was locked out is so after a restart too."""
    cache.set("count", [1.5, 2.5], 60)
    assert cache.get("count") == [1.5, 2.5] and not cache.add("count", [], 60)
    assert type(cache._connections["default"]).__name__ == "DatabaseCache"


def test_presence_is_one_row_a_person(console: Any) -> None:
    """Opening a piece twice is no second row, at whatever length of its name."""
    one, other = console.person("editor"), console.person("editor")
    about = f"answer {'x' * 150}"
    assert presence.others(one, about) == presence.others(one, about) == []
    assert presence.others(other, about) == [one.first_name]


def test_questions_keep_their_order_and_their_script(console: Any) -> None:
    """The newest day first; within a day by language and text."""
    for day, language, text in ((1, "es", "b"), (2, "zh", "警察"), (2, "ar", "الشرطة"), (2, "ar", "أين")):
        Question.objects.create(day=date(2026, 11, day), language=language, text=text)
    found = [(question.day.day, question.language) for question in Question.objects.all()]
    assert found == [(2, "ar"), (2, "ar"), (2, "zh"), (1, "es")]
