"""One environment variable at a time: read, checked, and refused with a remedy. Values that are secret never show themselves."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from urllib.parse import urlsplit

from bot.core.errors import SettingsError

# What people must know who have such signs in a password.
ESCAPED = " (in a password / is written %2F, # %23, ? %3F, @ %40)"


class Secret(str):
    """A string that never shows itself in a log, a traceback or a debugger's listing."""

    def __repr__(self) -> str:
        return "Secret('**********')"


def secret(env: Mapping[str, str], name: str) -> Secret | None:
    """Returns a secret; None where there is none."""
    return Secret(env[name]) if env.get(name) else None


def redis_address(env: Mapping[str, str], name: str) -> Secret | None:
    """Returns the address of one Redis server; it may hold a password, so no message repeats it."""
    value = env.get(name)
    if value and (not _is_address(value, ("redis", "rediss", "unix")) or any(sign in value for sign in ",; ")):
        raise SettingsError(f"{name} is no address of one Redis server; write it as redis://HOST:6379/0, rediss://... or unix:///PATH{ESCAPED}")
    return Secret(value) if value else None


def database_address(env: Mapping[str, str], name: str) -> Secret | None:
    """Returns the address of a database, with its password; no message repeats it."""
    value = env.get(name)
    if value and not _is_address(value, ("postgres", "postgresql", "sqlite")):
        raise SettingsError(f"{name} is no address of a database; write it as postgres://NAME:PASSWORD@HOST:5432/DATABASE{ESCAPED}")
    return Secret(value) if value else None


def _is_address(value: str, schemes: Container[str]) -> bool:
    """False also where a sign in a password breaks the address: libraries would put the broken piece into their errors."""
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def switch(env: Mapping[str, str], name: str) -> bool:
    """Returns True for on; off where nothing is said."""
    value = env.get(name, "off")
    if value not in ("on", "off"):
        raise SettingsError(f"{name}={value!r} is no switch; use on or off")
    return value == "on"


def number(env: Mapping[str, str], name: str, default: int) -> int:
    """Returns a whole number, 0 or more."""
    value = env.get(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise SettingsError(f"{name}={value!r} is not a number; use digits only, 0 or more")
    return int(value)


def processes(env: Mapping[str, str], name: str, most: int) -> int:
    """Returns how many processes of a kind are to run, 1 where nothing is said."""
    value = env.get(name) or "1"
    if not (value.isascii() and value.isdecimal()) or not 0 < int(value) <= most:
        raise SettingsError(f"{name}={value!r} is no number of processes; use a number from 1 to {most}")
    return int(value)


def phone(env: Mapping[str, str], name: str) -> str:
    """Returns a phone number in international form, "" where there is none."""
    value = env.get(name, "")
    if value and not (value.startswith("+") and value[1:].isdecimal() and value.isascii() and 8 <= len(value) <= 16):
        raise SettingsError(f"{name}={value!r} is not a phone number; write it as +12035550100")
    return value


def day(env: Mapping[str, str], name: str) -> date | None:
    """Returns a date; None where there is none."""
    value = env.get(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise SettingsError(f"{name}={value!r} is not a date; write it as 2026-12-31") from error


def price(env: Mapping[str, str], name: str, default: float) -> float:
    """Returns dollars for one segment."""
    value = env.get(name, str(default))
    try:
        dollars = float(value)
    except ValueError as error:
        raise SettingsError(f"{name}={value!r} is not a price; write dollars, for example 0.0083") from error
    if not 0 <= dollars < 100:
        raise SettingsError(f"{name}={value!r} is not a price of one segment in dollars, for example 0.0083")
    return dollars


def port(env: Mapping[str, str], name: str, default: int) -> int:
    """Returns a port's number."""
    value = env.get(name, str(default))
    if not (value.isascii() and value.isdecimal()) or not 0 < int(value) < 65536:
        raise SettingsError(f"{name}={value!r} is not a port; use a number from 1 to 65535")
    return int(value)


def hashes(env: Mapping[str, str], name: str) -> frozenset[str]:
    """Returns SHA-256 hashes, separated by blanks or commas."""
    found = frozenset(env.get(name, "").lower().replace(",", " ").split())
    if any(not re.fullmatch("[0-9a-f]{64}", hashed) for hashed in found):
        raise SettingsError(f"{name} is not a list of SHA-256 hashes; each has 64 of the characters 0 to 9 and a to f")
    return found
