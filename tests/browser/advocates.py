"""The real console for browsers: its own process over a copy of the content, accounts, and people who log in with a second factor."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from playwright.sync_api import Page

from tests.checkouts import whole
from tests.running import free_port

PASSWORD = "seven green bicycles"
READY_WITHIN_SECONDS = 60
DIGITS, PERIOD_SECONDS = 6, 30
# A code is good for its half minute only: none is begun that would end while it is typed.
TYPING_SECONDS = 6
TODAY = "2026-11-22"


@dataclass
class Phone:
    """An authenticator app: the secret that the page showed, and the last period whose code was typed. A code works once."""

    secret: str
    last: int = 0

    def code(self) -> str:
        """Returns a code that was not used yet: the one of now or, where that was used, the next one as soon as its time comes."""
        self.last = max(self.last + 1, int(time.time()) // PERIOD_SECONDS)
        if self.last == time.time() // PERIOD_SECONDS and PERIOD_SECONDS - time.time() % PERIOD_SECONDS < TYPING_SECONDS:
            self.last += 1
        while self.last > time.time() // PERIOD_SECONDS:
            time.sleep(0.2)
        digest = hmac.new(base64.b32decode(self.secret), struct.pack(">Q", self.last), hashlib.sha1).digest()
        (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
        return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


@dataclass
class Desk:
    """A running console: its address, the git checkout it works on, its state folder, and the phones of who has logged in."""

    url: str
    checkout: Path
    state: Path
    phones: dict[str, Phone] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Returns the environment of the console's processes; no setting of this machine's own console gets in."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("CONFIANZA_", "DJANGO_"))}
        return {**own, "CONFIANZA_ROOT": str(self.checkout), "CONFIANZA_STATE_DIR": str(self.state), "CONFIANZA_TODAY": TODAY,
                "CONFIANZA_CONSOLE_PORT": self.url.rpartition(":")[2], "PYTHONWARNINGS": "ignore"}


@contextmanager
def console_running(root: Path, folder: Path, **settings: str) -> Iterator[Desk]:
    """Starts the console alone over a fresh checkout of root's content, and waits until its login answers.

    settings: further environment variables, for example CONFIANZA_INBOX="on".
    """
    desk = Desk(f"http://127.0.0.1:{free_port()}", whole(folder / "checkout", root), folder / "state")
    log = folder / "console.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "bot.consoleserver"]
        process = subprocess.Popen(command, cwd=root, env={**desk.environment, **settings}, stdout=out, stderr=out, start_new_session=True)
        try:
            wait_until_open(desk, process, log)
            yield desk
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def wait_until_open(desk: Desk, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits for the login page; raises AssertionError with the end of the log where it does not come."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{desk.url}/login/", timeout=5).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise AssertionError(f"the console did not open:\n{log.read_text(errors='replace')[-3000:]}")


def account(desk: Desk, username: str, *roles: str, name: str = "") -> None:
    """Makes an account by the command line; its password is PASSWORD. Without a name the history shows "Maria Lopez" for maria.lopez."""
    shown = name or username.replace(".", " ").title()
    command = [sys.executable, "-m", "bot.cli", "console", "createuser", username, "--name", shown, "--password-from-stdin"]
    for role in roles:
        command += ["--role", role]
    done = subprocess.run(command, env=desk.environment, input=f"{PASSWORD}\n", capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def log_in(page: Page, desk: Desk, username: str) -> None:
    """Logs somebody in, up to the first page. The first time they set up the app, and the desk remembers its secret."""
    type_password(page, desk, username)
    if username not in desk.phones:
        add_app(page, desk, username)
    type_code(page, desk, username)
    page.goto(f"{desk.url}/")
    page.wait_for_selector("header form[action='/logout/']")


def type_password(page: Page, desk: Desk, username: str) -> None:
    """Fills the login; what comes then is the question for a code or, the first time, the account's own page."""
    page.goto(f"{desk.url}/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/login/'] button")
    page.wait_for_url("**/account/code/" if username in desk.phones else "**/account/")


def add_app(page: Page, desk: Desk, username: str) -> None:
    """Opens the page that shows the app's secret, and remembers it; the code is still to be typed."""
    page.click("a[href='/account/app/add/']")
    desk.phones[username] = Phone(page.locator("main code").inner_text())


def type_code(page: Page, desk: Desk, username: str) -> None:
    """Types the six digits that the person's phone shows now, and sends them."""
    before = page.url
    page.fill("[name=code]", desk.phones[username].code())
    page.click("form:has([name=code]) button")
    page.wait_for_url(lambda url: url != before)
