"""Reads what deploy/ and the Procfile say: container files, systemd units, the processes that the Procfile starts."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

from honcho.environ import parse_procfile

PROGRAMS = "/opt/confianza/.venv/bin/"


def instructions(containerfile: Path) -> list[tuple[str, str]]:
    """Returns (instruction, rest of the line) for each instruction of a container file, broken lines put together."""
    text = re.sub(r"^\s*#.*\n", "", containerfile.read_text(encoding="utf-8"), flags=re.M).replace("\\\n", " ")
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in text.splitlines() if line.strip()]


def unit(path: Path) -> dict[str, list[str]]:
    """Returns each setting of a unit with all its values, in order."""
    found = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith(("#", "[")):
            name, value = line.split("=", 1)
            found[name].append(value)
    return dict(found)


def processes(root: Path) -> dict[str, str]:
    """Returns the Procfile's commands by name."""
    return dict(parse_procfile((root / "Procfile").read_text(encoding="utf-8")).processes)


def plain(command: str) -> str:
    """Returns a command of a unit or a container file as the Procfile would write it."""
    words = " ".join(json.loads(command)) if command.startswith("[") else command
    return re.sub(r"\$\{(\w+)\}", r"$\1", words.removeprefix("exec ").replace(PROGRAMS, ""))
