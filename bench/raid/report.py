"""Writes docs/raid-day.md and its plots from the runs that are kept. No figure stands here: all of them come from the runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cells import table
from raid.course import course
from raid.crowd import CHANNELS, LANGUAGES, RUMOUR_SHARE, RUMOURS
from raid.faults import FAULTS
from raid.judging import FOREIGN, FULL, LEFT, LIMIT, OTHER, SHORT, SILENCE, WRONG
from raid.promises import broken
from raid.run import RAID_SETTINGS

from bot.settings import PhoneLimits

Row = Mapping[str, Any]
NAME = "raid-day"
SHOWN = {"sms": "text messages", "api": "JSON API", "page": "page"}
QUIET = ("none", "raid")
PARTS = ("p50", "p95", "p99", "max")


def summary(figures: Row) -> str:
    """Returns a run's figures for the terminal."""
    rows = [[SHOWN[channel], *_times(figures["by_channel"][channel])] for channel in CHANNELS]
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(figures["outcomes"].items()))
    lines = [table(["", "messages", *PARTS], rows), f"outcomes: {said}", *[f"BROKEN: {promise}" for promise in broken(figures)],
             *figures["examples"]]
    return "\n".join(lines)


def publish(results: Mapping[str, Row], folder: Path) -> None:
    """Writes the document and a plot of each run of a whole day into the folder."""
    for name, figures in _days(results).items():
        (folder / f"{_file(name)}.svg").write_text(course(f"The day of a raid: {FAULTS[figures['fault']].what}", figures), encoding="utf-8")
    (folder / f"{NAME}.md").write_text(render(results), encoding="utf-8")


def render(results: Mapping[str, Row]) -> str:
    """Returns the document."""
    days = [_day(name, figures) for name, figures in _days(results).items()]
    parts = [_head(results), *days, _faults(results), _default(results), _CAVEATS]
    return "\n\n".join(part for part in parts if part) + "\n"


def _days(results: Mapping[str, Row]) -> dict[str, Row]:
    return {name: figures for name, figures in results.items() if (figures["fault"], figures["limits"]) == QUIET}


def _file(name: str) -> str:
    return NAME if name.startswith("none") else f"{NAME}-{name.split(',', maxsplit=1)[0]}"


def _head(results: Mapping[str, Row]) -> str:
    run = next(iter(results.values()))
    machine = run["machine"]
    busy = "; **others used it too, so times are worse than they are**" if any(r["busy"] for r in results.values()) else ""
    settings = "\n".join(f"{name}={value}" for name, value in RAID_SETTINGS.items())
    return f"""# The day of a raid

Written by `make bench-raid` from its own figures; do not edit. Measured {run["taken"]} on {machine["system"]}, {machine["processor"]},
{machine["cores"]} cores, {machine["gigabytes"]} GB{busy}.

A crowd, drawn with a seed, writes by text message (signed webhooks), on the page and to the JSON API, in {len(LANGUAGES)} languages;
{RUMOUR_SHARE:.0%} of the people come with each of {len(RUMOURS)} rumours, all within a twentieth of the time.
Some do not wait for answers, some say things twice, some read slowly or leave; the provider brings some messages
a second time. Every answer is held, word for word, against what the same words got from the quiet service before.

What an operator sets for such a day (the limits of every day are there to keep a bill small, see below and `docs/sms.md`):

```
{settings}
```"""


