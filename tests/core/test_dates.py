"""Dates in eight languages, and the age of a statement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.content import Content
from bot.core.dates import OLD_AFTER_DAYS, is_old, write_date, write_month

# language: (month only, exact day)
WRITTEN = {
    "en": ("July 2019", "11 July 2019"),
    "es": ("julio de 2019", "11 de julio de 2019"),
    "pt": ("julho de 2019", "11 de julho de 2019"),
    "fr": ("juillet 2019", "11 juillet 2019"),
    "ht": ("jiyè 2019", "11 jiyè 2019"),
    "zh": ("2019年7月", "2019年7月11日"),
    "ar": ("يوليو 2019", "11 يوليو 2019"),
    "pl": ("lipiec 2019", "11 lipca 2019"),
}

NO_DATES = {
    "a year alone": "2019",
    "words": "July 2019",
    "empty": "",
    "a thirteenth month": "2019-13",
    "a month zero": "2019-00",
    "a day that is none": "2019-07-45",
    "30 February": "2019-02-30",
    "too many parts": "2019-07-11-01",
}

TODAY = date(2026, 11, 22)
LIMIT = TODAY - timedelta(days=OLD_AFTER_DAYS)

AGES = {
    "exactly two years": (LIMIT.isoformat(), TODAY, False),
    "a day more": ((LIMIT - timedelta(days=1)).isoformat(), TODAY, True),
    "last year": ("2025-08-20", TODAY, False),
    "long ago": ("2006-12-13", TODAY, True),
    "a month of long ago": ("2019-07", TODAY, True),
    "a month whose end is near enough": ("2024-11", TODAY, False),
    "a month whose last day is near enough": ("2024-10", date(2026, 10, 31), False),
    "a month whose last day is too far": ("2024-10", date(2026, 11, 1), True),
    "a short month whose last day is near enough": ("2023-02", date(2025, 2, 27), False),
    "a short month whose last day is too far": ("2023-02", date(2025, 2, 28), True),
}


@pytest.mark.parametrize("code, month, day", [(k, *v) for k, v in WRITTEN.items()], ids=WRITTEN.keys())
def test_each_language_writes_dates_its_own_way(content: Content, code: str, month: str, day: str) -> None:
    """A month and an exact day are written in the language's order and form; the month of a day may be declined."""
    language = content.languages[code]
    assert (write_date("2019-07", language), write_date("2019-07-11", language)) == (month, day)


def test_all_languages_are_in_the_table(content: Content) -> None:
    """A new language needs its dates tested."""
    assert set(content.languages) == set(WRITTEN)


@pytest.mark.parametrize("code, month", [(k, v[0]) for k, v in WRITTEN.items()], ids=WRITTEN.keys())
def test_the_day_is_left_out_where_only_the_month_is_wanted(content: Content, code: str, month: str) -> None:
    """"Said in <month year>" never shows a day."""
    assert write_month("2019-07-11", content.languages[code]) == write_month("2019-07", content.languages[code]) == month


@pytest.mark.parametrize("value", NO_DATES.values(), ids=NO_DATES.keys())
def test_what_is_no_date_is_refused(content: Content, value: str) -> None:
    """Anything but year and month, or year, month and day, raises ValueError and is never shown as a date."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own
        write_date(value, content.languages["en"])


@pytest.mark.parametrize("value, today, old", AGES.values(), ids=AGES.keys())
def test_a_statement_is_old_after_two_years(value: str, today: date, old: bool) -> None:
    """More than 730 days make a statement old; one known by its month only is given that month's last day."""
    assert is_old(value, today) is old
