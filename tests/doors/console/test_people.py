"""The page where administrators keep accounts: adding, roles, what was forgotten or lost, switching off."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.urls import reverse

from bot.doors.console.models import Entry, IssuedPassword
from bot.doors.console.roles import roles_of
from tests.doors.console.conftest import Console


def add(client: Any, **changes: Any) -> Any:
    form = {"username": "nadia.k", "name": "Nadia K.", "roles": ["editor"], "languages": ["ar", "fr"], **changes}
    return client.post(reverse("person_add"), form)


def account(username: str = "nadia.k") -> Any:
    return get_user_model().objects.filter(username=username).first()


def test_a_new_person_gets_a_password_that_is_shown_once(console: Console) -> None:
    """It stands on this page and nowhere else, works, and must be changed."""
    client = console.as_("administrator")
    page = add(client).content.decode()
    password = re.search(r'<code class="large">([a-z0-9-]{19})</code>', page).group(1)
    assert account().check_password(password) and IssuedPassword.objects.filter(user=account()).exists()
    assert roles_of(account()) == {"editor", "translator-ar", "translator-fr"}
    kept = json.dumps([list(Entry.objects.values()), dict(client.session)], default=str)
    assert password not in kept and password not in client.get(reverse("people")).content.decode()
    entry = Entry.objects.get(what="person-added")
    assert (entry.who, entry.about, entry.detail) == (client.user.username, "nadia.k", "editor, translator-ar, translator-fr")


def test_two_passwords_differ(console: Console) -> None:
    """They are made anew for each person."""
    client = console.as_("administrator")
    first, second = add(client), add(client, username="other")
    code = re.compile(rb'<code class="large">([a-z0-9-]{19})</code>')
    assert code.search(first.content).group(1) != code.search(second.content).group(1)


@pytest.mark.parametrize(("changes", "field"), [
    pytest.param({"username": "Nadia"}, "username", id="a capital"),
    pytest.param({"username": "n"}, "username", id="too short"),
    pytest.param({"username": "نادية"}, "username", id="letters that no mail address of git has"),
    pytest.param({"username": "a b"}, "username", id="a space"),
    pytest.param({"username": "a>b"}, "username", id="a sign that would break git's author"),
    pytest.param({"username": "taken.name"}, "username", id="taken"),
    pytest.param({"name": "<Nadia>"}, "name", id="angle brackets in the name"),
    pytest.param({"name": " x "}, "name", id="a name of one letter"),
    pytest.param({"roles": ["god"]}, "roles", id="no such role"),
    pytest.param({"languages": ["en"]}, "languages", id="English is not translated into"),
])
def test_what_is_wrong_is_said_beside_its_field(console: Console, changes: dict[str, Any], field: str) -> None:
    """Nothing is made, and what was typed stays."""
    client = console.as_("administrator")
    console.person(username="taken.name")
    before = get_user_model().objects.count()
    page = add(client, **changes)
    assert page.status_code == 400 and f'id="id_{field}_error"' in page.content.decode()
    assert get_user_model().objects.count() == before


@pytest.mark.parametrize("name", ["Jean-Baptiste", "李小龙", "نادية", "Zoë O’Neil"])
def test_names_of_any_script(console: Console, name: str) -> None:
    """The history shows people as they write themselves."""
    add(console.as_("administrator"), name=f"  {name} ")
    assert account().first_name == name


def test_roles_are_changed_and_logged(console: Console) -> None:
    """The log says what came and what went."""
    client, user = console.as_("administrator"), console.person("editor", "translator-es")
    response = client.post(reverse("person", args=[user.username]), {"name": "New Name", "roles": ["approver"], "languages": ["es", "ht"]})
    user = account(user.username)
    assert response.status_code == 302 and roles_of(user) == {"approver", "translator-es", "translator-ht"}
    assert user.first_name == "New Name"
    assert Entry.objects.get(what="roles-changed").detail == "+approver +translator-ht -editor"


def test_the_page_shows_the_roles_held(console: Console) -> None:
    """Saving without a change changes nothing."""
    client, user = console.as_("administrator"), console.person("steward", "translator-zh")
    page = client.get(reverse("person", args=[user.username])).content.decode()
    ticked = re.findall(r'value="([\w-]+)"[^>]*checked', page)
    assert ticked == ["steward", "zh"]


def test_nobody_takes_their_own_administrator_role(console: Console) -> None:
    """Perhaps nobody would be left; a colleague can."""
    client, other = console.as_("administrator"), console.as_("administrator")
    own = reverse("person", args=[client.user.username])
    refused = client.post(own, {"name": "Me", "roles": ["editor"]})
    assert refused.status_code == 400 and "administrator" in roles_of(account(client.user.username))
    other.post(own, {"name": "Me", "roles": ["editor"]})
    assert roles_of(account(client.user.username)) == {"editor"}


@pytest.mark.parametrize("name", ["person_password", "person_factor", "person_switch"])
def test_ones_own_account_is_not_kept_here(console: Console, name: str) -> None:
    """No administrator locks themselves out by a slip."""
    client = console.as_("administrator")
    client.post(reverse(name, args=[client.user.username]))
    assert client.get("/people/").status_code == 200 and Authenticator.objects.filter(user=client.user).exists()


def test_a_lost_factor_is_reset(console: Console) -> None:
    """Their next page is the setup of a new one."""
    client, lost = console.as_("administrator"), console.as_("editor")
    client.post(reverse("person_factor", args=[lost.user.username]))
    assert lost.get("/").headers["Location"] == reverse("mfa_index")
    assert Entry.objects.get(what="second-factor-reset").about == lost.user.username


def test_a_forgotten_password_is_replaced(console: Console) -> None:
    """The old one and its sessions end."""
    client, lost = console.as_("administrator"), console.as_("editor")
    page = client.post(reverse("person_password", args=[lost.user.username])).content.decode()
    password = re.search(r'<code class="large">([a-z0-9-]{19})</code>', page).group(1)
    assert account(lost.user.username).check_password(password)
    assert lost.get("/").headers["Location"].startswith("/login/")


def test_switching_off_and_on_deletes_nothing(console: Console) -> None:
    """The account, its name and its log lines stay."""
    client, other = console.as_("administrator"), console.as_("editor")
    switch = reverse("person_switch", args=[other.user.username])
    client.post(switch)
    assert other.get("/").headers["Location"].startswith("/login/")
    assert not account(other.user.username).is_active and account(other.user.username).groups.count() == 1
    page = client.get(reverse("person", args=[other.user.username])).content.decode()
    assert re.findall(r'value="([\w-]+)"[^>]*checked', page) == ["editor"]
    client.post(switch)
    assert account(other.user.username).is_active
    assert [e.what for e in Entry.objects.filter(about=other.user.username)] == ["person-on", "person-off"]


@pytest.mark.parametrize("name", ["person_password", "person_factor", "person_switch"])
def test_a_link_changes_nothing(console: Console, name: str) -> None:
    """Only a form does."""
    client, other = console.as_("administrator"), console.person("editor")
    assert client.get(reverse(name, args=[other.username])).status_code == 405
