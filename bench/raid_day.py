"""The day of a raid: thousands of messages in ten minutes, by phone and web, in eight languages, while things break.

Run by `make bench-raid`, or `.venv/bin/python bench/raid_day.py`. All of it stays on loopback and stops by itself. It is no test, but
ends with 1 where a message was lost, answered twice or meant for somebody else. Use the machine for nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import machine
from bots import ROOT
from program import BenchError, interrupts
from raid.faults import FAULTS
from raid.promises import broken
from raid.report import publish, summary
from raid.run import Plan, run

RESULTS = ROOT / "bench" / "results" / "raid-day.json"
DOCS = ROOT / "docs"
MOST_MESSAGES, MOST_MINUTES = 100_000, 60.0


def main() -> int:
    """Runs what was asked for, prints the figures, and keeps them; the document is written from all that are kept."""
    options = _options()
    for number in interrupts():
        signal.signal(number, signal.default_int_handler)
    try:
        failed = [] if options.document_only else _run(options)
        publish(json.loads(options.results.read_text(encoding="utf-8")), DOCS)
    except (BenchError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: stopped", file=sys.stderr)
        return 130
    print("written: docs/raid-day.md")
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="raid_day", description="Measure the service on the day of a raid.")
    parser.add_argument("--messages", type=int, default=Plan.messages)
    parser.add_argument("--people", type=int, default=Plan.people)
    parser.add_argument("--minutes", type=float, default=Plan.seconds / 60)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--fault", choices=FAULTS, action="append", help="what breaks meanwhile; may be given several times")
    parser.add_argument("--limits", choices=("raid", "default"), default=Plan.limits, help="an operator's settings for the day, or ours")
    parser.add_argument("--results", type=Path, metavar="FILE", default=RESULTS, help="where the figures go")
    parser.add_argument("--document-only", action="store_true", help="write the document from figures that are there")
    options = parser.parse_args()
    if not 1 <= options.people <= options.messages <= min(MOST_MESSAGES, 6 * options.people):
        parser.error(f"from 1 to 6 messages each, at most {MOST_MESSAGES} in all")
    if not 0 < options.minutes <= MOST_MINUTES:
        parser.error(f"at most {MOST_MINUTES:.0f} minutes")
    return options


def _run(options: argparse.Namespace) -> Sequence[str]:
    failed: list[str] = []
    for fault in options.fault or ["none"]:
        plan = Plan(options.messages, options.people, options.minutes * 60, options.seed, fault, options.limits,
                    variants=max(1, min(Plan.variants, options.people // 300)))
        print(f"{FAULTS[fault].what}: {plan.messages:,} messages in {options.minutes:g} minutes ...", flush=True)
        about = machine.describe()
        with tempfile.TemporaryDirectory(prefix="confianza-raid-") as scratch:
            taken = datetime.now(timezone.utc).date().isoformat()
            figures = {**run(plan, Path(scratch)), "taken": taken, "machine": about, "busy": machine.busy(about)}
        _keep(options.results, f"{fault}, {options.limits} limits", figures)
        failed += broken(figures)
        print(summary(figures), flush=True)
    return failed


def _keep(path: Path, name: str, figures: Mapping[str, Any]) -> None:
    """Puts a run beside those that are kept, in the place of an earlier one of the same name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**kept, name: figures}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
