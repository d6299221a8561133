"""Settings: what is read, what is refused with a remedy, and a secret that never shows itself."""

from __future__ import annotations

import stat
import traceback
from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import Secret, Settings, read_settings

KEY = "a-very-secret-key-0123456789"
PORTS = ["CONFIANZA_PUBLIC_PORT", "CONFIANZA_RASA_PORT", "CONFIANZA_ACTIONS_PORT"]
NO_PORTS = {
    "zero": "0", "too great": "65536", "below zero": "-1", "a word": "http", "empty": "", "a fraction": "80.5", "a blank": " 8000",
    "a name with it": "localhost:8000", "a raised digit": "80²",
}


def settings_of(state: Path, **environ: str) -> Settings:
    return read_settings({"CONFIANZA_STATE_DIR": str(state), **environ})


def test_without_variables_everything_has_a_value(tmp_path: Path) -> None:
    """A clone runs without any variable: usual ports, all on this machine only."""
    settings = settings_of(tmp_path)
    assert (settings.public_port, settings.rasa_port, settings.actions_port) == (8000, 5005, 5055)
    assert (settings.public_host, settings.public_url) == ("127.0.0.1", "http://localhost:8000")
    assert settings.rasa_url == "http://127.0.0.1:5005"


def test_variables_are_read(tmp_path: Path) -> None:
    """Each variable ends up in its setting; the public address loses a slash at its end."""
    settings = settings_of(
        tmp_path, CONFIANZA_PUBLIC_PORT="8100", CONFIANZA_RASA_PORT="5105", CONFIANZA_ACTIONS_PORT="65535",
        CONFIANZA_PUBLIC_HOST="0.0.0.0", CONFIANZA_PUBLIC_URL="https://confianza.example/", CONFIANZA_SECRET_KEY=KEY,
    )
    assert (settings.public_port, settings.rasa_url, settings.actions_port) == (8100, "http://127.0.0.1:5105", 65535)
    assert (settings.public_host, settings.public_url) == ("0.0.0.0", "https://confianza.example")
    assert (settings.secret_key, settings.state) == (KEY, tmp_path)


def test_the_address_follows_the_port(tmp_path: Path) -> None:
    """Where no address is given, it is that of the chosen port."""
    assert settings_of(tmp_path, CONFIANZA_PUBLIC_PORT="8123").public_url == "http://localhost:8123"


@pytest.mark.parametrize("name", PORTS)
@pytest.mark.parametrize("value", NO_PORTS.values(), ids=NO_PORTS)
def test_what_is_no_port_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    """A value that is no port is refused with the variable, the value and what would do."""
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, **{name: value})
    assert all(word in str(caught.value) for word in (name, repr(value), "65535"))


def test_the_secret_never_shows_itself(tmp_path: Path) -> None:
    """The key is in no listing of the settings and in no traceback, yet works as the string it is."""
    settings = settings_of(tmp_path, CONFIANZA_SECRET_KEY=KEY)
    shown = [repr(settings), str(settings), repr(settings.secret_key), f"{settings.secret_key!r}", repr([settings.secret_key])]
    try:
        raise ValueError(settings, [settings.secret_key])
    except ValueError:
        shown.append(traceback.format_exc())
    assert KEY not in "".join(shown)
    assert isinstance(settings.secret_key, Secret) and settings.secret_key == KEY


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    """Settings are read once; no code changes them afterwards."""
    with pytest.raises(AttributeError):
        settings_of(tmp_path).public_port = 1  # type: ignore[misc]


@pytest.mark.parametrize("given", [{}, {"CONFIANZA_SECRET_KEY": ""}], ids=["no key", "an empty key"])
def test_a_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path, given: dict[str, str]) -> None:
    """Without a key one is made, long, the same at the next start, in a file that only its owner may read."""
    state = tmp_path / "new" / "state"
    first, second = settings_of(state, **given), settings_of(state, **given)
    assert first.secret_key == second.secret_key and len(first.secret_key) == 64
    (file,) = state.iterdir()
    assert file.read_text(encoding="ascii") == first.secret_key
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(state.stat().st_mode)) == (0o600, 0o700)


def test_two_machines_have_two_keys(tmp_path: Path) -> None:
    """A key that is made is made at random."""
    assert settings_of(tmp_path / "a").secret_key != settings_of(tmp_path / "b").secret_key


