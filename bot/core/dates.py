"""Dates as each language writes them, and how old a statement is."""

from __future__ import annotations

from datetime import date

from bot.core.content import Language

OLD_AFTER_DAYS = 730


def write_date(value: str, language: Language) -> str:
    """Writes "2019-07" or "2019-07-11" in a language ("julio de 2019"); raises ValueError for anything else."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 2:
        month = language.months_alone[parts[1] - 1]
        return language.month_year.format(month=month, year=parts[0])
    year, month_number, day = parts
    return language.day_month_year.format(day=day, month=language.months[month_number - 1], year=year)


def write_month(value: str, language: Language) -> str:
    """Writes only the month and year of a date, for "said in <month year>"."""
    return write_date(value[:7], language)


def is_old(value: str, today: date) -> bool:
    """True where a statement is more than two years old; a month counts from its last possible day."""
    parts = [int(part) for part in value.split("-")]
    said = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 28)
    return (today - said).days > OLD_AFTER_DAYS
