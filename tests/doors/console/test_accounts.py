"""Logging in: password and second factor, lock-out, the end of a session, cookies, forms, headers, languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticatorData

from bot.doors.console import accounts, middleware
from bot.doors.console.models import Entry, IssuedPassword
from bot.doors.console.passkeys import VerifiedLogin
from tests.doors.console.conftest import PASSWORD, Console


def log_in(client: Client, username: str, password: str = PASSWORD, **headers: str) -> Any:
    return client.post("/login/", {"login": username, "password": password}, headers=headers)


def location(response: Any) -> str:
    return response.headers.get("Location", "")


def log() -> list[tuple[str, str]]:
    return [(entry.who, entry.what) for entry in Entry.objects.order_by("id")]


def test_login_needs_password_and_code(console: Console) -> None:
    """The password alone opens nothing; with the app's code the first page opens."""
    user, client = console.person("editor"), console.anonymous
    assert location(log_in(client, user.username)) == reverse("mfa_authenticate")
    assert location(client.get("/")).startswith("/login/")
    assert location(client.post(reverse("mfa_authenticate"), {"code": console.code()})) == "/"
    assert client.get("/").status_code == 200
    assert log()[-1] == (user.username, "login")


@pytest.mark.parametrize(("digits", "status"), [
    pytest.param("٠١٢٣٤٥٦٧٨٩", 302, id="an Arabic keyboard"), pytest.param("０１２３４５６７８９", 302, id="wide digits"),
    pytest.param("éééééééééé", 200, id="no digits"),
])
def test_codes_are_read_as_people_type_them(console: Console, digits: str, status: int) -> None:
    """Digits of every script count; what is no code is a wrong code and no error of ours."""
    user, client = console.person("editor"), console.anonymous
    log_in(client, user.username)
    typed = "".join(digits[int(digit)] for digit in console.code())
    assert client.post(reverse("mfa_authenticate"), {"code": typed}).status_code == status


def test_a_code_works_once(console: Console) -> None:
    """Who looked over a shoulder cannot use the same code again."""
    user, code = console.person(), console.code()
    answers = []
    for client in (console.anonymous, console.anonymous):
        log_in(client, user.username)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200] and log()[-1] == (user.username, "second-factor-failed")


def test_a_recovery_code_replaces_the_app_once(console: Console) -> None:
    """Without the phone a recovery code logs in; the same one never again."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = console.person()
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    answers = []
    for client in (console.anonymous, console.anonymous):
        log_in(client, user.username)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_the_name_is_locked_after_five_failures(console: Console) -> None:
    """From the sixth try on even the right password is refused, for five minutes; the log says so."""
    user, client = console.person(), console.anonymous
    for _ in range(5):
        assert "not correct" in log_in(client, user.username, "wrong").content.decode()
    assert "Too many failed" in log_in(client, user.username).content.decode()
    assert log() == [(user.username, "login-failed")] * 5 + [(user.username, "login-locked")]


@pytest.mark.parametrize("way", [
    pytest.param({"Host": "127.0.0.1"}, id="by another name of this host"),
    pytest.param({"X-Forwarded-For": "203.0.113.9"}, id="with a made-up address"),
])
def test_no_header_opens_a_locked_name(console: Console, way: dict[str, str]) -> None:
    """The count belongs to the name, whatever the request claims to be."""
    user, client = console.person(), console.anonymous
    for _ in range(5):
        log_in(client, user.username.upper(), "wrong", Host="localhost")
    assert "Too many failed" in log_in(client, user.username, **way).content.decode()


def test_one_address_cannot_try_many_names(console: Console) -> None:
    """Twenty failures a minute from one address are the end, whatever the names and whatever X-Forwarded-For says."""
    client = console.anonymous
    pages = [log_in(client, f"name{n}", "wrong", **{"X-Forwarded-For": f"203.0.113.{n}"}).content.decode() for n in range(21)]
    assert "Too many failed" not in pages[19] and "Too many failed" in pages[20]


def test_the_lock_opens_after_five_minutes(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is locked out for good."""
    user, client = console.person(), console.anonymous
    for _ in range(5):
        log_in(client, user.username, "wrong")
    later = ratelimit.time.time() + 301
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)
    assert location(log_in(client, user.username)) == reverse("mfa_authenticate")


def test_the_count_is_in_the_database() -> None:
    """A restart of the console forgets no failed login."""
    assert type(cache._connections["default"]).__name__ == "DatabaseCache"


