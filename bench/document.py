"""Writes docs/benchmarks.md and its plots from the results. No figure stands here: all of them come from the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cells import number, share, table, time
from outcomes import SHARES, at_share
from plots import COLOURS, Line, Span, accuracy, latency, reliability

Row = Mapping[str, Any]
NAME = "benchmarks"
ROUNDS = {"few": "One: the same few examples for everyone", "all": "Two: all examples"}
UNDERSTOOD = {
    "intent_accuracy": "intent found", "answered": "answered", "right_of_answered": "right of answered", "false_answers": "false answers",
    "language_accuracy": "language found",
}
WAITED = 1.5  # times as long by the clock as by the processors: the machine was not free
GROUPED = ("intent_accuracy", "answered", "right_of_answered")


def publish(results: Row, folder: Path) -> None:
    """Writes the document and its plots into the folder, and takes away plots of rounds that were not measured."""
    drawn = plots(results)
    for name in ("few", "all", "reliability", "latency"):
        path = folder / f"{NAME}-{name}.svg"
        if name in drawn:
            path.write_text(drawn[name], encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
    (folder / f"{NAME}.md").write_text(render(results), encoding="utf-8")


def plots(results: Row) -> dict[str, str]:
    """Returns the plots by name: a curve for each round, and the latencies."""
    drawn = {name: accuracy(f"Right against answered: {_lessons(results, name)}", [_line(row) for row in rows])
             for name in ROUNDS if (rows := _of(results, name))}
    everything = _of(results, "all")
    if everything:
        drawn["reliability"] = reliability("Confidence and truth: all examples", [_stated(row) for row in everything])
    spans = [Span(row["key"], f"{row['name']}, {row['round']}", row["ms"]["p50"], row["ms"]["p95"]) for row in _in_order(results)]
    return {**drawn, "latency": latency("Milliseconds a message", spans)} if spans else drawn


def render(results: Row) -> str:
    """Returns the document."""
    parts = [_head(results), _thresholds(results)]
    parts += [_round(results, name) for name in ROUNDS if _of(results, name)]
    parts += [_confidence(results), _identifiers(results), _cost(results), _omitted(results), _caveats(results)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(results: Row) -> str:
    machine, messages = results["machine"], results["messages"]
    versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    load = f"load {machine['load']} when it began" + (": **others used it, so times are worse than they are**" if results["busy"] else "")
    return f"""# Benchmarks: understanding, compared

Written by `make bench-compare` from its own figures; do not edit. Measured {results["taken"]} on {machine["system"]},
{machine["processor"]}, {machine["cores"]} cores, {machine["gigabytes"]} GB; {load}.
Versions: {versions}.

