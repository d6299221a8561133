"""The counts: a week's numbers, none below ten, on the page and in the file alike."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from tests.doors.console.conftest import Console

OLD, NEW = "2026-W46", "2026-W47"
CELLS = {
    "topic/police_ask_status": 57, "topic/trust_act": 23, "language/ht": 44, "language/es": 36, "channel/web": 61, "channel/sms": 19,
    "topic_language/police_ask_status/ht": 31, "topic_language/police_ask_status/es": 26, "topic_language/trust_act/ht": 13,
    "answered/ht": 33, "asked_back/ht": 11, "answered/es": 36, "helped/police_ask_status/yes": 12, "helped/police_ask_status/no": 14,
    "helped/trust_act/yes": 10,
}


@pytest.fixture
def weeks(checkout: Path) -> Path:
    """Two weeks in the state folder. The files hold what must never be shown, too: counts below ten."""
    folder: Path = settings.CONFIANZA.state / "counts"
    folder.mkdir(parents=True)
    write(folder, NEW, {**CELLS, "topic/ice_at_home": 7, "topic_language/trust_act/es": 9, "language/pl": 3})
    write(folder, OLD, {"topic/raids_now": 80})
    return folder


def write(folder: Path, week: str, cells: dict[str, int]) -> None:
    (folder / f"{week}.json").write_text(json.dumps({"week": week, "cells": cells}), encoding="utf-8")


def table(page: str, label: str) -> list[list[str]]:
    """Returns the rows of the table in the region of a name, as text."""
    region = page.split(f'aria-label="{label}"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", region, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def shown(console: Console, **query: str) -> str:
    return str(console.as_().get(reverse("counts"), query).content.decode())


def downloaded(console: Console, week: str) -> list[list[str]]:
    response = console.as_().get(reverse("counts_csv", args=[week]))
    assert response["Content-Type"].startswith("text/csv") and f"confianza-{week}.csv" in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_without_numbers(console: Console, checkout: Path) -> None:
    """Before the first week the page says when numbers appear."""
    assert "There are no numbers yet" in shown(console)


def test_the_newest_week_comes_first(console: Console, weeks: Path) -> None:
    """Without a choice the newest week is shown; its days are written out."""
    page = shown(console)
    assert '<option value="2026-W47" selected>2026-11-16 to 2026-11-22</option>' in page
    assert table(page, "Topics")[1][1].startswith("50")


def test_another_week(console: Console, weeks: Path) -> None:
    """The chosen week is shown, and nothing of the others."""
    page = shown(console, week=OLD)
    assert table(page, "Topics")[1][1].startswith("80") and "Text message (SMS)" not in page


@pytest.mark.parametrize("week", ["2026-W01", "2026", "../secret", "x\u0000", "2026-W99"])
def test_an_unknown_week_is_not_there(console: Console, weeks: Path, week: str) -> None:
    """What is no week of ours is a page that does not exist."""
    assert console.as_().get(reverse("counts"), {"week": week}).status_code == 404
    assert console.as_().get("/counts/2026-W01.csv").status_code == 404


@pytest.mark.parametrize(("label", "row"), [
    pytest.param("Languages", ["Kreyòl ayisyen", "40"], id="a list goes down to full tens"),
    pytest.param("Channels", ["Text message (SMS)", "10"], id="and so does another"),
    pytest.param("Answered or asked back", ["Kreyòl ayisyen", "33", "11", "75%"], id="a share, both numbers shown"),
    pytest.param("Answered or asked back", ["Español", "36", "under 10", "–"], id="no share where one of them is hidden"),
    pytest.param("Topics by language", ["Total shown", "26", "44", "70"], id="totals of what is shown and of nothing else"),
])
def test_rows(console: Console, weeks: Path, label: str, row: list[str]) -> None:
    """What stands in a table of the page."""
    assert row in table(shown(console), label)


@pytest.mark.parametrize("week", [NEW, OLD])
def test_nothing_below_ten_is_on_the_page_or_in_the_file(console: Console, weeks: Path, week: str) -> None:
    """Every number in a table is ten or more, on the page and in the download."""
    page = shown(console, week=week)
    labels = [label for label in ("Answered or asked back", "Topics", "Languages", "Channels", "Did the answer help?", "Topics by language")
              if f'aria-label="{label}"' in page]
    numbers = [cell for label in labels for row in table(page, label)[1:] for cell in row[1:] if cell.isdecimal()]
    numbers += [row[3] for row in downloaded(console, week)[1:] if row[3].isdecimal()]
    assert numbers and all(int(number) >= 10 for number in numbers)
    assert "Polski" not in page and "pl" not in {row[1] for row in downloaded(console, week)}


def test_the_file_hides_what_the_page_hides(console: Console, weeks: Path) -> None:
    """A hidden cell is "<10" in the file; a list is rounded as on the page."""
    rows = downloaded(console, NEW)
    assert rows[0] == ["table", "name", "column", "count"]
    assert ["topic and language", "trust_act", "es", "<10"] in rows and ["answered", "es", "asked back", "<10"] in rows
    assert ["language", "ht", "at least", "40"] in rows and ["helped", "police_ask_status", "yes", "12"] in rows


def test_what_we_know_no_more_keeps_its_name(console: Console, weeks: Path) -> None:
    """A topic, language or channel that is gone is shown by the name it had."""
    write(weeks, NEW, {"topic/old_topic": 30, "language/de": 30, "channel/fax": 30})
    page = shown(console)
    assert [table(page, label)[1][0] for label in ("Topics", "Languages", "Channels")] == ["old_topic", "de", "fax"]


def test_a_broken_file_is_no_week(console: Console, weeks: Path) -> None:
    """A file that cannot be read is passed over."""
    (weeks / f"{NEW}.json").write_text("{", encoding="utf-8")
    assert "2026-11-09 to 2026-11-15" in shown(console)


def test_in_spanish(console: Console, weeks: Path) -> None:
    """The page speaks Spanish to who chose it."""
    client: Any = console.as_()
    client.cookies["confianza_console_language"] = "es"
    assert "menos de 10" in client.get(reverse("counts")).content.decode()
