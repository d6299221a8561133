"""Who may do what. Roles are Django's groups; a view says which it needs, and a test walks all addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from bot.history.repository import Person

View = Callable[..., HttpResponseBase]

EDITOR, APPROVER, STEWARD, ADMINISTRATOR = ROLES = ("editor", "approver", "steward", "administrator")
TRANSLATOR = "translator"  # of any language; the groups are translator-es, translator-ar ...
EVERYONE = "everyone"  # whoever is logged in
KNOWN = frozenset({*ROLES, TRANSLATOR, EVERYONE})


def translator(language: str) -> str:
    """Returns the role of a language's translators."""
    return f"{TRANSLATOR}-{language}"


def roles_of(user: Any) -> frozenset[str]:
    """Returns the roles of a user, read once a request; nobody's where nobody is logged in."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    if not hasattr(user, "held_roles"):
        user.held_roles = frozenset(user.groups.values_list("name", flat=True))
    return frozenset(user.held_roles)


def may(user: Any, *roles: str) -> bool:
    """True where the user has one of the roles. An administrator has no other role but those given."""
    held = roles_of(user)
    if EVERYONE in roles and user.is_authenticated:
        return True
    return bool(held & set(roles)) or (TRANSLATOR in roles and bool(languages_of(user)))


def languages_of(user: Any) -> set[str]:
    """Returns the codes of the languages that the user translates."""
    start = f"{TRANSLATOR}-"
    return {role.removeprefix(start) for role in roles_of(user) if role.startswith(start)}


def person(user: Any) -> Person:
    """Returns a user as the history names them."""
    return Person(name=user.first_name or user.username, username=user.username)


def needs(*roles: str) -> Callable[[View], View]:
    """Guards a view: who is not logged in goes to the login, who has none of the roles gets 403. `view.roles` says which."""
    _must_be_known(roles)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard


def _must_be_known(roles: Iterable[str]) -> None:
    """A view without a role, or with a misspelt one, would be open to nobody or to all: that is a mistake of ours."""
    if not roles or set(roles) - KNOWN:
        raise ValueError(f"needs() takes one or more of {sorted(KNOWN)}, not {roles}")
