"""Where a service may have left something: files that it wrote or holds open, its output, what its processes were started with."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 64 << 20
# Written all the time by others: environments, and the caches of the tools that work on the code.
SKIPPED = {".venv", ".tools", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis", "node_modules"}


def processes(state: Path) -> dict[int, dict[str, str]]:
    """Returns the processes that were started with this state folder, by their number, with their environments. Root only."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            rows = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
            environment = dict(row.split("=", 1) for row in rows if "=" in row)
            if environment.get("CONFIANZA_STATE_DIR") == str(state):
                found[int(folder.name)] = environment
    return found


def command(number: int) -> str:
    """Returns a process's command line, "" where it ended."""
    with suppress(OSError):
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def parent(number: int) -> int:
    """Returns the number of a process's parent."""
    return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])


def files(since: float, *folders: Path) -> Iterator[Path]:
    """Yields the files below some folders that were written since a time, in seconds."""
    for top in folders:
        for folder, below, names in os.walk(top):
            below[:] = [name for name in below if name not in SKIPPED]
            for path in (Path(folder) / name for name in names):
                with suppress(OSError):
                    if path.lstat().st_ctime >= since and stat.S_ISREG(path.lstat().st_mode):
                        yield path


def held_open(numbers: Iterator[int] | list[int], since: float) -> Iterator[Path]:
    """Yields the files that processes hold open and that were written since a time, also those that have no name any more."""
    for number in numbers:
        for link in Path(f"/proc/{number}/fd").glob("*"):
            with suppress(OSError):
                if stat.S_ISREG(link.stat().st_mode) and link.stat().st_mtime >= since:
                    yield link


def read(path: Path) -> bytes:
    """Returns a file's bytes; b"" where it is gone. What is larger than anything we write is an error of the test."""
    with suppress(FileNotFoundError):
        size = path.stat().st_size
        assert size <= MOST_BYTES, f"{path} has {size} bytes"
        return path.read_bytes()
    return b""


def listening(number: int) -> set[tuple[str, int]]:
    """Returns the addresses (hexadecimal, as the kernel writes them) and ports that the network of a process listens on."""
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{number}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":  # TCP_LISTEN
                address, port = fields[1].split(":")
                found.add((address, int(port, 16)))
    return found
