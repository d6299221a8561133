"""Accounts: made, given roles, given a new password; by the page for administrators and by the command line."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bot.core.errors import EditError
from bot.doors.console.models import IssuedPassword
from bot.doors.console.roles import ROLES, translator
from bot.doors.console.words import say
from bot.records import read_records

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,29}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike


def languages() -> dict[str, str]:
    """Returns the languages that are translated into: {code: name}."""
    rows = read_records(settings.CONFIANZA.root / "data" / "answers" / "languages.yml")
    return {str(row["code"]): str(row["name"]) for row in rows if row["code"] != "en"}


def all_roles() -> list[str]:
    """Returns every role that can be given."""
    return [*ROLES, *(translator(code) for code in languages())]


def one_time_password() -> str:
    """Returns a password that can be read aloud: four groups of four letters, 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def create(username: str, name: str, password: str, roles: Collection[str], issued: bool) -> Any:
    """Makes an account and returns the user; raises EditError.

    issued: somebody else chose the password, so that it must be changed at the first login.
    """
    users = get_user_model().objects
    if not USERNAME.fullmatch(username):
        raise EditError("username", say("username_shape"))
    if users.filter(username__iexact=username).exists():
        raise EditError("username", say("username_taken"))
    user = users.model(username=username, first_name=_name(name))
    set_password(user, password, issued)
    give(user, roles)
    return user


def rename(user: Any, name: str) -> None:
    """Changes the name that the history will show from now on; raises EditError."""
    user.first_name = _name(name)
    user.save(update_fields=["first_name"])


def give(user: Any, roles: Collection[str]) -> None:
    """Gives exactly these roles; raises EditError for one that does not exist."""
    if unknown := sorted(set(roles) - set(all_roles())):
        raise EditError("roles", say("role_unknown", role=unknown[0], known=", ".join(all_roles())))
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in sorted(set(roles))])
    vars(user).pop("held_roles", None)


def set_password(user: Any, password: str, issued: bool) -> None:
    """Sets a password, which ends the person's sessions; raises EditError where it is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise EditError("password", " ".join(error.messages)) from error
    user.set_password(password)
    user.save()
    if issued:
        IssuedPassword.objects.update_or_create(user=user)
    else:
        IssuedPassword.objects.filter(user=user).delete()


def forget_factors(user: Any) -> None:
    """Takes away all second factors; the next login asks for a new one."""
    Authenticator.objects.filter(user=user).delete()


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not 2 <= len(name) <= 80 or set(name) & set("<>"):
        raise EditError("name", say("name_shape"))
    return name


def find(username: str) -> Any:
    """Returns a user by their account name; raises EditError where there is none."""
    user = get_user_model().objects.filter(username__iexact=username).first()
    if user is None:
        raise EditError("username", say("username_unknown", username=username))
    return user
