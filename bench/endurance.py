"""Does the service stay as it is? Many messages by several clients, new models meanwhile; memory is looked at all along.

Run by `make bench-long`, or `.venv/bin/python bench/endurance.py`. All of it stays on loopback. It is no test: a missed target is said,
and ends with 0. 100,000 messages take half an hour; --messages makes it shorter.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

import machine
from bots import Service
from measures import Talk, percentile, talk
from messages import conversations
from program import BenchError, interrupts
from raid.faults import replace_model
from raid.fleet import Fleet, sailing
from speedpage import LONG, MOST_DRIFT, RESULTS, publish

CLIENTS = 8
LOOK_EVERY_SECONDS = 5.0
SLOWEST_SECONDS = 0.2  # a message; what takes longer on the whole is ended
# The first tenth fills what is kept on purpose (tables made on first use, conversations), the next is what the last is held against.
TENTHS = 10


@dataclass(frozen=True)
class Sample:
    """What was seen at one moment: seconds since the start, messages answered, megabytes (PSS) of each part."""

    seconds: float
    messages: int
    megabytes: dict[str, float]

    @property
    def all(self) -> float:
        return sum(self.megabytes.values())


@dataclass(frozen=True)
class Row:
    """One line of the table: a part's memory early, late, at most, and by which share it grew."""

    part: str
    early: float
    late: float
    most: float

    @property
    def drift(self) -> float:
        return self.late / self.early - 1 if self.early else 0.0


class Door(Service):
    """The door of a fleet, talked to as the benchmark talks to the service."""

    def __init__(self, address: str) -> None:
        self._address = address


def main() -> int:
    """Runs it and prints the table, also of what was seen before Ctrl-C."""
    options = _options()
    for number in interrupts():
        signal.signal(number, signal.default_int_handler)
    described = machine.describe()
    try:
        with tempfile.TemporaryDirectory(prefix="confianza-bench-") as scratch:
            samples, talks = run(Fleet(Path(scratch), {}), options.messages, options.models)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: stopped", file=sys.stderr)
        return 130
    found = rows(samples)
    print(table(found, talks))
    taken = datetime.now(timezone.utc).isoformat(timespec="seconds")
    told = {"taken": taken, "machine": described, "messages": options.messages, "models": options.models, "talk": figures(talks),
            "memory": [{**asdict(row), "drift": round(row.drift, 4)} for row in found], "samples": [asdict(s) for s in samples]}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    publish()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="endurance", description="Measure whether the service stays as it is.")
    parser.add_argument("--messages", type=int, default=100_000, help="how many, by all clients together (100 to 1,000,000)")
    parser.add_argument("--models", type=int, default=5, help="how often a new model takes the old one's place (0 to 50)")
    parser.add_argument("--json", type=Path, metavar="FILE", default=RESULTS / LONG,
                        help="where all samples and figures go; docs/speed.md is made of the default")
    options = parser.parse_args()
    if not 100 <= options.messages <= 1_000_000 or not 0 <= options.models <= 50:
        parser.error("that is out of bounds; see --help")
    return options


def run(fleet: Fleet, messages: int, models: int) -> tuple[list[Sample], list[Talk]]:
    """Talks and looks; raises BenchError where a client could not go on."""
    stopped, talks, within = threading.Event(), [Talk() for _ in range(CLIENTS)], max(600.0, messages * SLOWEST_SECONDS)
    with sailing(fleet), ThreadPoolExecutor(CLIENTS) as pool:
        door = Door(fleet.address)
        futures = [
            pool.submit(talk, door, conversations(messages // CLIENTS, first), stopped, said, within) for first, said in enumerate(talks)
        ]
        try:
            samples = _watch(fleet, talks, futures, messages, models)
        finally:
            stopped.set()
        for future in futures:
            future.result()
    return samples, talks


def _watch(fleet: Fleet, talks: Sequence[Talk], futures: Sequence[Future[Talk]], messages: int, models: int) -> list[Sample]:
    """Looks at the memory every few seconds, and replaces the model when its message has come."""
    samples: list[Sample] = []
    due = [messages * number // (models + 1) for number in range(1, models + 1)]
    started = time.monotonic()
    while not all(future.done() for future in futures):
        answered = sum(len(one.times) for one in talks)
        if due and answered >= due[0]:
            due.pop(0)
            replace_model(fleet)
        sizes = {name: memory.pss for name, memory in fleet.memory().items()}
        samples.append(Sample(round(time.monotonic() - started, 1), answered, sizes))
        time.sleep(LOOK_EVERY_SECONDS)
    if due:
        raise BenchError("the clients were done before all models had changed; send more messages")
    return samples


def rows(samples: Sequence[Sample]) -> list[Row]:
    """Returns a row a part and one of all of them: the median of the second tenth of the samples against that of the last tenth."""
    if len(samples) < 2 * TENTHS:
        raise BenchError("too few samples were taken to compare; send more messages")
    size = len(samples) // TENTHS
    early, late = samples[size : 2 * size], samples[-size:]
    parts = [
        Row(part, statistics.median(s.megabytes.get(part, 0) for s in early), statistics.median(s.megabytes.get(part, 0) for s in late),
            max(s.megabytes.get(part, 0) for s in samples))
        for part in samples[0].megabytes
    ]
    whole = Row("all", statistics.median(s.all for s in early), statistics.median(s.all for s in late), max(s.all for s in samples))
    return [*parts, whole]


def figures(talks: Sequence[Talk]) -> dict[str, float]:
    """Returns how many were answered, and the milliseconds of the second tenth and of the last."""
    early, late = [], []
    for one in talks:
        size = max(1, len(one.times) // TENTHS)
        early += one.times[size : 2 * size]
        late += one.times[-size:]
    return {"answered": sum(len(one.times) for one in talks), "unanswered": sum(one.unanswered for one in talks),
            "early_p50": statistics.median(early), "early_p95": percentile(early, 95),
            "late_p50": statistics.median(late), "late_p95": percentile(late, 95)}


def table(found: Sequence[Row], talks: Sequence[Talk]) -> str:
    """Returns the table; a part that grew by more than a twentieth is marked."""
    lines = [f"{'memory (PSS)':<16}{'second tenth':>16}{'last tenth':>14}{'at most':>12}{'drift':>10}"]
    for row in found:
        missed = "  missed" if row.drift > MOST_DRIFT else ""
        lines.append(f"{row.part:<16}{row.early:>13.0f} MB{row.late:>11.0f} MB{row.most:>9.0f} MB{row.drift:>10.1%}{missed}")
    said = figures(talks)
    lines += ["", f"{'messages':<16}{said['answered']:>16,.0f} answered{said['unanswered']:>10,.0f} not",
              f"{'8 clients, p50':<16}{said['early_p50']:>13.0f} ms{said['late_p50']:>11.0f} ms",
              f"{'8 clients, p95':<16}{said['early_p95']:>13.0f} ms{said['late_p95']:>11.0f} ms"]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
