"""A plot of a run as SVG: messages a second, of them without a full answer, and how long the middle and the slowest took."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plots import WIDTH, grid, svg, text

HEIGHT, LEFT, RIGHT = 460, 60, WIDTH - 20
ALL, SHORT, MIDDLE, SLOWEST = "#0b6e4f", "#c2410c", "#1d4ed8", "#7c3aed"
PANELS = (
    ((50, 220), "messages a second (green); of them without a full answer (orange)", (("rate", ALL), ("short", SHORT))),
    ((270, 420), "seconds until the answer: the middle (blue), the slowest (violet)", (("max", SLOWEST), ("p50", MIDDLE))),
)


def course(title: str, figures: Mapping[str, Any]) -> str:
    """Returns the plot of a run."""
    rows = figures["course"]
    step = rows[1]["at"] - rows[0]["at"] if len(rows) > 1 else 1.0
    over = max(figures["seconds"], rows[-1]["at"] + step)

    def across(at: float) -> float:
        return LEFT + at / over * (RIGHT - LEFT)

    parts = [text(LEFT, 22, title, size=15)]
    for place, words, lines in PANELS:
        parts += _panel(rows, step, across, place, words, lines)
    parts += [text(across(minute * 60), HEIGHT - 20, f"{minute} min", anchor="middle") for minute in range(int(over // 60) + 1)]
    return svg(HEIGHT, title, parts)


def _panel(rows: Sequence[Mapping[str, float]], step: float, across: Callable[[float], float], place: tuple[int, int], words: str,
           lines: Sequence[tuple[str, str]]) -> list[str]:
    top, bottom = place
    most = max(*(row[key] for row in rows for key, _ in lines), 0.001)
    parts = [text(LEFT, top - 8, words), grid(LEFT, bottom, RIGHT, bottom), grid(LEFT, top, RIGHT, top),
             text(LEFT - 8, top + 4, f"{most:.3g}", anchor="end"), text(LEFT - 8, bottom + 4, "0", anchor="end")]
    for key, colour in lines:
        heights = [bottom - row[key] / most * (bottom - top) for row in rows]
        bars = "".join(f"M{across(row['at']):.1f} {bottom}V{height:.1f}H{across(row['at'] + step):.1f}V{bottom}"
                       for row, height in zip(rows, heights))
        parts.append(f'<path d="{bars}" fill="{colour}" fill-opacity="0.55"/>')
    return parts
