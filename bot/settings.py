"""Every environment variable, read once into a frozen value; secrets have no repr."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.core.errors import SettingsError

# A notice's last day ends, and a review date comes, where the residents live; servers count in other zones.
HERE = ZoneInfo("America/New_York")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# The checkout whose content is served: this one, or another copy of it that advocates work on.
ROOT = Path(os.environ.get("CONFIANZA_ROOT") or Path(__file__).resolve().parent.parent).resolve()


class Secret(str):
    """A string that never shows itself in a log, a traceback or a debugger's listing."""

    def __repr__(self) -> str:
        return "Secret('**********')"


@dataclass(frozen=True)
class PhoneLimits:
    """What text messages may cost: messages of one sender an hour and a day, of all senders a minute, segments of all a day.

    segment_price: dollars a segment, for the simulator's sum only; the phone companies' fees come on top.
    """

    sender_hour: int = 40
    sender_day: int = 120
    all_minute: int = 600
    segments_day: int = 5000
    segment_price: float = 0.0083


@dataclass(frozen=True)
class Operator:
    """Who runs the service and how it is reached by phone; what is empty is not shown.

    contact: where a wrong answer is reported (a mail address or a number); sms, whatsapp: our own numbers (+12035550100).
    """

    name: str = ""
    contact: str = ""
    sms: str = ""
    whatsapp: str = ""


@dataclass(frozen=True)
class ConsoleSettings:
    """The advocates' door: where it listens, its database, and what the operator switched on.

    database_url: postgres://... (None: a SQLite file in the state folder); inbox: keep unanswered questions, redacted;
    documents: the folder of the sources' texts, which are not published; evaluation: the folder of tables that measure a model.
    """

    port: int = 8001
    host: str = "127.0.0.1"
    url: str = "http://localhost:8001"
    database_url: Secret | None = field(default=None, repr=False)
    inbox: bool = False
    documents: Path = ROOT / ".confianza" / "documents"
    evaluation: Path = ROOT / "data" / "evaluation"


@dataclass(frozen=True)
class Settings:
    """The settings of all processes; ports are on loopback but for the public one."""

    public_port: int
    rasa_port: int
    actions_port: int
    public_host: str
    public_url: str
    state: Path
    secret_key: Secret = field(repr=False)
    twilio_auth_token: Secret | None = field(default=None, repr=False)
    redis_url: Secret | None = field(default=None, repr=False)
    phone: PhoneLimits = PhoneLimits()
    fixed_day: date | None = None
    operator: Operator = Operator()
    exit_url: str = "https://www.weather.gov/"
    root: Path = ROOT
    console: ConsoleSettings = ConsoleSettings()

    def today(self) -> date:
        """Returns today's date in Connecticut, or the one that CONFIANZA_TODAY fixes (for tests and for looking ahead)."""
        return self.fixed_day or datetime.now(HERE).date()

    @property
    def rasa_url(self) -> str:
        """Where Rasa's only channel listens."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def signing_token(self) -> str:
        """What webhooks are signed with; without a provider's account, a token that only this machine's simulator can know."""
        simulated = hmac.new(self.secret_key.encode(), b"phone simulator", hashlib.sha256).hexdigest()
        return str(self.twilio_auth_token or simulated)

    @property
    def is_development(self) -> bool:
        """True where no provider is set up and nobody but this machine can reach the door, neither directly nor by a proxy."""
        address = urlsplit(self.public_url).hostname
        return self.twilio_auth_token is None and self.public_host in LOOPBACK and address in LOOPBACK


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Reads the settings; raises SettingsError for a value that cannot be used."""
    env = os.environ if environ is None else environ
    public_port = _port(env, "CONFIANZA_PUBLIC_PORT", 8000)
    state = Path(env.get("CONFIANZA_STATE_DIR") or ROOT / ".confianza")
    return Settings(
        public_port=public_port,
        rasa_port=_port(env, "CONFIANZA_RASA_PORT", 5005),
        actions_port=_port(env, "CONFIANZA_ACTIONS_PORT", 5055),
        public_host=env.get("CONFIANZA_PUBLIC_HOST", "127.0.0.1"),
        public_url=env.get("CONFIANZA_PUBLIC_URL", f"http://localhost:{public_port}").rstrip("/"),
        state=state,
        secret_key=Secret(env.get("CONFIANZA_SECRET_KEY") or _kept_key(state)),
        twilio_auth_token=_secret(env, "CONFIANZA_TWILIO_AUTH_TOKEN"),
        redis_url=_secret(env, "CONFIANZA_REDIS_URL"),
        phone=PhoneLimits(
            sender_hour=_number(env, "CONFIANZA_SMS_SENDER_HOUR", PhoneLimits.sender_hour),
            sender_day=_number(env, "CONFIANZA_SMS_SENDER_DAY", PhoneLimits.sender_day),
            all_minute=_number(env, "CONFIANZA_SMS_ALL_MINUTE", PhoneLimits.all_minute),
            segments_day=_number(env, "CONFIANZA_SMS_SEGMENTS_DAY", PhoneLimits.segments_day),
            segment_price=_price(env, "CONFIANZA_SMS_SEGMENT_PRICE", PhoneLimits.segment_price),
        ),
        fixed_day=_day(env, "CONFIANZA_TODAY"),
        operator=Operator(
            name=env.get("CONFIANZA_OPERATOR", ""),
            contact=env.get("CONFIANZA_OPERATOR_CONTACT", ""),
            sms=_phone(env, "CONFIANZA_SMS_NUMBER"),
            whatsapp=_phone(env, "CONFIANZA_WHATSAPP_NUMBER"),
        ),
        exit_url=env.get("CONFIANZA_EXIT_URL") or Settings.exit_url,
        console=_console(env, state),
    )


