"""Writes docs/speed.md from what `make bench` and `make bench-long` measured. No figure stands here: all of them come from the runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cells import number, table
from figures import FIGURES, Figure

Row = Mapping[str, Any]
RESULTS = Path(__file__).resolve().parent / "results"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "speed.md"
BENCH, LONG = "bench.json", "endurance.json"
MOST_DRIFT = 0.05


def publish(results: Path = RESULTS, page: Path = PAGE) -> None:
    """Writes the page from the results that are there."""
    page.write_text(render(_read(results / BENCH), _read(results / LONG)), encoding="utf-8")


def render(bench: Row | None, long: Row | None) -> str:
    """Returns the page; a run that was not made leaves its part out."""
    parts = [_HEAD, *([_bench(bench)] if bench else []), *([_long(long)] if long else [])]
    return "\n\n".join(parts) + "\n"


_HEAD = """# Speed of the whole service

Written by `make bench` and `make bench-long` from their own figures; do not edit. Everything is measured from outside, as processes on
loopback: door, Rasa, action server and console. How well it understands, and what others do: [benchmarks.md](benchmarks.md)."""


def _bench(run: Row) -> str:
    by_key = {figure.key: figure for figure in FIGURES}
    rows = [row for row in run["figures"] if row["confianza"] is not None or row["starter"] is not None]
    compared = any(row["starter"] is not None for row in rows)
    heads = ["", "measured", "goal", *(["bot of `rasa init`"] if compared else [])]
    lines = [_line(by_key[row["key"]], row, compared) for row in rows]
    return f"""## One client, eight clients, start, memory

{_where(run)}

{table(heads, lines)}

*Inside Rasa*: processor time of one message in a process of its own. "Neither that nor ours" is Rasa's own share. A figure in bold
misses its goal."""


def _line(figure: Figure, row: Row, compared: bool) -> list[str]:
    value = _shown(figure, row["confianza"])
    missed = row["confianza"] is not None and figure.missed(row["confianza"])
    other = [_shown(figure, row["starter"])] if compared else []
    return [figure.name, f"**{value}**" if missed else value, _shown(figure, figure.target), *other]


def _shown(figure: Figure, value: float | None) -> str:
    return number(value, figure.unit).strip()


def _long(run: Row) -> str:
    rows = [[row["part"], *[number(row[key], "MB") for key in ("early", "late", "most")], _drift(row["drift"])] for row in run["memory"]]
    said = run["talk"]
    return f"""## {run["messages"]:,} messages and {run["models"]} new models

{_where(run)}

{table(["memory (PSS)", "second tenth", "last tenth", "at most", "drift"], rows)}

Answered {said["answered"]:,}, without a full answer {said["unanswered"]:,}. Eight clients:
p50 {said["early_p50"]:.0f} ms and p95 {said["early_p95"]:.0f} ms in the second tenth,
p50 {said["late_p50"]:.0f} ms and p95 {said["late_p95"]:.0f} ms in the last. The goal for the drift is 5 %.
Conversations are kept for half an hour, on purpose: their slots are in these figures."""


def _drift(share: float) -> str:
    return f"**{share:+.1%}**" if share > MOST_DRIFT else f"{share:+.1%}"


def _where(run: Row) -> str:
    machine = run["machine"]
    busy = ": **others used it, so times are worse than they are**" if machine["busy"] else ""
    return (f"Measured {run['taken']} on {machine['system']}, {machine['processor']}, {machine['cores']} cores, {machine['gigabytes']} GB; "
            f"load {machine['load']} when it began{busy}.")


def _read(path: Path) -> Row | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
