"""The secret key of a service that was given none: made on the first start, kept for its owner only."""

from __future__ import annotations

import os
from pathlib import Path

from bot.core.errors import SettingsError


def kept_key(state: Path) -> str:
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