def _console(env: Mapping[str, str], state: Path) -> ConsoleSettings:
    port = _port(env, "CONFIANZA_CONSOLE_PORT", 8001)
    return ConsoleSettings(
        port=port,
        host=env.get("CONFIANZA_CONSOLE_HOST", "127.0.0.1"),
        url=env.get("CONFIANZA_CONSOLE_URL", f"http://localhost:{port}").rstrip("/"),
        database_url=_secret(env, "CONFIANZA_DATABASE_URL"),
        inbox=_switch(env, "CONFIANZA_INBOX"),
        documents=Path(env.get("CONFIANZA_DOCUMENTS_DIR") or state / "documents"),
        evaluation=Path(env.get("CONFIANZA_EVALUATION_DIR") or ROOT / "data" / "evaluation"),
    )


def _switch(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "off")
    if value not in ("on", "off"):
        raise SettingsError(f"{name}={value!r} is no switch; use on or off")
    return value == "on"


def _secret(env: Mapping[str, str], name: str) -> Secret | None:
    return Secret(env[name]) if env.get(name) else None


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise SettingsError(f"{name}={value!r} is not a number; use digits only, 0 or more")
    return int(value)


def _phone(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if value and not (value.startswith("+") and value[1:].isdecimal() and value.isascii() and 8 <= len(value) <= 16):
        raise SettingsError(f"{name}={value!r} is not a phone number; write it as +12035550100")
    return value


def _day(env: Mapping[str, str], name: str) -> date | None:
    value = env.get(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise SettingsError(f"{name}={value!r} is not a date; write it as 2026-12-31") from error


def _price(env: Mapping[str, str], name: str, default: float) -> float:
    value = env.get(name, str(default))
    try:
        price = float(value)
    except ValueError as error:
        raise SettingsError(f"{name}={value!r} is not a price; write dollars, for example 0.0083") from error
    if not 0 <= price < 100:
        raise SettingsError(f"{name}={value!r} is not a price of one segment in dollars, for example 0.0083")
    return price


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not (value.isascii() and value.isdecimal()) or not 0 < int(value) < 65536:
        raise SettingsError(f"{name}={value!r} is not a port; use a number from 1 to 65535")
    return int(value)


def _kept_key(state: Path) -> str:
    """Returns the key made on the first start; makes and keeps one where there is none."""
    path = state / "secret_key"
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists() or not path.stat().st_size:
            _make_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(f"{state}: a secret key cannot be kept here ({error.strerror}); set CONFIANZA_SECRET_KEY") from error


def _make_key(path: Path) -> None:
    """Writes a key beside its place and moves it there: two processes that start at once end up with one whole key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(os.urandom(32).hex())
    if path.exists() and path.stat().st_size:
        draft.unlink()
    else:
        draft.replace(path)
