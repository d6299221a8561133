"""Who writes what and when: people, drawn with a seed, each with a language, a way to write and the first lines of a script."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from tables import Message

from bot.core.content import Content

SMS, API, PAGE = "sms", "api", "page"
CHANNELS = (SMS, API, PAGE)
WEIGHTS = {SMS: 60, API: 20, PAGE: 20}
LANGUAGES = {"es": 34, "en": 18, "pt": 14, "ht": 10, "zh": 7, "ar": 6, "pl": 6, "fr": 5}
TOWNS = (None, "westport", "norwalk", "new-haven")
# What people ask when a rumour goes round. The rest of the questions is drawn from everything else.
URGENT = ("ice_at_door", "ice_in_street", "raids_now", "family_detained", "ice_at_work", "emergency", "is_ice_local_police",
          "ice_traffic_stop", "local_incident", "right_to_silence")
# An answer in another language than the question's is right after these, so nobody's answer could be told from another's.
LEFT_OUT = ("change_language",)
LINES = 6
URGENT_SHARE, AGAIN_SHARE, MORE_SHARE, DIGIT_SHARE = 0.6, 0.12, 0.25, 0.08
# Of all people: who does not wait for an answer, whose messages the provider brings twice, who reads slowly, who closes the page.
IMPATIENT, REPEATED, SLOW, BROKEN = 0.1, 0.05, 0.05, 0.03
RUMOURS = (0.15, 0.45, 0.75)  # of the time: when a rumour brings a part of all people within a twentieth of the time
RUMOUR_SHARE, RUMOUR_LENGTH = 0.231, 0.05


@dataclass(frozen=True)
class Script:
    """What one sort of person says, line by line."""

    number: int
    channel: str
    language: str
    town: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """One person: the script, how much of it, when each line is said (seconds from the start), and the manners.

    copies: by line, after how many seconds the provider brings the same message again; manner: "plain", "slow" (sends and reads
    slowly) or "broken" (closes the connection after the last line).
    """

    number: int
    script: Script
    times: tuple[float, ...]
    waits: bool = True
    copies: Mapping[int, float] = field(default_factory=dict)
    manner: str = "plain"

    area: str = "203"

    @property
    def phone(self) -> str:
        """A number that can exist; nothing is ever sent to it."""
        return phone(self.area, self.number)


def phone(area: str, number: int) -> str:
    """Returns the number of one person in an area; there are a million."""
    return f"+1{area}5{number:06d}"


def area(seed: int, part: int) -> str:
    """Returns where the numbers of one part of one run are: nobody writes in two runs on one service."""
    return str(200 + (3 * seed + part) % 700)


def scripts(messages: Sequence[Message], content: Content, variants: int, seed: int, lines: int = LINES) -> tuple[Script, ...]:
    """Returns `variants` scripts for each channel and language."""
    draw = random.Random(seed)
    wanted = [(channel, language) for _ in range(variants) for channel in CHANNELS for language in LANGUAGES]
    return tuple(
        Script(number, channel, language, draw.choice(TOWNS), _lines(draw, channel, language, messages, content, lines))
        for number, (channel, language) in enumerate(wanted)
    )


def _lines(draw: random.Random, channel: str, language: str, messages: Sequence[Message], content: Content, count: int) -> tuple[str, ...]:
    own = [m for m in messages if m.language == language and m.intent not in LEFT_OUT]
    urgent = [m.text for m in own if m.intent in URGENT]
    said = [draw.choice(urgent)]
    while len(said) < count:
        lot = draw.random()
        if lot < AGAIN_SHARE:
            said.append(said[-1])
        elif channel == SMS and lot < AGAIN_SHARE + MORE_SHARE:
            said.append(content.keywords["more"][language][0])
        elif channel == SMS and lot < AGAIN_SHARE + MORE_SHARE + DIGIT_SHARE:
            said.append(str(draw.randint(1, 3)))
        else:
            said.append(draw.choice(urgent if draw.random() < URGENT_SHARE else [m.text for m in own]))
    return tuple(said)


def crowd(kinds: Sequence[Script], people: int, messages: int, seconds: float, seed: int) -> tuple[Person, ...]:
    """Returns so many people who say so many messages within so many seconds."""
    draw = random.Random(seed + 1)
    counts = _counts(draw, people, messages, len(kinds[0].lines))
    by_kind = {(channel, language): [k for k in kinds if (k.channel, k.language) == (channel, language)]
               for channel in CHANNELS for language in LANGUAGES}
    return tuple(_person(draw, seed, number, draw.choice(by_kind[_pick(draw, WEIGHTS), _pick(draw, LANGUAGES)]), count, seconds)
                 for number, count in enumerate(counts))


def _counts(draw: random.Random, people: int, messages: int, most: int) -> list[int]:
    """How many messages each one says: from one to `most`, together exactly `messages`."""
    if not people <= messages <= people * most:
        raise ValueError(f"{people} people cannot say {messages} messages, from 1 to {most} each")
    counts = [1] * people
    for _ in range(messages - people):
        while counts[chosen := draw.randrange(people)] == most:
            pass
        counts[chosen] += 1
    return counts


def _person(draw: random.Random, seed: int, number: int, script: Script, count: int, seconds: float) -> Person:
    impatient = script.channel == SMS and draw.random() < IMPATIENT
    gaps = [draw.uniform(0.1, 0.8) if impatient else min(draw.expovariate(1 / 15), seconds / 10) + 1 for _ in range(count - 1)]
    start = min(_arrival(draw) * seconds, seconds - sum(gaps))
    manner = "plain"
    if script.channel != SMS:
        lot = draw.random()
        manner = "slow" if lot < SLOW else "broken" if lot < SLOW + BROKEN else "plain"
    copies = {line: draw.choice((0.0, 0.05, 1.0, 3.0)) for line in range(count) if script.channel == SMS and draw.random() < REPEATED}
    times = tuple(min(at, seconds) for at in accumulate([max(0.0, start), *gaps]))
    return Person(number, script, times, not impatient, copies, manner, area(seed, 1))


def _arrival(draw: random.Random) -> float:
    """When somebody begins, from 0 to 1: with a rumour's wave, or any time."""
    if draw.random() < RUMOUR_SHARE * len(RUMOURS):
        return draw.choice(RUMOURS) + draw.random() * RUMOUR_LENGTH
    return draw.random()


def _pick(draw: random.Random, weights: Mapping[str, int]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]
