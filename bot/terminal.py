"""How commands speak to people in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from bot.core.errors import ConfianzaError


def plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Prints our own errors as one line that says what to do, and ends with 1."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ConfianzaError as error:
            print(f"confianza: {error}", file=sys.stderr)
            raise typer.Exit(1) from error

    return wrapped
