"""Where the compared programs live: an environment and a node_modules of their own under .tools, made on first use from pinned hashes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bots import PROGRAMS, ROOT
from program import BenchError

HERE = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
LANGUAGES = TOOLS / "bench" / "languages"
NLPJS = TOOLS / "bench" / "nlpjs"
REQUIREMENTS = HERE / "requirements.txt"
LOCK = HERE / "nlpjs" / "package-lock.json"
INSTALL_SECONDS = 900


def languages_python() -> Path:
    """Returns the Python that has langdetect, fastText and lingua; raises BenchError where it cannot be made."""
    python = LANGUAGES / "bin" / "python"
    uv = str(TOOLS / "bin" / "uv")
    if not _fresh(LANGUAGES, REQUIREMENTS):
        _run([uv, "venv", "-q", "--clear", "--no-python-downloads", "--python", str(PROGRAMS / "python"), str(LANGUAGES)], ROOT)
        _run([uv, "pip", "sync", "-q", "--require-hashes", "--python", str(python), str(REQUIREMENTS)], ROOT)
        _mark(LANGUAGES, REQUIREMENTS)
    return python


def nlpjs_worker() -> list[str]:
    """Returns the command of NLP.js's worker; raises BenchError without node, npm or its registry."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise BenchError("node and npm are not installed here")
    if not _fresh(NLPJS, LOCK):
        shutil.rmtree(NLPJS, ignore_errors=True)
        NLPJS.mkdir(parents=True)
        for source in (LOCK, LOCK.with_name("package.json")):
            shutil.copy2(source, NLPJS)
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], NLPJS)
        _mark(NLPJS, LOCK)
    shutil.copy2(LOCK.with_name("worker.js"), NLPJS)  # node looks for packages beside the script
    return [node, str(NLPJS / "worker.js")]


def version(command: Sequence[str]) -> str:
    """Returns the first line that a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()[0].strip()


def megabytes(path: Path) -> float:
    """Returns the size on disk of a file, or of all that a folder holds."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and not p.is_symlink()]
    return sum(p.stat().st_size for p in files) / 1024**2


def _fresh(folder: Path, pins: Path) -> bool:
    mark = folder / ".pins"
    return mark.is_file() and mark.read_text(encoding="ascii") == _hash(pins)


def _mark(folder: Path, pins: Path) -> None:
    (folder / ".pins").write_text(_hash(pins), encoding="ascii")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(command: list[str], folder: Path) -> None:
    """Runs an installing step; its output may name hosts and folders, so only the program's name is passed on."""
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise BenchError(f"{Path(command[0]).name} could not install what is pinned in {HERE.name}/") from error
