"""Tables of Markdown, and figures as they stand in their cells."""

from __future__ import annotations

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Returns a table: the first column to the left, figures to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(value: float | None) -> str:
    """Returns a share from 0 to 1, or a dash where there is none."""
    return "-" if value is None else f"{value:.3f}"


def time(value: float) -> str:
    """Returns milliseconds with three digits that count."""
    return f"{value:.3g} ms"


def number(value: float | None, unit: str) -> str:
    """Returns a figure with its unit, to a tenth below ten; a dash where there is none."""
    return "-" if value is None else f"{value:,.1f} {unit}" if value < 10 else f"{value:,.0f} {unit}"