def test_a_given_key_is_written_nowhere(tmp_path: Path) -> None:
    """A key from a variable leaves no file behind."""
    settings_of(tmp_path, CONFIANZA_SECRET_KEY=KEY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inside", ["", "state"], ids=["is a file", "lies under a file"])
def test_a_place_where_no_key_can_be_kept_is_refused_with_a_remedy(tmp_path: Path, inside: str) -> None:
    """Where the state folder cannot be, the message names it and the variable that helps."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"file.*set CONFIANZA_SECRET_KEY"):
        settings_of(tmp_path / "file" / inside)


def test_an_empty_key_file_is_no_key(tmp_path: Path) -> None:
    """A key file that a full disk left empty never makes an empty key."""
    (tmp_path / "secret_key").touch()
    assert settings_of(tmp_path).secret_key


def test_the_phones_settings_are_read(tmp_path: Path) -> None:
    """Limits, numbers, tokens, the operator, the way out and a fixed day."""
    settings = settings_of(
        tmp_path, CONFIANZA_SECRET_KEY=KEY, CONFIANZA_TWILIO_AUTH_TOKEN="t0ken", CONFIANZA_REDIS_URL="redis://:pass@h/0",
        CONFIANZA_SMS_SENDER_HOUR="5", CONFIANZA_SMS_ALL_MINUTE="6", CONFIANZA_SMS_SEGMENTS_DAY="0", CONFIANZA_SMS_SEGMENT_PRICE="0.01",
        CONFIANZA_SMS_NUMBER="+12035550100", CONFIANZA_OPERATOR="St. Mary's", CONFIANZA_EXIT_URL="https://example.org/",
        CONFIANZA_TODAY="2027-03-01",
    )
    phone = settings.phone
    assert (phone.sender_hour, phone.all_minute, phone.segments_day, phone.segment_price) == (5, 6, 0, 0.01)
    assert (settings.operator.sms, settings.operator.whatsapp, settings.operator.name) == ("+12035550100", "", "St. Mary's")
    assert (settings.exit_url, settings.today().isoformat()) == ("https://example.org/", "2027-03-01")
    assert settings.signing_token == "t0ken"
    assert not settings.is_development
    assert "t0ken" not in repr(settings)
    assert "pass" not in repr(settings)


REFUSED = {
    "a number with letters": ("CONFIANZA_SMS_NUMBER", "203-555-0100", "+12035550100"),
    "a number without a plus": ("CONFIANZA_WHATSAPP_NUMBER", "12035550100", "+12035550100"),
    "a limit below zero": ("CONFIANZA_SMS_SENDER_HOUR", "-1", "0 or more"),
    "a limit that is a word": ("CONFIANZA_SMS_SEGMENTS_DAY", "many", "digits only"),
    "a price that is a word": ("CONFIANZA_SMS_SEGMENT_PRICE", "cheap", "0.0083"),
    "a price that is no number": ("CONFIANZA_SMS_SEGMENT_PRICE", "nan", "0.0083"),
    "no Rasa at all": ("CONFIANZA_RASA_PROCESSES", "0", "from 1 to"),
    "too many Rasas": ("CONFIANZA_RASA_PROCESSES", "51", "from 1 to 50"),
    "doors that are a word": ("CONFIANZA_DOOR_PROCESSES", "two", "from 1 to"),
    "a switch that is neither on nor off": ("CONFIANZA_REDIS_MAY_PERSIST", "yes", "on or off"),
    "a day that is none": ("CONFIANZA_TODAY", "2027-02-30", "2026-12-31"),
}


@pytest.mark.parametrize("name, value, remedy", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_refused_with_a_remedy(tmp_path: Path, name: str, value: str, remedy: str) -> None:
    """The message names the variable, the value and what would do."""
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, **{name: value})
    assert all(word in str(caught.value) for word in (name, repr(value), remedy))


def test_without_a_provider_only_this_machine_can_sign(tmp_path: Path) -> None:
    """The simulator's token comes from this machine's key; two machines have two."""
    one, other = settings_of(tmp_path / "a"), settings_of(tmp_path / "b")
    assert one.is_development
    assert one.signing_token != other.signing_token
    assert not settings_of(tmp_path / "a", CONFIANZA_PUBLIC_HOST="0.0.0.0").is_development


def test_several_rasas_have_ports_one_after_the_other(tmp_path: Path) -> None:
    """The doors ask all of them; one process asks the first only."""
    settings = settings_of(tmp_path, CONFIANZA_RASA_PORT="6000", CONFIANZA_RASA_PROCESSES="3")
    assert settings.rasa_urls == ("http://127.0.0.1:6000", "http://127.0.0.1:6001", "http://127.0.0.1:6002")
    assert settings.rasa_url == settings.rasa_urls[0]
    assert settings_of(tmp_path).rasa_urls == ("http://127.0.0.1:5005",)


TOGETHER = {
    "several doors without Redis": ({"CONFIANZA_DOOR_PROCESSES": "2"}, "set CONFIANZA_REDIS_URL"),
    "a Rasa where the action server is": ({"CONFIANZA_RASA_PORT": "5050", "CONFIANZA_RASA_PROCESSES": "6"}, "another CONFIANZA_RASA_PORT"),
    "a Rasa where the console is": ({"CONFIANZA_RASA_PORT": "8001", "CONFIANZA_RASA_PROCESSES": "2"}, "another CONFIANZA_RASA_PORT"),
    "more Rasas than ports": ({"CONFIANZA_RASA_PORT": "65535", "CONFIANZA_RASA_PROCESSES": "2"}, "choose a lower one"),
}


@pytest.mark.parametrize("environ, remedy", TOGETHER.values(), ids=TOGETHER)
def test_settings_that_do_not_go_together_are_refused(tmp_path: Path, environ: dict[str, str], remedy: str) -> None:
    """Each is fine alone; the sentence says what to change."""
    with pytest.raises(SettingsError, match=remedy):
        settings_of(tmp_path, **environ)


ADDRESSES = {"another program": "postgres://user:hunter2@h/0", "no program": "h:6379/hunter2", "two servers": "redis://a:hunter2@h,redis://b"}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_what_is_no_redis_is_refused_without_its_password(tmp_path: Path, address: str) -> None:
    """The message says how an address looks and repeats nothing of this one."""
    with pytest.raises(SettingsError, match="redis://HOST:6379/0") as caught:
        settings_of(tmp_path, CONFIANZA_REDIS_URL=address)
    assert "hunter2" not in str(caught.value)
