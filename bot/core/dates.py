"""Dates as each language writes them, and how old a statement is."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from bot.core.content import Language

OLD_AFTER_DAYS = 730
MONTH_ONLY = len("2019-07")


def write_date(value: str, language: Language) -> str:
    """Writes "2019-07" or "2019-07-11" in a language ("julio de 2019"); raises ValueError for anything else."""
    said = _last_day(value)
    if len(value) == MONTH_ONLY:
        return language.month_year.format(month=language.months_alone[said.month - 1], year=said.year)
    return language.day_month_year.format(day=said.day, month=language.months[said.month - 1], year=said.year)


def write_month(value: str, language: Language) -> str:
    """Writes only the month and year of a date, for "said in <month year>"."""
    return write_date(value[:7], language)


def is_old(value: str, today: date) -> bool:
    """True where a statement is more than two years old; a month counts from its last day."""
    return (today - _last_day(value)).days > OLD_AFTER_DAYS


def _last_day(value: str) -> date:
    """Returns the day itself, or the last day of a month; raises ValueError for what is neither."""
    if len(value) != MONTH_ONLY:
        return date.fromisoformat(value)
    first = date.fromisoformat(f"{value}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])