def test_codes_are_counted_too(console: Console) -> None:
    """With a stolen password nobody can try all codes."""
    user, client = console.person(), console.anonymous
    log_in(client, user.username)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Too many failed" in client.post(reverse("mfa_authenticate"), {"code": console.code()}).content.decode()


def test_an_unknown_name_is_answered_and_logged_without_the_name(console: Console) -> None:
    """It may be a password in the wrong field: the log does not keep it, and the page does not tell names apart."""
    unknown = log_in(console.anonymous, "hunter2-hunter2", "wrong").content.decode()
    known = log_in(console.anonymous, console.person().username, "wrong").content.decode()
    assert "not correct" in unknown and "not correct" in known
    assert log()[0] == ("", "login-failed")
    assert "hunter2" not in json.dumps(list(Entry.objects.values()), default=str)


@pytest.mark.parametrize("path", ["/", "/people/", "/audit/", "/account/recovery/", "/account/keys/"])
def test_without_a_second_factor_only_its_setup_opens(console: Console, path: str) -> None:
    """An administrator without one gets no further either."""
    client = console.as_("administrator", factor=False)
    assert location(client.get(path)) == reverse("mfa_index")
    assert location(client.post(path)) == reverse("mfa_index")


@pytest.mark.parametrize("name", sorted(middleware.WITHOUT_FACTOR - {"set_language"}))
def test_the_setup_itself_opens(console: Console, name: str) -> None:
    """Else nobody could ever begin."""
    client = console.anonymous
    log_in(client, console.person(factor=False).username)
    assert client.get(reverse(name)).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(console: Console) -> None:
    """They stand in for a lost phone; they do not replace having one."""
    client = console.as_(factor=False)
    Authenticator.objects.create(user=client.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert location(client.get("/")) == reverse("mfa_index")


def test_setting_up_an_app(console: Console) -> None:
    """The page shows the code as a drawing in the page and as letters; the app's digits switch it on; recovery codes follow."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client = console.anonymous
    log_in(client, console.person("editor", factor=False).username)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page and "style=" not in page and "data:image" not in page
    secret = re.search(r"<code>(\w+)</code>", page).group(1)
    assert "Incorrect code" in client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert location(client.post(reverse("mfa_activate_totp"), {"code": code})) == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_view_recovery_codes")).content.decode().count("<li><code>") == 10
    assert client.get("/").status_code == 200


def test_an_issued_password_is_changed_first(console: Console) -> None:
    """Until then no page opens, not even the second factor's; and the new one is not the old one."""
    user = console.person("editor", factor=False)
    accounts.set_password(user, "issued-by-an-admin", issued=True)
    client, change = console.anonymous, reverse("account_change_password")
    log_in(client, user.username, "issued-by-an-admin")
    assert location(client.get("/")) == location(client.get(reverse("mfa_index"))) == change
    form = {"oldpassword": "issued-by-an-admin", "password1": "issued-by-an-admin", "password2": "issued-by-an-admin"}
    assert "must be different" in client.post(change, form).content.decode()
    assert location(client.post(change, {**form, "password1": PASSWORD, "password2": PASSWORD})) == "/"
    assert not IssuedPassword.objects.exists() and location(client.get("/")) == reverse("mfa_index")


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012345", "maria.lopez1"])
def test_weak_passwords_are_refused(console: Console, weak: str) -> None:
    """Twelve characters, not common, not digits only, not the account's name."""
    client, change = console.as_(username="maria.lopez"), reverse("account_change_password")
    response = client.post(change, {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert response.status_code == 200 and 'class="error"' in response.content.decode()


def test_passwords_are_argon2() -> None:
    """The tests put a quick one first; in service Argon2 is."""
    assert settings.PASSWORD_HASHERS[1].endswith("Argon2PasswordHasher")


def test_a_session_ends_after_half_an_hour_of_nothing(console: Console) -> None:
    """Every request renews it; without one it is over, in the database and not only in the browser."""
    client = console.as_()
    assert client.session.get_expiry_age() == 30 * 60
    before = Session.objects.get(pk=client.session.session_key).expire_date
    client.get("/")
    assert Session.objects.get(pk=client.session.session_key).expire_date > before
    Session.objects.filter(pk=client.session.session_key).update(expire_date="2020-01-01T00:00:00Z")
    assert location(client.get("/")).startswith("/login/")


@pytest.mark.parametrize(("hours", "opens"), [(11.9, True), (12.1, False)])
def test_a_session_ends_after_twelve_hours(console: Console, monkeypatch: pytest.MonkeyPatch, hours: float, opens: bool) -> None:
    """However busy it was."""
    client = console.as_()
    later = client.session["since"] + hours * 3600
    monkeypatch.setattr(middleware.time, "time", lambda: later)
    assert (client.get("/").status_code == 200) is opens
    monkeypatch.undo()
    assert (client.get("/").status_code == 200) is opens


def test_a_session_without_its_beginning_is_none(console: Console) -> None:
    """A session from elsewhere does not live for ever."""
    client = console.as_()
    session = client.session
    del session["since"]
    session.save()
    assert location(client.get("/")) == "/login/"


def test_logging_out_ends_the_session(console: Console) -> None:
    """On the server too; a plain link cannot log anybody out."""
    client = console.as_()
    key = client.session.session_key
    assert client.get(reverse("account_logout")).status_code == 200 and client.get("/").status_code == 200
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(pk=key).exists() and log()[-1] == (client.user.username, "logout")


def test_a_new_password_ends_other_sessions(console: Console) -> None:
    """Who was in with the old one is out."""
    client, change = console.as_(), reverse("account_change_password")
    other = console.anonymous
    other.force_login(client.user)
    client.post(change, {"oldpassword": PASSWORD, "password1": "another long phrase", "password2": "another long phrase"})
    assert client.get("/").status_code == 200 and location(other.get("/")).startswith("/login/")


def test_the_login_gives_a_new_session(console: Console) -> None:
    """A session's key from before the login is worth nothing after it."""
    user, client = console.person(), console.anonymous
    log_in(client, user.username)
    before = client.cookies["confianza_console"].value
    client.post(reverse("mfa_authenticate"), {"code": console.code()})
    assert client.cookies["confianza_console"].value != before


def test_cookies(console: Console) -> None:
    """Only our own names; unreadable for scripts, not sent from other sites, gone with the browser."""
    user, client = console.person(), console.anonymous
    client.get("/login/")
    log_in(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": console.code()})
    assert set(client.cookies) == {"confianza_console", "confianza_console_csrf"}
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in client.cookies.values())
    assert client.cookies["confianza_console"]["max-age"] == ""


@pytest.mark.parametrize("path", ["/login/", "/logout/", "/language/", "/people/add/", "/account/password/"])
def test_a_form_without_our_token_is_refused(console: Console, path: str) -> None:
    """In the frame, with what to do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(console.person("administrator"))
    response = client.post(path, {"language": "es"})
    assert response.status_code == 403 and "load the page again" in response.content.decode()


def test_forms_may_be_sent_by_browsers() -> None:
    """With "no-referrer" browsers send Origin: null with forms, and Django refuses those."""
    assert settings.SECURE_REFERRER_POLICY == "same-origin"


def test_headers(console: Console) -> None:
    """No page is cached, framed, or may load or run anything from elsewhere or from within the page."""
    headers = console.as_().get("/").headers
    assert headers["Cache-Control"] == "no-store" and headers["X-Frame-Options"] == "DENY"
    assert "unsafe" not in headers["Content-Security-Policy"] and "script-src 'self'" in headers["Content-Security-Policy"]
    assert "no-store" not in console.anonymous.get("/static/console/console.css").headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", [
    "/", "/login/", "/logout/", "/people/", "/people/add/", "/audit/", "/account/", "/account/password/", "/account/app/add/",
    "/account/app/remove/", "/account/keys/", "/account/keys/add/", "/account/confirm/", "/account/code/confirm/",
    "/account/recovery/new/", "/inactive/", "/nothing/",
])
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_stand_in_the_frame(console: Console, path: str, language: str) -> None:
    """Each has one h1, its language, the skip link's aim; no inline style, no inline script but data, nothing from elsewhere."""
    client = console.anonymous if path in ("/login/", "/inactive/") else console.as_("administrator", factor="app/add" not in path)
    if client.session.get("since"):
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": session["since"]}]
        session.save()
    response = client.get(path, headers={"Accept-Language": language})
    page = response.content.decode()
    assert response.status_code == (404 if path == "/nothing/" else 200)
    assert page.count("<h1") == 1 and f'<html lang="{language}">' in page and 'id="main"' in page
    assert not re.search(r"\sstyle=|<style|\son\w+=|https?://(?!www\.w3\.org)", page)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))
    for label in re.findall(r'<label[^>]*for="([^"]+)"', page):
        assert page.count(f'id="{label}"') == 1, label


def test_errors_stand_beside_their_fields(console: Console) -> None:
    """A reader hears the error with the field: aria-invalid, and aria-describedby names the list."""
    client = console.as_("administrator")
    page = client.post(reverse("person_add"), {"username": "Ana!", "name": "Ana"}).content.decode()
    assert 'id="id_username_error"' in page
    field = re.search(r"<input[^>]*id=\"id_username\"[^>]*>", page).group()
    assert 'aria-invalid="true"' in field and "id_username_error" in field and "id_username_helptext" in field


def test_the_language_switch(console: Console) -> None:
    """One press speaks Spanish on the same page, Django's and allauth's own sentences too; it leads to no other site."""
    client = console.anonymous
    assert location(client.post("/language/", {"language": "es", "next": "/login/?next=/people/"})) == "/login/?next=/people/"
    cookie = client.cookies["confianza_console_language"]
    assert cookie.value == "es" and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "no son correctos" in log_in(client, "nobody", "wrong").content.decode()
    assert "elsewhere" not in location(client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"}))


def test_login_leads_nowhere_else(console: Console) -> None:
    """A link to our login cannot send people to another site afterwards."""
    user, client = console.person(), console.anonymous
    client.post("/login/?next=https://elsewhere.example/", {"login": user.username, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert location(client.post(reverse("mfa_authenticate"), {"code": console.code()})) == "/"


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/email/", "/password/reset/", "/account/signup/"])
def test_there_is_no_sign_up_and_no_mail(console: Console, path: str) -> None:
    """Accounts are made by administrators."""
    assert console.anonymous.get(path).status_code == 404


def test_an_account_switched_off_is_out_at_once(console: Console) -> None:
    """Its session ends, and its password opens nothing."""
    client = console.as_("administrator")
    get_user_model().objects.filter(pk=client.user.pk).update(is_active=False)
    assert location(client.get("/")).startswith("/login/")
    assert location(log_in(console.anonymous, client.user.username)) == reverse("account_inactive")


def test_an_exception_shows_and_logs_nothing(console: Console, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """The page says one sentence; the log has class and place, never the text."""
    client = console.as_("administrator")
    monkeypatch.setattr(accounts, "languages", lambda: 1 // len(""))
    response = client.get(reverse("person_add"))
    assert response.status_code == 500 and "ZeroDivision" not in response.content.decode()
    assert "Confianza" in response.content.decode()


def test_what_is_too_large_is_refused_unread(console: Console) -> None:
    """Nothing of it is kept anywhere."""
    response = console.as_().post("/", b"x", content_type="text/plain", headers={"Content-Length": str(settings.UPLOAD_BYTES + 1)})
    assert response.status_code == 413
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_a_strange_host_is_refused(console: Console) -> None:
    """A page elsewhere that points its name at this machine gets nothing."""
    assert console.anonymous.get("/login/", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(("flags", "passes"), [
    pytest.param(AuthenticatorData.FLAG.UP, False, id="touched"),
    pytest.param(AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV, True, id="finger, face or PIN"),
])
def test_a_touched_key_alone_does_not_log_in(monkeypatch: pytest.MonkeyPatch, flags: Any, passes: bool) -> None:
    """Login without a password needs a device that asked who holds it: else a found key would open the console."""
    monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda form: "checked further")
    data = {"clientDataJSON": websafe_encode(b'{"type": "webauthn.get", "challenge": "", "origin": "http://localhost"}'),
            "authenticatorData": websafe_encode(AuthenticatorData.create(b"0" * 32, flags, 1)), "signature": websafe_encode(b"x")}
    credential = {"id": websafe_encode(b"x"), "rawId": websafe_encode(b"x"), "type": "public-key", "response": data}
    form = VerifiedLogin(data={"credential": json.dumps(credential)})
    assert form.is_valid() is passes


def test_a_broken_credential_is_refused(console: Console) -> None:
    """What no browser sends ends at the login, not in an exception."""
    for credential in ("{}", "[]", "null", '{"response": 1}', "no json"):
        response = console.anonymous.post(reverse("mfa_login_webauthn"), {"credential": credential})
        assert location(response) == "/login/", credential


def test_https_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind TLS the cookies are secure, the address is trusted, and keys need the real origin."""
    import importlib

    from bot import settings as ours
    from bot.doors.settings import base, console

    real = ours.read_settings()
    far = replace(real, console=replace(real.console, url="https://console.example.org"))
    with monkeypatch.context() as patched:
        patched.setattr(base, "CONFIANZA", far)
        module = importlib.reload(console)
        assert module.SESSION_COOKIE_SECURE and module.CSRF_COOKIE_SECURE and not module.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN
        assert module.CSRF_TRUSTED_ORIGINS == ["https://console.example.org"] and "console.example.org" in module.ALLOWED_HOSTS
    importlib.reload(console)
