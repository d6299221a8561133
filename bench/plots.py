"""Plots as SVG, written by hand: accuracy against share answered, confidence against share right, milliseconds a message."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

# Told apart also by those who see few colours; each line is named at its side as well.
COLOURS = {"ours": "#0b6e4f", "stock": "#c2410c", "nlpjs_given": "#1d4ed8", "nlpjs_guessed": "#7c3aed"}
DASHES = {"ours": "", "stock": "8 4", "nlpjs_given": "2 3", "nlpjs_guessed": "10 3 2 3"}
OTHER = "#52525b"
WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 500, 40, 370
ROW = 44
TENTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)


@dataclass(frozen=True)
class Line:
    """A program's curve, as shares from 0 to 1, and the point where its own thresholds put it."""

    key: str
    name: str
    points: Sequence[tuple[float, float]]
    own: tuple[float, float] | None


@dataclass(frozen=True)
class Span:
    """Milliseconds of a program: the median and the 95th percentile."""

    key: str
    name: str
    p50: float
    p95: float


def accuracy(title: str, lines: Sequence[Line]) -> str:
    """Returns the plot of accuracy against share answered; a ring marks each program's own thresholds."""
    below = text((LEFT + RIGHT) / 2, HEIGHT - 10, "share of the questions that are answered", anchor="middle")
    parts = [text(LEFT, 22, title, size=15), below, _turned("right of those answered")]
    parts += _frame()
    for number, line in enumerate(lines):
        parts += [_curve(line), *_ring(line), *_legend(number, line.key, line.name)]
    parts.append(text(RIGHT + 20, TOP + 16 + 26 * len(lines), "○ its own thresholds"))
    return svg(HEIGHT, title, parts)


def reliability(title: str, lines: Sequence[Line]) -> str:
    """Returns the plot of the share right against the confidence stated; who says what is so lies on the grey diagonal."""
    below = text((LEFT + RIGHT) / 2, HEIGHT - 10, "confidence stated", anchor="middle")
    diagonal = f'<path d="M{_x(0):.1f} {_y(0):.1f}L{_x(1):.1f} {_y(1):.1f}" stroke="#a1a1aa" stroke-width="1.5" fill="none"/>'
    parts = [text(LEFT, 22, title, size=15), below, _turned("right of those"), *_frame(), diagonal]
    for number, line in enumerate(lines):
        parts += [_curve(line), *_legend(number, line.key, line.name)]
    return svg(HEIGHT, title, parts)


def latency(title: str, spans: Sequence[Span]) -> str:
    """Returns the plot of milliseconds a message, on a logarithmic axis: from the median (dot) to the 95th percentile (bar)."""
    height = TOP + ROW * len(spans) + 70
    low = math.floor(math.log10(min(span.p50 for span in spans)))
    high = math.ceil(math.log10(max(span.p95 for span in spans)))
    place = _logarithmic(low, max(high, low + 1), 250, 640)
    foot = height - 50
    below = "milliseconds a message: ● half take less, | 95 of 100 take less"
    parts = [text(20, 22, title, size=15), text(445, height - 10, below, anchor="middle")]
    for power in range(low, max(high, low + 1) + 1):
        x = place(10.0**power)
        parts += [grid(x, TOP, x, foot), text(x, foot + 18, f"{10.0**power:g}", anchor="middle")]
    for number, span in enumerate(spans):
        parts += _span(span, TOP + ROW * number + ROW / 2, place(span.p50), place(span.p95))
    return svg(height, title, parts)


def _frame() -> list[str]:
    """Returns the lines and figures of both axes, in fifths."""
    parts: list[str] = []
    for share in TENTHS:
        x, y = _x(share), _y(share)
        parts += [grid(x, TOP, x, BOTTOM), grid(LEFT, y, RIGHT, y), text(x, BOTTOM + 18, f"{share:.0%}", anchor="middle"),
                  text(LEFT - 8, y + 4, f"{share:.0%}", anchor="end")]
    return parts


def _span(span: Span, y: float, start: float, end: float) -> list[str]:
    colour = COLOURS.get(span.key, OTHER)
    return [
        text(240, y + 4, span.name, anchor="end"),
        f'<path d="M{start:.1f} {y:.1f}H{end:.1f}m0 -7v14" stroke="{colour}" stroke-width="3" fill="none"/>',
        f'<circle cx="{start:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>', text(end + 8, y + 4, f"{span.p50:.2g} – {span.p95:.2g}"),
    ]


def _curve(line: Line) -> str:
    points = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in line.points)
    return (f'<polyline points="{points}" fill="none" stroke="{COLOURS.get(line.key, OTHER)}" stroke-width="2.5" '
            f'stroke-dasharray="{DASHES.get(line.key, "")}"/>')


def _ring(line: Line) -> list[str]:
    if line.own is None:
        return []
    x, y = line.own
    return [f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="6" fill="#ffffff" stroke="{COLOURS.get(line.key, OTHER)}" stroke-width="2.5"/>']


def _legend(number: int, key: str, name: str) -> list[str]:
    y = TOP + 16 + 26 * number
    line = (f'<path d="M{RIGHT + 20} {y - 4}h34" stroke="{COLOURS.get(key, OTHER)}" stroke-width="2.5" '
            f'stroke-dasharray="{DASHES.get(key, "")}"/>')
    return [line, text(RIGHT + 62, y, name)]


def _logarithmic(low: int, high: int, left: float, right: float) -> Callable[[float], float]:
    return lambda value: left + (math.log10(max(value, 10.0**low)) - low) / (high - low) * (right - left)


def _x(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)


def _y(share: float) -> float:
    return BOTTOM - share * (BOTTOM - TOP)


def grid(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#e4e4e7"/>'


def text(x: float, y: float, words: str, size: int = 12, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(words)}</text>'


def _turned(words: str) -> str:
    middle = (TOP + BOTTOM) / 2
    return f'<text transform="translate(16 {middle:.0f}) rotate(-90)" font-size="12" text-anchor="middle">{escape(words)}</text>'


def svg(height: float, title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    look = 'role="img" font-family="sans-serif" fill="#18181b"'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" {look}>\n'
            f'<title>{escape(title)}</title>\n<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>\n{body}\n</svg>\n')
