"""Compares our understanding with what anyone would take instead: stock Rasa, NLP.js, and three language identifiers.

Run by `make bench-compare`. Writes bench/results/compare.json, and from it docs/benchmarks.md and its plots.
Two rounds: everyone on one fixed subset of the examples, then ours and NLP.js on all of them. Stock Rasa's training is a step
of its own (`make bench-slow`). Use the machine for nothing else meanwhile, or the times mean little.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import examples
import installs
import machine
import tables
from bots import PROGRAMS, ROOT
from calibration import calibration_error, reliability, urgent
from document import publish
from examples import Example
from outcomes import Outcome, curve, languages, milliseconds, understanding
from program import BenchError, interrupts
from rivals import Bench, Trained, kept_stock, lay, now
from stock import PLACE
from tables import Message

RESULTS = Path(__file__).resolve().parent / "results" / "compare.json"
DOCS = ROOT / "docs"
IDENTIFIERS = {
    "langdetect": "langdetect", "fasttext": "fastText lid.176.ftz", "fasttext_ours": "fastText, told the eight",
    "lingua": "lingua", "lingua_ours": "lingua, told the seven it knows",
}
MODES = {"given": "NLP.js, told the language", "guessed": "NLP.js, guessing it"}


@dataclass
class Comparison:
    """What is found out, step by step; a step that cannot be taken is noted with its reason."""

    bench: Bench
    messages: Sequence[Message]
    rows: list[dict[str, Any]] = field(default_factory=list)
    languages: list[dict[str, Any]] = field(default_factory=list)
    omitted: list[dict[str, str]] = field(default_factory=list)

    def attempt(self, name: str, step: Callable[[], None]) -> None:
        """Takes one step; where it fails, the rest goes on."""
        print(f"{name} ...", flush=True)
        try:
            step()
        except BenchError as error:
            print(f"bench: {error}", file=sys.stderr)
            self.omitted.append({"name": name, "reason": str(error).splitlines()[0].partition(";")[0]})

    def ours(self, name: str, lessons: Sequence[Example]) -> None:
        """Our pipeline; its guesses of the language count beside the identifiers' too."""
        trained = self.bench.ours(lessons, name)
        outcome = self.bench.ask_rasa(trained)
        self._row(name, "ours", "Confianza", trained, outcome, PROGRAMS.parent)
        about = f"Confianza, {'the subset' if name == 'few' else 'all examples'}"
        self.languages.append(self._language(about, outcome, outcome.language_ms, alone=False))

    def stock(self, trained: Trained) -> None:
        """Stock Rasa, trained by `make bench-slow`; always on the subset."""
        self._row("few", "stock", "stock Rasa", trained, self.bench.ask_rasa(trained), PROGRAMS.parent)

    def nlpjs(self, name: str, lessons: Sequence[Example]) -> None:
        """NLP.js, trained once, asked twice."""
        trained = self.bench.nlpjs(lessons, name)
        for mode, shown in MODES.items():
            outcome = self.bench.ask_nlpjs(trained, mode)
            self._row(name, f"nlpjs_{mode}", shown, trained, outcome, installs.NLPJS / "node_modules")

    def identifier(self, key: str) -> None:
        """A language identifier."""
        outcome = self.bench.ask_identifier(key)
        self.languages.append(self._language(IDENTIFIERS[key], outcome, [answer["ms"] for answer in outcome.answers], alone=True))

    def _row(self, lessons: str, key: str, name: str, trained: Trained, outcome: Outcome, program: Path) -> None:
        heaps = reliability(self.messages, outcome)
        self.rows.append({
            "round": lessons, "key": key, "name": name, "thresholds": outcome.thresholds,
            "understanding": understanding(self.messages, outcome), "curve": curve(self.messages, outcome),
            "reliability": heaps, "calibration_error": calibration_error(heaps), "urgent": urgent(self.messages, outcome),
            "ms": milliseconds([answer["ms"] for answer in outcome.answers]),
            "training": {"seconds": round(trained.seconds, 1), "cpu_seconds": round(trained.cpu_seconds, 1), "taken": trained.taken},
            "ready": round(outcome.ready, 2), "megabytes": outcome.megabytes and round(outcome.megabytes),
            "model_megabytes": round(installs.megabytes(trained.model), 1), "program_megabytes": round(installs.megabytes(program)),
        })

    def _language(self, name: str, outcome: Outcome, times: Sequence[float], alone: bool) -> dict[str, Any]:
        """Returns an identifier's row. Start and memory are its own only where it was alone in its process."""
        return {"name": name, "accuracy": languages(self.messages, outcome), "ms": milliseconds(times),
                "ready": round(outcome.ready, 2) if alone else None,
                "megabytes": outcome.megabytes and round(outcome.megabytes) if alone else None}


def main() -> int:
    """Measures, writes the results, writes the document."""
    options = _options()
    for number in interrupts():
        signal.signal(number, signal.default_int_handler)
    try:
        if not options.document_only:
            _write(options.results, _measure(tables.folder(options.messages)))
        publish(json.loads(options.results.read_text(encoding="utf-8")), DOCS)
    except (BenchError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: stopped", file=sys.stderr)
        return 130
    print("written: docs/benchmarks.md")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="compare", description="Compare our understanding with other programs'.")
    parser.add_argument("--messages", type=Path, metavar="FOLDER", help="tables of messages to ask; the development set unless given")
    parser.add_argument("--results", type=Path, metavar="FILE", default=RESULTS, help="where the figures go")
    parser.add_argument("--document-only", action="store_true", help="write the document from figures that are there")
    return parser.parse_args()


def _measure(place: Path) -> dict[str, Any]:
    about = machine.describe()
    messages = tables.read(place)
    everything = examples.read_all(ROOT)
    kept = kept_stock()
    few = kept[1] if kept else examples.draw(everything)
    with tempfile.TemporaryDirectory(prefix="confianza-compare-") as scratch:
        comparison = Comparison(lay(Path(scratch), messages), messages)
        _rounds(comparison, few, everything, kept[0] if kept else None)
    return {
        "taken": now(), "machine": about, "busy": machine.busy(about), "versions": machine.versions(),
        "messages": {"name": tables.name(place), "count": len(messages), "languages": len({m.language for m in messages}),
                     "registers": len({m.register for m in messages})},
        "examples": {"few": len(few), "all": len(everything), "an_intent": examples.FEW, "digest": examples.digest(few),
                     "drawn_from_these": examples.digest(examples.draw(everything)) == examples.digest(few)},
        "rows": comparison.rows, "languages": comparison.languages, "omitted": comparison.omitted,
    }


def _rounds(comparison: Comparison, few: Sequence[Example], everything: Sequence[Example], stock: Trained | None) -> None:
    comparison.attempt("Confianza on the subset", lambda: comparison.ours("few", few))
    comparison.attempt("stock Rasa on the subset", lambda: comparison.stock(_there(stock)))
    comparison.attempt("NLP.js on the subset", lambda: comparison.nlpjs("few", few))
    for key, shown in IDENTIFIERS.items():
        comparison.attempt(shown, partial(comparison.identifier, key))
    comparison.attempt("NLP.js on all examples", lambda: comparison.nlpjs("all", everything))
    comparison.attempt("Confianza on all examples", lambda: comparison.ours("all", everything))


def _there(stock: Trained | None) -> Trained:
    if stock is None:
        raise BenchError(f"no trained model was kept; `make bench-slow` makes one, and {PLACE} may name its folder")
    return stock


def _write(path: Path, results: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
