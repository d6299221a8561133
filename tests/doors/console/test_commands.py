"""`confianza console ...`: the first administrator, and the way back in."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from typer.testing import CliRunner

from bot.consolecommands import console_app
from bot.doors.console.models import Entry, IssuedPassword
from bot.doors.console.roles import roles_of
from tests.doors.console.conftest import PASSWORD, Console

CREATE = ["createuser", "maria.lopez", "--name", "María López", "--role", "administrator", "--role", "translator-es",
          "--password-from-stdin"]


def run(*words: str, text: str = f"{PASSWORD}\n") -> tuple[int, str]:
    result = CliRunner().invoke(console_app, list(words), input=text)
    return result.exit_code, result.output


def test_the_first_administrator(console: Console) -> None:
    """Roles and name as given; they chose the password themselves; the log says that it was the command line."""
    assert run(*CREATE) == (0, "maria.lopez can log in now.\n")
    user = get_user_model().objects.get(username="maria.lopez")
    assert user.check_password(PASSWORD) and user.first_name == "María López" and roles_of(user) == {"administrator", "translator-es"}
    assert not IssuedPassword.objects.exists() and "command line" in Entry.objects.get(what="person-added").detail
    assert not user.is_staff and not user.is_superuser


@pytest.mark.parametrize(("words", "text", "said"), [
    pytest.param(CREATE, "short\n", "12", id="a short password"),
    pytest.param(CREATE, "", "12", id="no password"),
    pytest.param([*CREATE, "--role", "god"], f"{PASSWORD}\n", "god", id="no such role"),
    pytest.param(["createuser", "María", *CREATE[2:]], f"{PASSWORD}\n", "small letters", id="a name that git cannot write"),
    pytest.param(["reset", "nobody", "--password-from-stdin"], f"{PASSWORD}\n", "no account nobody", id="nobody to reset"),
])
def test_refusals(console: Console, words: list[str], text: str, said: str) -> None:
    """One line that says what to do; nothing is made."""
    code, output = run(*words, text=text)
    assert code == 1 and said in output and "Traceback" not in output and get_user_model().objects.count() == 0


def test_the_way_back_in(console: Console) -> None:
    """A new password that must be changed, no second factor: they begin as on the first day."""
    client = console.as_("administrator")
    assert run("reset", client.user.username, "--password-from-stdin", text="a phrase for today\n")[0] == 0
    again = console.anonymous
    again.post("/login/", {"login": client.user.username, "password": "a phrase for today"})
    assert again.get("/").headers["Location"] == "/account/password/"


def test_migrating_twice_changes_nothing(console: Console) -> None:
    """The console does it at every start."""
    assert run("migrate") == run("migrate") == (0, "The console's database is up to date.\n")
