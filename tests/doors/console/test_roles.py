"""Who may open what: every address of the console, with every role alone, with none, and with nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, get_resolver, reverse

from bot.doors.console import navigation, roles
from bot.history.repository import Person
from tests.doors.console.conftest import Console

# Addresses that are no views of ours: logging in and out, one's own account, the language. allauth and Django guard them.
OPEN = {
    "account_login", "account_logout", "account_inactive", "set_language", "mfa_authenticate", "mfa_login_webauthn",
    "mfa_index", "account_reauthenticate", "account_change_password", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn", "mfa_edit_webauthn",
}
# Open to who is not logged in.
FOR_ANYBODY = {"account_login", "account_logout", "account_inactive", "set_language", "mfa_authenticate", "mfa_login_webauthn"}
# What stands for an argument of an address: by its name, else by its converter.
ARGUMENTS: dict[str, Any] = {"username": "nobody.such", "language": "es", "code": "es"}
BY_CONVERTER: dict[str, Any] = {"IntConverter": 1, "StringConverter": "x", "SlugConverter": "x", "PathConverter": "x",
                                "UUIDConverter": "0" * 32}
ALONE = [*roles.ROLES, "translator-es", "translator-ar", None]


def patterns() -> list[URLPattern]:
    return list(get_resolver("bot.doors.console.urls").url_patterns)


def address(pattern: URLPattern) -> str:
    converters = pattern.pattern.converters
    return reverse(pattern.name, kwargs={name: ARGUMENTS.get(name, BY_CONVERTER[type(c).__name__]) for name, c in converters.items()})


OURS = [pattern for pattern in patterns() if pattern.name not in OPEN]


def test_the_table_is_flat_and_named() -> None:
    """The walk below sees every address: none is included from elsewhere, each has a name of its own."""
    names = [pattern.name for pattern in patterns()]
    assert all(isinstance(pattern, URLPattern) for pattern in patterns()) and None not in names and len(set(names)) == len(names)


def test_every_view_of_ours_says_its_roles() -> None:
    """A view without @needs would be open to everyone."""
    assert [pattern.name for pattern in OURS if not getattr(pattern.callback, "roles", None)] == []


def test_the_open_table_names_only_what_exists() -> None:
    """An entry for an address that is gone would hide a later one of the same name; none of our own views hides there."""
    by_name = {pattern.name: pattern.callback for pattern in patterns()}
    assert by_name.keys() >= OPEN
    assert [name for name in OPEN if by_name[name].__module__.startswith("bot.")] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ALONE, ids=str)
def test_a_role_alone_opens_what_names_it_and_nothing_else(console: Console, role: str | None, method: str) -> None:
    """403 exactly where the view's roles do not hold this one; other refusals (404, 405, 400) are the view's own business."""
    held = {role, roles.EVERYONE} | ({roles.TRANSLATOR} if role and role.startswith("translator-") else set())
    held_here = held - ({roles.TRANSLATOR} if role != roles.translator(ARGUMENTS["language"]) else set())  # views of one language
    client, wrong = console.as_(*([role] if role else [])), []
    for pattern in OURS:
        status = getattr(client, method)(address(pattern)).status_code
        of_one = getattr(pattern.callback, "of_language", False)
        if (status != 403) != bool((held_here if of_one else held) & pattern.callback.roles):
            wrong.append((pattern.name, status))
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_no_further_than_the_login(console: Console, method: str) -> None:
    """Who is not logged in is sent to the login by every address but those that make one."""
    for pattern in patterns():
        if pattern.name not in FOR_ANYBODY:
            response = getattr(console.anonymous, method)(address(pattern))
            assert response.status_code == 302 and response.headers["Location"].startswith("/login/"), pattern.name


def test_403_says_what_to_do(console: Console) -> None:
    """The page names the way out, in the frame."""
    response = console.as_("editor").get(reverse("people"))
    assert response.status_code == 403 and "An administrator can give it to you" in response.content.decode()


@pytest.mark.parametrize(("held", "asked", "expected"), [
    pytest.param(["editor"], ["editor", "approver"], True, id="one of two"),
    pytest.param(["editor"], ["approver"], False, id="another"),
    pytest.param(["administrator"], ["editor"], False, id="an administrator is no editor"),
    pytest.param([], ["everyone"], True, id="whoever is logged in"),
    pytest.param(["translator-ht"], ["translator"], True, id="any language"),
    pytest.param(["translator-ht"], ["translator-es"], False, id="another language"),
    pytest.param(["translator-ht"], ["translator-ht"], True, id="this language"),
])
def test_may(console: Console, held: list[str], asked: list[str], expected: bool) -> None:
    """One of the roles is enough; no role brings another."""
    assert roles.may(console.person(*held), *asked) is expected


def test_nobody_and_the_switched_off_may_nothing(console: Console) -> None:
    """Neither has a role."""
    off = console.person("editor", active=False)
    assert not roles.may(off, "editor") and not roles.may(AnonymousUser(), "everyone", "editor")


def test_languages_of_a_translator(console: Console) -> None:
    """Only the languages given."""
    assert roles.languages_of(console.person("translator-es", "translator-ht", "editor")) == {"es", "ht"}


def test_a_person_for_the_history(console: Console) -> None:
    """Name and account name, never a mail address."""
    assert roles.person(console.person(username="leyla.k", name="ليلى")) == Person(name="ليلى", username="leyla.k")


@pytest.mark.parametrize("wrong", [(), ("editr",), ("editor", "translator-es")], ids=str)
def test_needs_refuses_what_is_no_role(wrong: tuple[str, ...]) -> None:
    """A misspelt role is found when the module is imported; a view for one language asks languages_of itself."""
    with pytest.raises(ValueError, match="needs"):
        roles.needs(*wrong)


@pytest.mark.parametrize("role", ALONE, ids=str)
def test_the_navigation_shows_what_opens(console: Console, role: str | None) -> None:
    """Each link in the navigation opens for who sees it."""
    client = console.as_(*([role] if role else []))
    page = client.get("/").content.decode()
    links = re.findall(r'<li><a href="([^"]+)"', page.split("<main")[0])
    assert links and all(client.get(link).status_code == 200 for link in links)


def test_the_rows_ask_what_their_views_ask() -> None:
    """A row's roles are its view's roles, so that no link is missing and none leads to a 403."""
    by_name = {pattern.name: pattern.callback for pattern in patterns()}
    assert [row.url for row in navigation.ROWS if frozenset(row.roles) != by_name[row.url].roles] == []
