"""A setting that is wrong is told without the secret in it, whichever process meets it first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "tamandua4715"
DOOR = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--log-level", "error", "bot.doors.public.wsgi:application"]
PYTHON = [sys.executable, "-m"]
# Who starts with what: every secret setting, and addresses whose password is written so that it breaks the address. Port 1 refuses.
CASES = {
    "console, a database that refuses": (["bot.consoleserver"], {"CONFIANZA_DATABASE_URL": f"postgres://ana:{SECRET}@127.0.0.1:1/x"}),
    "console, a slash in the password": (["bot.consoleserver"], {"CONFIANZA_DATABASE_URL": f"postgres://ana:{SECRET}/x@127.0.0.1:1/x"}),
    "console, a password that looks like a port": (["bot.consoleserver"], {"CONFIANZA_DATABASE_URL": f"postgres://{SECRET}:{SECRET}"}),
    "console, an unknown kind of database": (["bot.consoleserver"], {"CONFIANZA_DATABASE_URL": f"{SECRET}://x"}),
    "service, a slash in Redis's password": (["bot.cli", "run"], {"CONFIANZA_REDIS_URL": f"redis://:{SECRET}/x@127.0.0.1:1/0"}),
    "service, an unknown kind of store": (["bot.cli", "run"], {"CONFIANZA_REDIS_URL": f"{SECRET}://127.0.0.1:1/0"}),
    "service, a token for a port": (["bot.cli", "run"], {"CONFIANZA_PUBLIC_PORT": "http", "CONFIANZA_TWILIO_AUTH_TOKEN": SECRET}),
    "actions, a slash in Redis's password": (["bot.actionserver"], {"CONFIANZA_REDIS_URL": f"redis://:{SECRET}/x@127.0.0.1:1/0",
                                                                    "CONFIANZA_ACTIONS_PORT": "x"}),
    "door, a slash in Redis's password": (DOOR, {"CONFIANZA_REDIS_URL": f"redis://:{SECRET}/x@127.0.0.1:1/0"}),
}


@pytest.mark.parametrize("case", CASES)
def test_no_secret_in_what_a_wrong_setting_says(case: str, root: Path, tmp_path: Path) -> None:
    """The process ends or goes on without it, and neither a line nor a traceback shows the secret."""
    words, settings = CASES[case]
    ours = {"CONFIANZA_STATE_DIR": str(tmp_path), "CONFIANZA_SECRET_KEY": SECRET, "PYTHONWARNINGS": "ignore"}
    environment = {**os.environ, **ours, **settings}
    process = subprocess.Popen(words if words is DOOR else PYTHON + words, cwd=root, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    try:
        told, _ = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.terminate()
        told, _ = process.communicate(timeout=20)
    assert SECRET.encode() not in told, told[-2000:].decode(errors="replace")
    assert process.returncode != 0
    assert [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []
