"""`confianza console createuser | reset | migrate`: the first administrator, and the way back in when nobody is left."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.doors.console.database import prepare
from bot.terminal import plainly

console_app = typer.Typer(no_args_is_help=True, help="The advocates' console: its accounts and its database.")
FromStdin = Annotated[bool, typer.Option("--password-from-stdin", help="Read the password from standard input.")]


@console_app.command()
@plainly
def createuser(
    username: Annotated[str, typer.Argument(help="The account's name, for example maria.lopez.")],
    name: Annotated[str, typer.Option(help="The name that the history shows.")],
    role: Annotated[list[str], typer.Option(help="editor, approver, steward, administrator, translator-es ...; more than one is fine.")],
    password_from_stdin: FromStdin = False,
) -> None:
    """Make an account. The person sets up a second factor at the first login."""
    prepare()
    from bot.doors.console import accounts, audit  # noqa: PLC0415  (Django must be ready before its modules are imported)

    accounts.create(username, name, _password(password_from_stdin), role, issued=False)
    audit.write(None, "person-added", username, f"{', '.join(role)}; command line")
    print(f"{username} can log in now.")


@console_app.command()
@plainly
def reset(
    username: Annotated[str, typer.Argument(help="The account's name.")],
    password_from_stdin: FromStdin = False,
) -> None:
    """Give somebody a new password and take their second factors away: for an administrator who lost theirs."""
    prepare()
    from bot.doors.console import accounts, audit  # noqa: PLC0415  (as above)

    user = accounts.find(username)
    accounts.set_password(user, _password(password_from_stdin), issued=True)
    accounts.forget_factors(user)
    audit.write(None, "second-factor-reset", user.username, "command line")
    print(f"{user.username} logs in with this password, changes it and sets up a new second factor.")


@console_app.command()
@plainly
def migrate() -> None:
    """Make the database, or bring it up to date. The console does so itself at every start."""
    prepare()
    print("The console's database is up to date.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
