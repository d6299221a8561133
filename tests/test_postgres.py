"""The console on a real PostgreSQL: its tables are made there, and what SQLite forgives is no error there either."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.servers import need_postgres, postgres_server

DATABASE = "CONFIANZA_TEST_DATABASE_URL"  # what tests/doors/console/conftest.py reads
WITHIN_SECONDS = 900
# Accounts with lock-out, sessions and second factors; the log; the inbox; what a database must bear.
SHARE = ("test_accounts.py", "test_audit.py", "test_questions.py", "test_database.py")
pytestmark = need_postgres


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres_server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


def run(root: Path, address: str, state: Path, *command: str) -> subprocess.CompletedProcess[str]:
    # Tests of the doors, before this one in the same process, leave the name of their own settings behind.
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = {**inherited, "CONFIANZA_DATABASE_URL": address, DATABASE: address, "CONFIANZA_STATE_DIR": str(state)}
    return subprocess.run([sys.executable, *command], cwd=root, env=env, capture_output=True, text=True, check=False,
                          timeout=WITHIN_SECONDS)


def test_tables_are_made_and_the_first_account(root: Path, address: str, tmp_path: Path) -> None:
    """`confianza console migrate` and `createuser` work there, twice; no database file is made beside it."""
    for _ in range(2):
        done = run(root, address, tmp_path, "-m", "bot.cli", "console", "migrate")
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    script = "import sys; sys.argv = ['confianza', 'console', 'createuser', 'ana', '--name', 'Ana Silva', '--role', 'administrator', " \
             "'--password-from-stdin']; sys.stdin = __import__('io').StringIO('seven green bicycles'); from bot.cli import app; app()"
    assert run(root, address, tmp_path, "-c", script).returncode == 0
    with psycopg.connect(address) as connection:
        assert connection.execute("select username from auth_user").fetchall() == [("ana",)]
        tables = {name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")}
    assert {"console_cache", "console_entry", "console_question", "django_session", "mfa_authenticator"} <= tables
    assert not list(tmp_path.glob("*.sqlite3*"))


def test_the_console_s_tests_hold_on_postgresql(root: Path, address: str, tmp_path: Path) -> None:
    """The same tests as on SQLite."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create database tested")
    tested = address.rpartition("/")[0] + "/tested"
    done = run(root, tested, tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", *[f"tests/doors/console/{name}" for name in SHARE])
    assert done.returncode == 0, done.stdout[-4000:]
    assert "passed" in done.stdout and "skipped" not in done.stdout


def test_a_database_that_is_away_is_one_line(root: Path, tmp_path: Path) -> None:
    """The console does not start without its database and says which setting to look at; no password is repeated."""
    away = "postgres://confianza:hunter2@127.0.0.1:9/none"
    done = run(root, away, tmp_path, "-m", "bot.cli", "console", "migrate")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "CONFIANZA_DATABASE_URL" in done.stderr and "hunter2" not in done.stderr
