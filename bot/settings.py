"""Every environment variable, read once into a frozen value; secrets have no repr."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent


class Secret(str):
    """A string that never shows itself in a log, a traceback or a debugger's listing."""

    def __repr__(self) -> str:
        return "Secret('**********')"


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

    @property
    def rasa_url(self) -> str:
        """Where Rasa's only channel listens."""
        return f"http://127.0.0.1:{self.rasa_port}"


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
    )


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
