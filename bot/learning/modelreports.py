"""What is known about a model: a small JSON file beside it, which names the model by its hash."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

REPORT = ".report.json"


@dataclass(frozen=True)
class Report:
    """What is known about a model.

    figures: as `bot.core.scores.report` gives them; day: when it was trained (ISO, "" where unknown), commit: from which content;
    seconds: how long that took; allowed: whether its verdict lets it go live (True for a model that is or was live).
    """

    figures: dict[str, Any]
    day: str = ""
    commit: str = ""
    seconds: float | None = None
    allowed: bool = True
    verdict: dict[str, Any] | None = None


def digest(path: Path) -> str:
    """Returns the SHA-256 of a file's bytes; "" where there is no such file."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return ""
    return _digest(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=16)
def _digest(path: Path, _changed: int, _size: int, _inode: int) -> str:
    """Reads a file once as long as it stays the same: a page that lists models would read a hundred megabytes else."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hashed.update(block)
    return hashed.hexdigest()


def written(folder: Path, pattern: str = f"*{REPORT}") -> Iterator[tuple[str, Report]]:
    """Yields (hash of the model, report) of each report that can be read."""
    for path in sorted(folder.glob(pattern)):
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            yield str(raw.pop("model")), Report(**raw)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue  # a report that cannot be read is one that is not there; the model counts


def write(path: Path, report: Report, model: Path) -> None:
    """Writes a model's report whole; raises OSError where the disk does not take it."""
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps({"model": digest(model), **asdict(report)}, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, path)
