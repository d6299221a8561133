"""The figures in order, each with its target; as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One figure: its key, what it is, its unit, and the target where there is one."""

    key: str
    name: str
    unit: str
    target: float | None = None
    more_is_better: bool = False

    def missed(self, value: float) -> bool:
        """True where there is a target and the value is on its wrong side."""
        if self.target is None:
            return False
        return value < self.target if self.more_is_better else value > self.target


FIGURES = (
    Figure("ready", "start to ready", "s", 10),
    Figure("training", "training, nothing cached", "s", 120),
    Figure("p50", "one client, 300 messages: p50", "ms", 20),
    Figure("p95", "one client, 300 messages: p95", "ms", 30),
    Figure("rate", "8 clients, 800 messages", "messages/s", 100, more_is_better=True),
    Figure("together_p50", "8 clients, 800 messages: p50", "ms"),
    Figure("webhook_p50", "text messages, 5 a second: webhook p50", "ms"),
    Figure("webhook_p95", "text messages, 5 a second: webhook p95", "ms", 150),
    Figure("early", "one conversation: messages 5-15, median", "ms"),
    Figure("late", "one conversation: messages 990-1000, median", "ms"),
    Figure("language_p50", "inside Rasa: language identified, p50", "ms", 1),
    Figure("language_p95", "inside Rasa: language identified, p95", "ms"),
    Figure("encode_p50", "inside Rasa: sentence encoded, p50", "ms", 8),
    Figure("encode_p95", "inside Rasa: sentence encoded, p95", "ms"),
    Figure("inside", "inside Rasa: a message, mean", "ms"),
    Figure("action_call", "inside Rasa: of it the action's call", "ms"),
    Figure("rasa_own", "inside Rasa: of it neither that nor ours", "ms"),
    Figure("pss", "memory afterwards, shared pages once (PSS)", "MB", 900),
    Figure("rss", "memory afterwards, added up (RSS)", "MB"),
    Figure("unanswered", "messages without a full answer", "", 0),
)
Values = Mapping[str, float]


def table(confianza: Values, starter: Values) -> str:
    """Returns the table; the starter bot's column only where it was measured.

    Pages that a program outside shares (another Rasa, say) make the PSS smaller; the RSS does not depend on neighbours.
    """
    lines = [f"{'':<45}{'measured':>18}{'target':>17}" + (f"{'starter bot':>29}" if starter else "")]
    for figure in FIGURES:
        if figure.key not in confianza and figure.key not in starter:
            continue
        missed = "missed" if figure.key in confianza and figure.missed(confianza[figure.key]) else ""
        other = f"{_shown(figure, starter.get(figure.key)):>20}" if starter else ""
        target = _shown(figure, figure.target, digits=0)
        lines.append(f"{figure.name:<45}{_shown(figure, confianza.get(figure.key)):>18}{target:>17}  {missed:<7}{other}".rstrip())
    return "\n".join(lines)


def write(path: Path, confianza: Values, starter: Values, machine: Mapping[str, Any]) -> None:
    """Writes all figures, unrounded to the eye but to three digits, and on what machine they were taken (see machine.describe)."""
    rows = [{"key": f.key, "name": f.name, "unit": f.unit, "target": f.target, "confianza": _rounded(confianza.get(f.key)),
             "starter": _rounded(starter.get(f.key))} for f in FIGURES]
    taken = datetime.now(timezone.utc).isoformat(timespec="seconds")
    path.write_text(json.dumps({"taken": taken, "machine": dict(machine), "figures": rows}, indent=2) + "\n", encoding="utf-8")


def _shown(figure: Figure, value: float | None, digits: int = 1) -> str:
    if value is None:
        return "-"
    return f"{value:.{digits if figure.unit in ('s', 'ms', 'messages/s') else 0}f} {figure.unit}".strip()


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
