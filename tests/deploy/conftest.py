"""What the tests of deploy/ share: environments of their own, made once from pinned packages and kept in .tools/."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PYENV = ".pyenv/versions/3.13*/bin/python3.13"


@pytest.fixture(scope="session")
def doors(root: Path) -> Path:
    """The folder `bin` of an environment made as the door's image makes it: Python 3.13 with the door's packages alone."""
    python = _python()
    if python is None:
        pytest.skip("there is no Python 3.13 here")
    return _environment(root, "doors", python)


@pytest.fixture(scope="session")
def schemas(root: Path) -> Path:
    """The folder `bin` of an environment with Kubernetes' published schemas."""
    return _environment(root, "manifests", Path(sys.executable))


def _environment(root: Path, name: str, python: Path) -> Path:
    """Makes .tools/NAME of requirements/NAME.txt where it is missing or of other pins."""
    uv, folder, pins = root / ".tools" / "bin" / "uv", root / ".tools" / name, root / "requirements" / f"{name}.txt"
    if not uv.exists():
        pytest.skip("there is no .tools/bin/uv; `make` makes it")
    ready = folder / ".ready"
    if not ready.exists() or ready.read_text() != pins.read_text():
        command = [str(uv), "venv", "-q", "--clear", "--no-python-downloads", "--python", str(python), str(folder)]
        subprocess.run(command, check=True, timeout=120)
        command = [str(uv), "pip", "sync", "-q", "--require-hashes", "--only-binary", ":all:", "--python", str(folder / "bin" / "python")]
        subprocess.run([*command, str(pins)], check=True, timeout=600)
        ready.write_text(pins.read_text())
    return folder / "bin"


def _python() -> Path | None:
    """Returns a Python 3.13 that starts (pyenv's name for one that is not chosen does not)."""
    candidates = [shutil.which("python3.13"), *map(str, sorted(Path.home().glob(PYENV)))]
    for candidate in filter(None, candidates):
        if subprocess.run([candidate, "-c", ""], capture_output=True, check=False, timeout=30).returncode == 0:
            return Path(candidate)
    return None
