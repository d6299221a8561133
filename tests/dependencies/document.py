"""Writes docs/dependencies.md: `python -m tests.dependencies.document`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.settings import ROOT
from tests.dependencies.record import Record, pinned, record

PATH = ROOT / "docs" / "dependencies.md"
# The locks of what runs; what stands in neither is for tests and checks.
RUNNING = ("doors", "brain")
TOOLS = "dev.txt only"
_HEAD = """\
# What runs, and what is known against it

Made from `requirements/vulnerabilities.yml` by `make dependencies`; a test compares both with the locks, so that a new lock needs a new
look.

Everything is pinned with hashes. `requirements/dev.txt` is what one checkout runs, with what tests need; `brain.txt` is the same
without the tests, for Rasa, the action server and the console; `doors.txt` is the public door's alone, on a current Python. Where all
run on one machine they share `dev.txt` or `brain.txt`. **The public door ships no third-party script, font or picture**: its one script
and one style sheet are our own, no build step makes them, and the Content-Security-Policy lets nothing else load. The console has our
own scripts and, on the pages for security keys, those of django-allauth, served from the pinned package. Nothing is loaded from another
host by either. `bench/nlpjs` (npm) is for comparison only and is never started by the service.

## To look again

`make audit` asks PyPI for the known vulnerabilities of all locks (it needs the network). It counts a package that PyPI says nothing of
as a failure: without that, pip-audit says "No known vulnerabilities found" where it could not ask at all. Then enter what it finds in
the file, each with an answer: can it be reached? what holds the mended version back?
"""


def written(found: Record) -> str:
    """Returns the document."""
    return "\n".join((*_intro(found), *_known(found), *_nothing(found))) + "\n"


def _intro(found: Record) -> Iterator[str]:
    yield _HEAD
    yield f"Looked up on {found.day}; to be looked up again by {found.again}, and whenever a lock changes. Where:\n"
    yield from (f"- {place}" for place in found.where)
    yield f"- **Not asked.** {found.not_asked}"


def _known(found: Record) -> Iterator[str]:
    yield "\n## Known, with our answer\n"
    yield "| package | lock | known | mended in | our answer |\n|---|---|---|---|---|"
    for (name, version), entries in sorted(found.known.items()):
        holder = f" (held by {found.held[name]})" if name in found.held else ""
        for entry in entries:
            what = f"{entry.what}: {', '.join(entry.ids)}"
            yield f"| {name} {version} | {_locks(name, version)} | {what} | {entry.mended}{holder} | {entry.answer} |"


def _nothing(found: Record) -> Iterator[str]:
    yield "\n## Nothing known\n"
    yield "| package | lock | held back by |\n|---|---|---|"
    for name, version in sorted(found.nothing):
        yield f"| {name} {version} | {_locks(name, version)} | {_holder(name, version, found)} |"


def _holder(name: str, version: str, found: Record) -> str:
    return found.held.get(name, "") if pinned("dev").get(name) == version else ""


def _locks(name: str, version: str) -> str:
    """Names the locks that hold a package in this version."""
    return ", ".join(f"{lock}.txt" for lock in RUNNING if pinned(lock).get(name) == version) or TOOLS


if __name__ == "__main__":
    PATH.write_text(written(record()), encoding="utf-8")
