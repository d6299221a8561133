"""What is broken on purpose while people write, and what of it a resident may notice."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from program import BenchError
from raid.fleet import Fleet, know

from bot.learning.models import LIVE, Models

NOTICE = "Route 7 is closed today."
LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/local/lib/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")
CLOCK = "clock"
DAY = 24 * 3600
STOPPED_SECONDS, FROZEN_SECONDS, HUNG_SECONDS = 6.0, 4.0, 9.0
Deed = Callable[[Fleet], None]


@dataclass(frozen=True)
class Fault:
    """What happens at which part of the time, and what it may cost.

    redis: the run needs one; forgets: the service may forget what was talked about, so that full answers can differ; unlogged: the
    log has gaps; repeats: the provider's repeats may be answered as new messages; environment: settings that it needs.
    """

    what: str
    deeds: tuple[tuple[float, Deed], ...]
    redis: bool = False
    forgets: bool = True
    unlogged: bool = False
    repeats: bool = False
    environment: Callable[[Path], Mapping[str, str]] = field(default=lambda scratch: {})

    def during(self, fleet: Fleet, seconds: float) -> Callable[[float], None]:
        """Returns what does the deeds in their time, counted from the moment that it is given."""
        def act(began: float) -> None:
            for part, deed in self.deeds:
                time.sleep(max(0.0, began + part * seconds - time.monotonic()))
                deed(fleet)
        return act


def _kill(name: str) -> Deed:
    return lambda fleet: fleet.kill(name)


def _stop_redis(fleet: Fleet) -> None:
    fleet.hold("redis")
    time.sleep(STOPPED_SECONDS)
    fleet.let_go("redis")


def _freeze(name: str, seconds: float) -> Deed:
    def deed(fleet: Fleet) -> None:
        number = fleet.number(name)
        os.kill(number, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(number, signal.SIGCONT)
    return deed


def replace_model(fleet: Fleet) -> None:
    """The same model under another hash: packed anew, written down, then put in the place of the one that is live."""
    models = Models(fleet.content)
    live = models.path(LIVE)
    new = live.with_name("next.tar.gz")
    with gzip.open(live) as packed, gzip.GzipFile(new, "wb", compresslevel=1, mtime=time.time()) as again:
        shutil.copyfileobj(packed, again)
    know(models.folder, new)
    new.replace(live)


def publish_notice(fleet: Fleet) -> None:
    """What an advocate publishes on such a day: a notice that stands first in every answer."""
    place = fleet.content / "data" / "answers" / "notices.yml"
    draft = place.with_suffix(".draft")
    draft.write_text(f'- id: roads\n  text: "{NOTICE}"\n  starts: 2020-01-01\n  ends: 2099-12-31\n  by: The benchmark\n  towns: []\n',
                     encoding="utf-8")
    draft.replace(place)


def withdraw_notice(fleet: Fleet) -> None:
    """No notice any more."""
    place = fleet.content / "data" / "answers" / "notices.yml"
    draft = place.with_suffix(".draft")
    draft.write_text("[]\n", encoding="utf-8")
    draft.replace(place)


def _fill_disk(fleet: Fleet) -> None:
    """From now on no file can grow, for any part: what a full disk does, without filling one."""
    for name in ("door", "rasa", "actions"):
        for number in fleet.numbers(name):
            _, most = resource.prlimit(number, resource.RLIMIT_FSIZE)
            resource.prlimit(number, resource.RLIMIT_FSIZE, (0, most))


def _free_disk(fleet: Fleet) -> None:
    for name in ("door", "rasa", "actions"):
        for number in fleet.numbers(name):
            _, most = resource.prlimit(number, resource.RLIMIT_FSIZE)
            resource.prlimit(number, resource.RLIMIT_FSIZE, (most, most))


def set_clock(fleet: Fleet, seconds: float) -> None:
    """Moves the clock of all parts so far from the real one."""
    place = fleet.scratch / CLOCK
    draft = place.with_suffix(".draft")
    draft.write_text(f"{seconds:+.0f}\n", encoding="ascii")
    draft.replace(place)


def faketime() -> str | None:
    """Returns libfaketime's file; None where it is not installed."""
    return next((str(path) for pattern in LIBRARIES for path in Path("/").glob(pattern.lstrip("/"))), None)


def _false_clock(scratch: Path) -> Mapping[str, str]:
    library = faketime()
    if library is None:
        raise BenchError("libfaketime is not installed (Debian: libfaketime)")
    (scratch / CLOCK).write_text("+0\n", encoding="ascii")
    return {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(scratch / CLOCK), "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "CONFIANZA_TODAY": ""}


def _clock(seconds: float) -> Deed:
    return lambda fleet: set_clock(fleet, seconds)


FAULTS: Mapping[str, Fault] = {
    "none": Fault("nothing is broken", (), forgets=False),
    "rasa": Fault("Rasa is killed and restarted", ((0.25, _kill("rasa")),)),
    "actions": Fault("the action server is killed and restarted, twice", ((0.25, _kill("actions")), (0.55, _kill("actions")))),
    "model": Fault("the model is replaced, twice", ((0.15, replace_model), (0.5, replace_model)), forgets=False),
    "content": Fault("content is published", ((0.3, publish_notice),)),
    "redis": Fault("Redis is restarted and has lost everything", ((0.4, _kill("redis")),), redis=True, repeats=True),
    "redis-stopped": Fault(f"Redis is away for {STOPPED_SECONDS:.0f} s", ((0.35, _stop_redis),), redis=True, repeats=True),
    "redis-frozen": Fault(f"Redis hangs for {FROZEN_SECONDS:.0f} s", ((0.35, _freeze("redis", FROZEN_SECONDS)),), redis=True, repeats=True),
    "rasa-frozen": Fault(f"Rasa hangs for {HUNG_SECONDS:.0f} s", ((0.25, _freeze("rasa", HUNG_SECONDS)),)),
    "disk": Fault("the disk is full for a while", ((0.25, _fill_disk), (0.65, _free_disk)), forgets=False, unlogged=True),
    "clock": Fault("the clock jumps a day forward, two days back, and to the right time",
                   ((0.2, _clock(DAY)), (0.45, _clock(-DAY)), (0.7, _clock(0))), repeats=True, environment=_false_clock),
}
