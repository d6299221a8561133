"""The console in this process: a database made once, people with any roles, everything undone after each test.

Django takes its settings once a process, and the public door's tests need others: run this folder alone,
`pytest tests/doors/console`. In a run with other tests it is skipped.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.checkouts import whole

HERE = Path(__file__).resolve().parent
# Another database than SQLite for all of this; tests/test_postgres.py sets it.
DATABASE = "CONFIANZA_TEST_DATABASE_URL"
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "seven green bicycles"
_ready: list[bool] = []


def alone(config: pytest.Config) -> bool:
    """True where nothing but tests of this folder was asked for."""
    asked = [Path(config.invocation_params.dir, str(arg).split("::")[0]).resolve() for arg in config.args]
    return all(path.is_relative_to(HERE) for path in asked)


def pytest_pycollect_makemodule(module_path: Path, parent: Any) -> None:
    """Sets Django up before the first of our modules is imported, or skips all of them."""
    if not module_path.is_relative_to(HERE):
        return
    if not alone(parent.config):
        pytest.skip("the console's tests need a process of their own: pytest tests/doors/console", allow_module_level=True)
    if not _ready:
        _prepare()


def _prepare() -> None:
    state = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, state, ignore_errors=True)
    os.environ.update(CONFIANZA_STATE_DIR=state, DJANGO_SETTINGS_MODULE="bot.doors.settings.console")
    for name in ("CONFIANZA_DATABASE_URL", "CONFIANZA_CONSOLE_URL"):
        os.environ.pop(name, None)
    if DATABASE in os.environ:
        os.environ["CONFIANZA_DATABASE_URL"] = os.environ[DATABASE]
    from django.test.utils import setup_test_environment

    from bot.doors.console.database import prepare

    prepare()
    setup_test_environment()
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]  # quick
    _ready.append(True)


@pytest.fixture(scope="session", autouse=True)
def _django() -> None:
    """Stands in for the public door's fixture of this name."""


@dataclass
class Console:
    """The console under test: clients of people with roles.

    `console.anonymous` is nobody; `console.as_("editor", "translator-es")` is somebody new with these roles and a second factor,
    logged in; the client's `user` is who it is.
    """

    numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def anonymous(self) -> Any:
        from django.test import Client

        return Client(raise_request_exception=False)

    def person(self, *roles: str, username: str = "", name: str = "", factor: bool = True, active: bool = True) -> Any:
        """Makes an account; its password is PASSWORD, its second factor's secret SECRET."""
        from allauth.mfa.totp.internal.auth import TOTP

        from bot.doors.console import accounts

        number = next(self.numbers)
        user = accounts.create(username or f"person{number}", name or f"Person {number}", PASSWORD, roles, issued=False)
        if factor:
            TOTP.activate(user, SECRET)
        if not active:
            user.is_active = False
            user.save()
        return user

    def as_(self, *roles: str, **kwargs: Any) -> Any:
        """Returns a logged-in client."""
        client = self.anonymous
        client.user = self.person(*roles, **kwargs)
        client.force_login(client.user)
        return client

    def code(self) -> str:
        """The six digits that the app of every person shows now, and for some seconds more: a code is good for its half minute only."""
        left = 30 - time.time() % 30
        if left < 4:
            time.sleep(left + 0.1)
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

        return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def console() -> Iterator[Console]:
    """The console with an empty database; what the test writes is rolled back."""
    from django.db import transaction
    from django.utils import translation

    with translation.override("en"), transaction.atomic():
        yield Console()
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A git checkout of all our content, made once; tests get copies."""
    return whole(tmp_path_factory.mktemp("original") / "checkout", root)


@pytest.fixture(scope="session", autouse=True)
def _never_our_own(original: Path) -> None:
    """Whatever a test forgets, the console works on a copy: it commits, and would commit here."""
    from django.conf import settings

    settings.CONFIANZA = replace(settings.CONFIANZA, root=original)


@pytest.fixture
def checkout(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content as a git checkout, on which the console works; nothing of ours is touched."""
    from django.conf import settings

    shutil.copytree(original, tmp_path / "checkout")
    changed = replace(settings.CONFIANZA, root=tmp_path / "checkout", state=tmp_path / "state", fixed_day=date(2026, 11, 22))
    monkeypatch.setattr(settings, "CONFIANZA", replace(changed, console=replace(changed.console, documents=tmp_path / "documents")))
    return tmp_path / "checkout"


@pytest.fixture
def content_root(checkout: Path) -> Path:
    """The same, for tests that do not care about git."""
    return checkout
