"""How many messages are answered: of one sender an hour and a day, of all a minute, segments of all a day. Only counts are held."""

from __future__ import annotations

import time
from enum import Enum

from django.core.cache import cache

from bot.settings import PhoneLimits

HOUR, MINUTE, DAY = 3600, 60, 24 * 3600
MOST_CONFIRMED = 3


class Verdict(Enum):
    """What to do with a message: answer it, say once that there are too many, or be silent."""

    ANSWER = "answer"
    TELL = "tell"
    SILENT = "silent"


def judge(sender: str, limits: PhoneLimits) -> Verdict:
    """Counts a message and says whether it is answered."""
    windows = (
        (_add(f"messages:{sender}", HOUR, 1) > limits.sender_hour, HOUR),
        (_add(f"messages:{sender}", DAY, 1) > limits.sender_day, DAY),
        (_add("messages", MINUTE, 1) > limits.all_minute, MINUTE),
        (_count("segments", DAY) >= limits.segments_day, DAY),
    )
    over = [seconds for is_over, seconds in windows if is_over]
    if not over:
        return Verdict.ANSWER
    first = all(cache.add(_window(f"told:{sender}", seconds), True, seconds) for seconds in over)
    return Verdict.TELL if first else Verdict.SILENT


def may_confirm(sender: str) -> bool:
    """True for the first confirmations of STOP, START and FORGET in an hour: what they do is done in any case."""
    return _add(f"confirmed:{sender}", HOUR, 1) <= MOST_CONFIRMED


def spend(segments: int) -> None:
    """Counts the segments of a reply."""
    _add("segments", DAY, segments)


def _add(name: str, seconds: int, amount: int) -> int:
    key = _window(name, seconds)
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key, amount))
    except ValueError:  # the window ended between the two lines above
        return amount


def _count(name: str, seconds: int) -> int:
    return int(cache.get(_window(name, seconds)) or 0)


def _window(name: str, seconds: int) -> str:
    return f"{name}:{seconds}:{int(time.time()) // seconds}"
