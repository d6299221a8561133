"""`make fuzz`: hunts on every target for a while, then tests the running door; what it finds is left in .tools/fuzz/found."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT
from tests.fuzz import api
from tests.fuzz.targets import TARGETS
from tests.running import running

PYTHON = ROOT / ".tools" / "fuzz" / "bin" / "python"
FOUND = ROOT / ".tools" / "fuzz" / "found"
SECONDS = 20
# One input may take so long, and so much memory, on a busy machine.
MOST_SECONDS, MOST_MEGABYTES = 20, 2000
STARTING_SECONDS = 120
EXAMPLES = 200


def hunt(target: str, seconds: int, found: Path, runs: int = -1) -> tuple[bool, str]:
    """Hunts on one target; returns whether no rule was broken, and what the fuzzer wrote. runs: how many inputs at most (-1: no bound)."""
    found.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEGABYTES}", f"-seed={api.SEED}",
              f"-runs={runs}"]
    command = [str(PYTHON), "-m", "tests.fuzz.hunt", target, str(found), "-max_len=4096", *limits]
    most = STARTING_SECONDS + 3 * seconds
    env = {**os.environ, "PYTHONHASHSEED": "0"}  # with the seed, so that a short hunt goes the same way every time
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, errors="replace", timeout=most, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def _hunted(names: list[str], seconds: int) -> Iterator[bool]:
    for name in names:
        fine, report = hunt(name, seconds, FOUND / name)
        runs = report.partition("number_of_executed_units:")[2].split("\n")[0].strip()
        print(f"{name:18} {'fine' if fine else 'BROKEN'}  {runs} inputs", flush=True)
        if not fine:
            print(report[-4000:])
            print(f"The input is in {FOUND.relative_to(ROOT)}/{name}: copy it to tests/fuzz/corpus/{name} and mend what it breaks.")
        yield fine


def _examined() -> bool:
    with tempfile.TemporaryDirectory() as folder, running(ROOT, Path(folder)) as service:
        fine, report = api.examine(service.url, EXAMPLES)
    print(f"{'the running door':18} {'fine' if fine else 'BROKEN'}")
    print("" if fine else report[-8000:])
    return fine


def main(arguments: list[str]) -> int:
    """Returns 1 where a rule was broken."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help=f"which ones ({', '.join(TARGETS)}); none: all, and the running door")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long on each")
    options = parser.parse_args(arguments)
    outcomes = list(_hunted(options.targets or list(TARGETS), options.seconds))
    return int(not all([*outcomes, options.targets or _examined()]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
