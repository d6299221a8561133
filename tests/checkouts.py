"""Small and whole git checkouts for tests of what the console does to files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ENVIRONMENT = {"GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.invalid", "GIT_COMMITTER_NAME": "Test",
               "GIT_COMMITTER_EMAIL": "test@example.invalid",
               "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": "/usr/bin:/bin"}
CONTENT = ("data", "locales", "domain.yml", "config.yml", "credentials.yml", "endpoints.yml", "Procfile")


def git(root: Path, *words: str) -> str:
    """Runs git in a checkout and returns what it says."""
    done = subprocess.run(["git", "-C", str(root), *words], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return done.stdout


def small(root: Path, files: dict[str, str]) -> Path:
    """Makes a checkout of a few files with one commit."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / ".gitignore").write_text(".publishing/\nmodels/\n.confianza/\n.rasa/\n", encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "the beginning")
    return root


def whole(root: Path, project: Path) -> Path:
    """Makes a checkout of all of the project's content with one commit."""
    root.mkdir(parents=True)
    for name in CONTENT:
        source = project / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(source, root / name)
    small(root, {})
    git(root, "gc", "-q")  # one file instead of hundreds: copies are made by the dozen
    return root
