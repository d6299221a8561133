"""One run from beginning to end: a service of its own, a quiet round, the storm with its fault, the calm after it, the figures."""

from __future__ import annotations

import asyncio
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tables
from measures import percentile
from program import Memory
from raid import judging
from raid.crowd import CHANNELS, SMS, Script, crowd, scripts
from raid.faults import FAULTS, NOTICE
from raid.fleet import Fleet, sailing
from raid.judging import ANSWERED, ERROR, FOREIGN, FULL, LEFT, LIMIT, NOTHING, SHORT, SILENCE, Judge
from raid.storm import Sent, Storm, expected

from bot.library import load

# What an operator sets for such a day; what each does stands in docs/sms.md.
RAID_SETTINGS = {"CONFIANZA_SMS_ALL_MINUTE": "6000", "CONFIANZA_SMS_SEGMENTS_DAY": "200000"}
TODAY = date(2026, 11, 22)
CALM = 24  # scripts that are said again when all is over


@dataclass(frozen=True)
class Plan:
    """How much, how fast, which lot, what breaks, and with which limits ("raid": those an operator sets for the day; "default")."""

    messages: int = 10_000
    people: int = 3_000
    seconds: float = 600.0
    seed: int = 1
    fault: str = "none"
    limits: str = "raid"
    variants: int = 5
    lines: int = 6


def fleet_for(plan: Plan, scratch: Path) -> Fleet:
    """Returns the service for a plan, not yet started."""
    fault = FAULTS[plan.fault]
    limits = RAID_SETTINGS if plan.limits == "raid" else {}
    return Fleet(scratch, {"CONFIANZA_TODAY": TODAY.isoformat(), **limits, **fault.environment(scratch)}, fault.redis)


def run(plan: Plan, scratch: Path) -> dict[str, Any]:
    """Starts a service, takes the figures of one run, and ends the service."""
    with sailing(fleet_for(plan, scratch)) as fleet:
        return storm(plan, fleet)


def storm(plan: Plan, fleet: Fleet) -> dict[str, Any]:
    """Takes the figures of one run on a service that runs; several on one service must have different seeds."""
    content = load(fleet.content)
    kinds = scripts(tables.read(tables.folder(tables.SHIPPED)), content, plan.variants, plan.seed, plan.lines)
    people = crowd(kinds, plan.people, plan.messages, plan.seconds, plan.seed)
    quiet = asyncio.run(expected(fleet.settings, kinds, plan.seed))
    judge = Judge(quiet, content, TODAY, kinds)
    turns, before = judging.turns(fleet.log("door")), fleet.memory()
    fault = FAULTS[plan.fault]
    sent = asyncio.run(Storm(fleet.settings, people, plan.seed).blow(fault.during(fleet, plan.seconds)))
    back = fleet.until_ready()
    counted = judging.turns(fleet.log("door")) - turns
    calm = _calm(fleet, kinds, plan, judge)
    return {**_figures(plan, sent, judge), **_counts(sent, counted, judge), "ready_after": back, **calm,
            "memory": _memory(before, fleet.memory()), "logged": judging.words_logged(fleet.written(), sent),
            "starts": {name: fleet.starts(name) for name in ("rasa", "actions", "door")}}


def _calm(fleet: Fleet, kinds: Sequence[Script], plan: Plan, judge: Judge) -> dict[str, int]:
    """The first lines of some scripts once more, by other people: full answers again, without anybody's help."""
    again = [Script(number, kind.channel, kind.language, kind.town, kind.lines[:1]) for number, kind in enumerate(kinds[:CALM])]
    heard = asyncio.run(expected(fleet.settings, again, plan.seed, part=2))
    said = ["".join(answer.texts) for answer in heard.values()]
    same = [answer.texts == judge.expected[place].texts for place, answer in heard.items()]
    if plan.fault == "content":  # it stands in every answer but the courtesies
        same = [(NOTICE in text or as_before) and any(NOTICE in other for other in said) for text, as_before in zip(said, same)]
    return {"calm": len(same), "calm_full": sum(same)}


def _figures(plan: Plan, sent: Sequence[Sent], judge: Judge) -> dict[str, Any]:
    first = [one for one in sent if not one.copy]
    outcomes = {id(one): judge.outcome(one) for one in sent}
    return {
        "messages": plan.messages, "people": plan.people, "seconds": plan.seconds, "seed": plan.seed, "fault": plan.fault,
        "limits": plan.limits, "sent": len(sent), "lost": plan.messages - len(first),
        "outcomes": dict(Counter(outcomes[id(one)] for one in first)),
        "by_channel": {channel: _channel([one for one in first if one.person.script.channel == channel], outcomes) for channel in CHANNELS},
        "without_contact": sum(outcomes[id(one)] == SHORT and judge.names_nobody(one) for one in sent),
        "copies": len(sent) - len(first), "copies_differ": judging.copies_differ(sent), "mixed": judging.chats_mixed(sent),
        "examples": [_shown(one, outcomes[id(one)]) for one in sent if outcomes[id(one)] in (ERROR, NOTHING, FOREIGN)][:10],
        "course": _course(first, outcomes, plan.seconds),
    }


def _channel(sent: Sequence[Sent], outcomes: Mapping[int, str]) -> dict[str, Any]:
    counted = Counter(outcomes[id(one)] for one in sent)
    plain = [one for one in sent if one.person.manner == "plain"]
    times = [one.seconds for one in plain if outcomes[id(one)] in (*ANSWERED, SILENCE)]
    spread = {f"p{part}": percentile(times, part) for part in (50, 95, 99)} if times else {}
    return {"messages": len(sent), **counted, **spread, "max": max(times, default=0.0)}


def _counts(sent: Sequence[Sent], counted: Mapping[str, int], judge: Judge) -> dict[str, Any]:
    """How many turns there were beside how many messages: more would be something done twice, fewer something lost."""
    phone = {one.receipt for one in sent if one.receipt and one.heard.status == 200}
    web = [one for one in sent if one.person.script.channel != SMS]
    answered = sum(judge.outcome(one) not in (LIMIT, ERROR, NOTHING, LEFT) for one in web)
    return {"phone_messages": len(phone), "phone_turns": counted["phone"], "web_answered": answered, "web_turns": counted["web"],
            "web_left": sum(judge.outcome(one) == LEFT for one in web)}


def _course(first: Sequence[Sent], outcomes: Mapping[int, str], seconds: float) -> list[dict[str, float]]:
    """What happened second by second, in sixty parts: how many messages came, how many got no full answer, the slowest."""
    step = max(seconds / 60, 1.0)
    parts: dict[int, list[Sent]] = {}
    for one in first:
        parts.setdefault(int(one.at / step), []).append(one)
    return [{"at": part * step, "rate": len(some) / step, "short": sum(outcomes[id(one)] != FULL for one in some) / step,
             "p50": statistics.median(one.seconds for one in some), "max": max(one.seconds for one in some)}
            for part, some in sorted(parts.items())]


def _memory(before: Mapping[str, Memory], after: Mapping[str, Memory]) -> dict[str, tuple[float, float]]:
    return {name: (before[name].pss, after[name].pss) for name in before if name in after}


def _shown(one: Sent, outcome: str) -> str:
    """What went wrong, for whoever reads the run's output; the messages are the benchmark's own."""
    return (f"{outcome} {one.heard.status} {one.person.script.channel} {one.person.script.language} line {one.line} copy {one.copy} "
            f"at {one.at:.1f} after {one.seconds:.1f} s: {one.person.script.lines[one.line][:60]!r} -> {''.join(one.heard.texts)[:160]!r}")
