"""Measures the whole service from outside, as processes: start, latency, throughput, memory, training.

Run by `make bench`, or `.venv/bin/python bench/bench.py`. It is no test: a missed target is said, and ends with 0.
Nothing leaves this machine. Use the machine for nothing else meanwhile, or the figures mean little.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bots import Bot, Service, Starter
from figures import table, write
from machine import describe
from measures import alone, long_conversation, memory, together, until_ready
from phones import segments_table, webhook
from program import BenchError, interrupts, running
from shares import shares
from speedpage import BENCH, RESULTS, publish
from training import MODEL, TRAINING_SECONDS, train

Values = dict[str, float]
Measure = Callable[[Bot], dict[str, float]]
TALKS: dict[str, Measure] = {"one client": alone, "eight clients": together}
PHONES: dict[str, Measure] = {"text messages": webhook}
LONG: dict[str, Measure] = {"one long conversation": long_conversation}


def main() -> int:
    """Measures what was asked for and prints the table, also of what was measured before something failed."""
    options, described = _options(), describe()
    for number in interrupts():
        signal.signal(number, signal.default_int_handler)  # all of them end it as Ctrl-C does
    confianza: Values = {}
    starter: Values = {}
    try:
        with tempfile.TemporaryDirectory(prefix="confianza-bench-") as scratch:
            _measure(options, Path(scratch), confianza, starter)
        code = 0
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("bench: stopped", file=sys.stderr)
        code = 130
    if confianza:
        print(f"\n{table(confianza, starter)}\n\n{segments_table()}")
    if not code:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        write(options.json, confianza, starter, described)
        publish()
    return code


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure start-up, latency, throughput, memory and training.")
    parser.add_argument("--no-training", action="store_true", help="leave out the training")
    parser.add_argument("--with-starter", action="store_true", help="measure Rasa's starter bot too, for comparison")
    parser.add_argument("--json", type=Path, metavar="FILE", default=RESULTS / BENCH,
                        help="where the figures go; docs/speed.md is made of the default")
    options = parser.parse_args()
    if not MODEL.exists():
        parser.error("there is no model; make one first: make train")
    return options


def _measure(options: argparse.Namespace, scratch: Path, confianza: Values, starter: Values) -> None:
    _talk_to(Service(scratch), confianza, "the service", {**TALKS, **PHONES, **LONG})
    _say("timing the parts of a message inside Rasa ...")
    confianza.update(shares(scratch))
    if not options.no_training:
        _say("training the model, nothing cached ...")
        confianza["training"] = train(scratch)
    if options.with_starter:
        bot = Starter(scratch)
        _say("making and training Rasa's starter bot ...")
        with running(bot.making()) as making:
            starter["training"] = making.finish(TRAINING_SECONDS)
        _talk_to(bot, starter, "the starter bot", TALKS)


def _talk_to(bot: Bot, values: Values, name: str, measures: dict[str, Measure]) -> None:
    """Starts a bot and takes its figures; those taken before something fails stay in `values`."""
    _say(f"starting {name} ...")
    with running(bot.program()) as program:
        values["ready"] = until_ready(bot, program)
        for what, measure in measures.items():
            _say(f"talking to {name}: {what} ...")
            found = measure(bot)
            program.need_running()
            values.update(found, unanswered=values.get("unanswered", 0) + found["unanswered"])
        values.update(memory(program))


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