Everyone was asked the same {messages["count"]} messages, {messages["name"]}, in the same run: {messages["languages"]} languages,
{messages["registers"]} registers. No program learnt from any of them.
To repeat: `make bench-slow` once (stock Rasa's training), then `make bench-compare`."""


def _thresholds(results: Row) -> str:
    stated = {row["name"]: row["thresholds"] for row in _in_order(results)}
    lines = [f"- **{name}**: " + (", ".join(f"{key.replace('_', ' ')} {value}" for key, value in limits.items()) or "none") + "."
             for name, limits in stated.items()]
    listed = "\n".join(lines)
    return f"""## What each one answers, and what it leaves

As each is shipped or set up by its makers, read from the trained models. Ours were chosen on the development set, so there they
are at their best. Where nobody's choice is to count, look at the curves: they move one limit on the confidence from strict to none.

{listed}

*Intent found*: the first guess is right, whatever its confidence. *Answered*: of the messages in scope, those that got an answer
and no question back. *Right of answered*: of those. *False answers*: of the messages out of scope, those that got one all the same."""


def _round(results: Row, name: str) -> str:
    rows = _of(results, name)
    return "\n\n".join([
        f"## {ROUNDS[name]} ({_lessons(results, name)})", table(["", *UNDERSTOOD.values()], [_understood(row) for row in rows]),
        f"![Right against answered]({NAME}-{name}.svg)", _shares(rows),
        *[_groups(by, figure, rows) for by in ("by_language", "by_register") for figure in GROUPED],
    ])


def _shares(rows: Sequence[Row]) -> str:
    heads = ["right of answered, if so many are answered", *[f"{part:.0%}" for part in SHARES]]
    return table(heads, [[row["name"], *[share(at_share(row["curve"], part)) for part in SHARES]] for row in rows])


def _groups(by: str, figure: str, rows: Sequence[Row]) -> str:
    names = list(rows[0]["understanding"][by])
    heads = [f"{UNDERSTOOD[figure]}, {by.replace('_', ' ')}", *names]
    return table(heads, [[row["name"], *[share(row["understanding"][by][name][figure]) for name in names]] for row in rows])


def _confidence(results: Row) -> str:
    rows = _of(results, "all")
    if not rows:
        return ""
    names = list(rows[0]["urgent"])
    errors = [[row["name"], share(row["calibration_error"])] for row in rows]
    found = [[row["name"], *[share(row["urgent"][name]["found"]) for name in names], share(row["urgent"]["all"]["misled"])] for row in rows]
    return f"""## Do confidences mean what they say, and is what cannot wait found?

{table(["all examples", "calibration error"], errors)}

![Confidence and truth]({NAME}-reliability.svg)

The expected calibration error: how far stated confidence and share right lie apart, in ten ranges of confidence, weighed by messages.

{table(["found, all examples", *[name.replace("_", " ") for name in names], "answered as another"], found)}

*Answered as another*: of all four, those that got the answer of another topic and no question back."""


def _identifiers(results: Row) -> str:
    if not results["languages"]:
        return ""
    names = [name for name in results["languages"][0]["accuracy"] if name != "all"]
    found = [row["understanding"] for row in results["rows"] if row["key"] == "nlpjs_guessed" and row["round"] == "all"]
    rows = [[row["name"], *[share(row["accuracy"][name]) for name in ("all", *names)], time(row["ms"]["p50"]), time(row["ms"]["p95"]),
             number(row["ready"], "s"), number(row["megabytes"], "MB")] for row in sorted(results["languages"], key=_other)]
    rows += [["NLP.js, all examples", *[share(group["language_accuracy"]) for group in (one, *one["by_language"].values())], *["-"] * 4]
             for one in found]
    return f"""## Which language a message is in

{table(["language found", "all", *names, "p50", "p95", "ready", "memory"], rows)}

Ours learns from this project's examples, and so does NLP.js; the others never saw any of them. langdetect and lingua do not know
Haitian Creole. Cantonese and Wu count as Chinese, Egyptian Arabic as Arabic. "Told" means that only our languages were allowed.
Ours and NLP.js run inside the whole program, so they have no start and memory of their own; NLP.js's time is not taken apart."""


def _cost(results: Row) -> str:
    if not results["rows"]:
        return ""
    heads = ["", "p50", "p95", "training", "of processors", "ready", "memory", "model", "packages"]
    rows = [[f"{row['name']}, {row['round']}", time(row["ms"]["p50"]), time(row["ms"]["p95"]), _training(row),
             number(row["training"]["cpu_seconds"], "s"), number(row["ready"], "s"), number(row["megabytes"], "MB"),
             number(row["model_megabytes"], "MB"), number(row["program_megabytes"], "MB")] for row in _in_order(results)]
    return f"""## What it costs

{table(heads, rows)}

![Milliseconds a message]({NAME}-latency.svg)

One message after the other, in one process, without a server before it. *Training*: from the command to the model, nothing cached;
*of processors*: the same in processor time, which neighbours disturb less (where there is a \\*, it waited long for others, and the
clock says little). *Ready*: from the start of the process to its first answer. *Memory*: resident, after all messages. *Packages*: all
that is installed beside Python or node; for ours and stock Rasa it is the same development environment, tests and tools
included.{_earlier(results)}"""


def _training(row: Row) -> str:
    """Returns the seconds by the clock, with a star where they are far more than the processors worked."""
    clock, worked = row["training"]["seconds"], row["training"]["cpu_seconds"]
    return number(clock, "s") + (r" \*" if clock > WAITED * worked else "")


def _earlier(results: Row) -> str:
    stock = [row["training"]["taken"] for row in results["rows"] if row["key"] == "stock"]
    return f" Stock Rasa was trained {stock[0]}, before this run." if stock else ""


def _omitted(results: Row) -> str:
    lines = "\n".join(f"- {row['name']}: {row['reason']}." for row in results["omitted"])
    return f"## Left out of this run\n\n{lines}" if lines else ""


def _caveats(results: Row) -> str:
    lessons = results["examples"]
    drawn = "They are drawn by hash, so that the same data gives the same draw" + (
        "." if lessons["drawn_from_these"] else "; this draw was made from an earlier state of `data/nlu`, and everyone learnt from it.")
    return f"""## To keep in mind

- The fixed subset is {lessons["an_intent"]} examples of each intent and language: {lessons["few"]} of {lessons["all"]}; digest
  `{lessons["digest"]}`. {drawn}
- Our pipeline was made for these languages and topics, and its limits and sizes were chosen by looking at the development set; on messages
  that nobody looked at it will score a little lower. The other programs are general ones, as they come.
- Stock Rasa has the `config.yml` that `rasa init` lays down, whose empty pipeline Rasa fills with its own default. One model learns all
  the languages.
- Stock Rasa's training draws lots, and so may differ a little from run to run. NLP.js learns `out_of_scope` as its `None`.
- No native speaker has checked the messages. One message is about one point of a language's figures."""


def _lessons(results: Row, name: str) -> str:
    return f"{results['examples'][name]} examples"


def _of(results: Row, name: str) -> list[Row]:
    return sorted((row for row in results["rows"] if row["round"] == name), key=lambda row: list(COLOURS).index(row["key"]))


def _other(row: Row) -> tuple[bool, float]:
    """Ours first, then the others from the best down."""
    return row["ready"] is not None, -row["accuracy"]["all"]


def _in_order(results: Row) -> list[Row]:
    return [row for name in ROUNDS for row in _of(results, name)]


def _line(row: Row) -> Line:
    found = row["understanding"]
    own = (found["answered"], found["right_of_answered"]) if found["right_of_answered"] is not None else None
    return Line(row["key"], row["name"], [(point["answered"], point["right"]) for point in row["curve"]], own)


def _stated(row: Row) -> Line:
    return Line(row["key"], row["name"], [(heap["confidence"], heap["right"]) for heap in row["reliability"]], None)


def _understood(row: Row) -> list[str]:
    return [row["name"], *[share(row["understanding"][key]) for key in UNDERSTOOD]]