def _day(name: str, figures: Row) -> str:
    rows = [[SHOWN[channel], *_times(figures["by_channel"][channel])] for channel in CHANNELS]
    outcomes = figures["outcomes"]
    memory = ", ".join(f"{part} {before:.0f} → {after:.0f} MB" for part, (before, after) in figures["memory"].items())
    return f"""## Nothing is broken: {figures["messages"]:,} messages of {figures["people"]:,} people in {figures["seconds"] / 60:g} minutes

{table(["", "messages", *PARTS], rows)}

![Messages a second and how long they took]({_file(name)}.svg)

{_answers(outcomes)} Nobody got somebody else's answer ({outcomes.get(FOREIGN, 0)}), {sum(outcomes.get(kind, 0) for kind in WRONG)} got
an error or nothing. Short answers are for the moments when more people write than Rasa can answer; of what was asked in one it knows
nothing at the next, whose full answer can then be in other words.
The provider repeated {figures["copies"]} messages: {figures["copies_differ"]} got a second, different answer.
{figures["phone_messages"]:,} messages by phone were {figures["phone_turns"]:,} turns. Memory before and after: {memory}. In all that the
processes wrote, {figures["logged"]} texts, numbers or chats were found.{_kept(figures)}"""


def _answers(outcomes: Mapping[str, int]) -> str:
    words = {FULL: "got the full answer of a quiet day, word for word", OTHER: "a full answer in other words", SHORT: "the short one",
             LIMIT: "an honest limit", SILENCE: "silence", LEFT: "left before it came"}
    return "Of all messages " + ", ".join(f"{outcomes.get(kind, 0):,} {what}" for kind, what in words.items()) + "."


def _kept(figures: Row) -> str:
    promises = broken(figures)
    return f" **Broken: {'; '.join(promises)}.**" if promises else " No promise was broken."


def _faults(results: Mapping[str, Row]) -> str:
    runs = [figures for figures in results.values() if figures["fault"] != "none"]
    if not runs:
        return ""
    rows = [[FAULTS[run["fault"]].what, f"{run['messages']:,}", *[f"{run['outcomes'].get(kind, 0):,}" for kind in (FULL, OTHER, SHORT)],
             f"{sum(run['outcomes'].get(kind, 0) for kind in WRONG)}", *_longest(run), "; ".join(broken(run)) or "kept"] for run in runs]
    heads = ["while this happens", "messages", "full", "in other words", "short", "wrong", "longest, phone", "longest, web", "promises"]
    return f"""## While something breaks

Short runs, each on a service of its own, that starts anew what dies. Promised: never silence; a short answer with somebody to call
within 8 seconds by phone and 6 on the web; nothing twice; full answers again afterwards without anybody's help. *In other words*: a full
answer in the right language, but not the one of a quiet day, since a service that was restarted no longer knows what was talked about.

{table(heads, rows)}"""


def _default(results: Mapping[str, Row]) -> str:
    runs = [figures for figures in results.values() if figures["limits"] == "default"]
    if not runs:
        return ""
    said = "\n".join(f"- {run['messages']:,} messages of {run['people']:,} people in {run['seconds'] / 60:g} minutes: "
                     f"{_answers(run['outcomes'])}" for run in runs).replace("Of all messages ", "")
    return f"""## With the limits of every day

Nobody has set anything for the day: text messages meet the limits of all senders together ({PhoneLimits.all_minute} messages a
minute, {PhoneLimits.segments_day} segments a day).
Whoever is over is told so once, with a number to call, and 911; then there is silence until the window ends. The web knows no such limit.

{said}"""


def _times(figures: Row) -> list[str]:
    return [f"{figures['messages']:,}", *[f"{figures[part]:.2f} s" if part in figures else "-" for part in PARTS]]


def _longest(run: Row) -> list[str]:
    return [f"{run['by_channel']['sms']['max']:.1f} s", f"{max(run['by_channel'][name]['max'] for name in ('api', 'page')):.1f} s"]


_CAVEATS = """## To keep in mind

- Crowd, provider and service share the machine, so the service has less of it than it would have. The crowd is one process: beyond
  some hundred messages a second it is late itself.
- Times are those of clients that neither read slowly nor leave. A client that sends its request slowly holds one of the door's threads:
  the shipped Caddyfile takes it away after 15 seconds, a proxy that takes in the whole request first (nginx does) at once.
- How many messages a second the provider takes from one number is not in these figures. Ask before the day comes."""


