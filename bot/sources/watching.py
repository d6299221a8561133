"""What is known of the pages we quote, in one file of the state folder; visits add to it, an editor accepts what changed.

The file is read and written whole under a lock: a night's watch and an editor at the console may work at the same time.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.drift import Known, Link, Seen, Visit, accepted, judge
from bot.core.errors import WatchError

FILE, VERSION = "watch.json", 1


def watch_file(state: Path) -> Path:
    """Returns the place of the file within the state folder."""
    return state / FILE


def read_watch(path: Path) -> Mapping[str, Seen]:
    """Returns what is known of each address, empty before the first watch; raises WatchError where the file is broken."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["version"] != VERSION:
            raise ValueError
        return {row["address"]: _seen(row) for row in raw["links"]}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WatchError(f"{path}: what was seen of the sources cannot be read; move the file away and watch again") from error


def watch(links: Iterable[Link], path: Path, day: date, visit: Callable[[str], Visit]) -> Iterator[Seen]:
    """Visits every link, one at a time, and yields what is known of it then; each is kept at once. Forgets links that nobody names.

    Raises WatchError where the file cannot be read or written.
    """
    wanted = list(links)
    for link in wanted:
        found = visit(link.address)
        with _changing(path) as known:
            seen = known[link.address] = judge(link, found, known.get(link.address), day)
        yield seen
    with _changing(path) as known:
        for address in known.keys() - {link.address for link in wanted}:
            del known[address]


def accept(path: Path, address: str) -> Seen:
    """Takes what is now at an address as known, and returns it; raises WatchError where it was never visited."""
    with _changing(path) as known:
        if address not in known:
            raise WatchError(f"{address} was never visited; run `confianza sources watch` first")
        known[address] = accepted(known[address])
        return known[address]


@contextmanager
def _changing(path: Path) -> Iterator[dict[str, Seen]]:
    """Gives the file's content to change, and writes it when all went well."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = dict(read_watch(path))
            yield known
            _write(path, known)
    except OSError as error:
        raise WatchError(f"{path}: what was seen of the sources cannot be kept ({error.strerror})") from error


def _write(path: Path, known: Mapping[str, Seen]) -> None:
    """Writes beside the place and moves it there: a reader sees the old or the new file, never half of one."""
    rows = [asdict(known[address]) for address in sorted(known)]
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump({"version": VERSION, "links": rows}, file, ensure_ascii=False, indent=1, default=date.isoformat)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _seen(row: Mapping[str, Any]) -> Seen:
    known = row["known"]
    return Seen(
        address=row["address"], names=tuple(row["names"]), verdict=row["verdict"], first_seen=date.fromisoformat(row["first_seen"]),
        visited=date.fromisoformat(row["visited"]), last_seen=date.fromisoformat(row["last_seen"]) if row["last_seen"] else None,
        status=row["status"], trouble=row["trouble"], moved_to=row["moved_to"], digest=row["digest"], quoted=tuple(row["quoted"]),
        standing=tuple(row["standing"]), failed=tuple(map(date.fromisoformat, row["failed"])),
        known=Known(known["digest"], tuple(known["passages"]), known["moved_to"], known["verdict"]),
    )
