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

from bot import environment as variable
from bot.core.errors import SettingsError
from bot.environment import Secret
from bot.secretkey import kept_key

# A notice's last day ends, and a review date comes, where the residents live; servers count in other zones.
HERE = ZoneInfo("America/New_York")
MOST_PORT, MOST_RASAS, MOST_DOORS = 65535, 50, 64
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# The checkout whose content is served: this one, or another copy of it that advocates work on.
ROOT = Path(os.environ.get("CONFIANZA_ROOT") or Path(__file__).resolve().parent.parent).resolve()


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
    """The settings of all processes; ports are on loopback but for the public one.

    model_hashes: the only models that may be loaded, by their SHA-256; none given: those that trainings wrote down.
    redis_may_persist: the operator vouches for a Redis that does not say whether it writes to disk.
    rasa_processes, door_processes: how many `confianza run` starts; several doors need Redis.
    """

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
    model_hashes: frozenset[str] = frozenset()
    redis_may_persist: bool = False
    rasa_processes: int = 1
    door_processes: int = 1

    def __post_init__(self) -> None:
        if self.door_processes > 1 and not self.redis_url:
            raise SettingsError(f"CONFIANZA_DOOR_PROCESSES={self.door_processes}: several doors must share what they hold of phones, or a "
                                "message is answered twice and STOP is forgotten; set CONFIANZA_REDIS_URL")
        if self.rasa_processes > 1 and not set(self.rasa_ports).isdisjoint((self.public_port, self.actions_port, self.console.port)):
            raise SettingsError(f"CONFIANZA_RASA_PROCESSES={self.rasa_processes}: Rasa takes the ports {self.rasa_ports[0]} to "
                                f"{self.rasa_ports[-1]}, and one of them is another process's; choose another CONFIANZA_RASA_PORT")
        if self.rasa_ports[-1] > MOST_PORT:
            raise SettingsError(f"CONFIANZA_RASA_PORT={self.rasa_port} leaves no room for {self.rasa_processes} ports; choose a lower one")

    def today(self) -> date:
        """Returns today's date in Connecticut, or the one that CONFIANZA_TODAY fixes (for tests and for looking ahead)."""
        return self.fixed_day or datetime.now(HERE).date()

    @property
    def rasa_url(self) -> str:
        """Where the only channel of the first Rasa listens."""
        return self.rasa_urls[0]

    @property
    def rasa_ports(self) -> tuple[int, ...]:
        """The ports of all Rasa processes: the first one's, and those that follow."""
        return tuple(range(self.rasa_port, self.rasa_port + self.rasa_processes))

    @property
    def rasa_urls(self) -> tuple[str, ...]:
        """Where all Rasa processes listen."""
        return tuple(f"http://127.0.0.1:{port}" for port in self.rasa_ports)

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
    public_port = variable.port(env, "CONFIANZA_PUBLIC_PORT", 8000)
    state = Path(env.get("CONFIANZA_STATE_DIR") or ROOT / ".confianza")
    return Settings(
        public_port=public_port,
        rasa_port=variable.port(env, "CONFIANZA_RASA_PORT", 5005),
        actions_port=variable.port(env, "CONFIANZA_ACTIONS_PORT", 5055),
        public_host=env.get("CONFIANZA_PUBLIC_HOST", "127.0.0.1"),
        public_url=env.get("CONFIANZA_PUBLIC_URL", f"http://localhost:{public_port}").rstrip("/"),
        state=state,
        secret_key=Secret(env.get("CONFIANZA_SECRET_KEY") or kept_key(state)),
        twilio_auth_token=variable.secret(env, "CONFIANZA_TWILIO_AUTH_TOKEN"),
        redis_url=variable.redis_address(env, "CONFIANZA_REDIS_URL"),
        redis_may_persist=variable.switch(env, "CONFIANZA_REDIS_MAY_PERSIST"),
        rasa_processes=variable.processes(env, "CONFIANZA_RASA_PROCESSES", MOST_RASAS),
        door_processes=variable.processes(env, "CONFIANZA_DOOR_PROCESSES", MOST_DOORS),
        phone=PhoneLimits(
            sender_hour=variable.number(env, "CONFIANZA_SMS_SENDER_HOUR", PhoneLimits.sender_hour),
            sender_day=variable.number(env, "CONFIANZA_SMS_SENDER_DAY", PhoneLimits.sender_day),
            all_minute=variable.number(env, "CONFIANZA_SMS_ALL_MINUTE", PhoneLimits.all_minute),
            segments_day=variable.number(env, "CONFIANZA_SMS_SEGMENTS_DAY", PhoneLimits.segments_day),
            segment_price=variable.price(env, "CONFIANZA_SMS_SEGMENT_PRICE", PhoneLimits.segment_price),
        ),
        fixed_day=variable.day(env, "CONFIANZA_TODAY"),
        operator=Operator(
            name=env.get("CONFIANZA_OPERATOR", ""),
            contact=env.get("CONFIANZA_OPERATOR_CONTACT", ""),
            sms=variable.phone(env, "CONFIANZA_SMS_NUMBER"),
            whatsapp=variable.phone(env, "CONFIANZA_WHATSAPP_NUMBER"),
        ),
        exit_url=env.get("CONFIANZA_EXIT_URL") or Settings.exit_url,
        console=_console(env, state),
        model_hashes=variable.hashes(env, "CONFIANZA_MODEL_SHA256"),
    )


def _console(env: Mapping[str, str], state: Path) -> ConsoleSettings:
    port = variable.port(env, "CONFIANZA_CONSOLE_PORT", 8001)
    return ConsoleSettings(
        port=port,
        host=env.get("CONFIANZA_CONSOLE_HOST", "127.0.0.1"),
        url=env.get("CONFIANZA_CONSOLE_URL", f"http://localhost:{port}").rstrip("/"),
        database_url=variable.database_address(env, "CONFIANZA_DATABASE_URL"),
        inbox=variable.switch(env, "CONFIANZA_INBOX"),
        documents=Path(env.get("CONFIANZA_DOCUMENTS_DIR") or state / "documents"),
        evaluation=Path(env.get("CONFIANZA_EVALUATION_DIR") or ROOT / "data" / "evaluation"),
    )
