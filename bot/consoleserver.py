"""Starts the advocates' console: brings its database up to date, then serves it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.core.errors import HistoryError
from bot.coredumps import forbid_core_dumps
from bot.doors.console.database import prepare
from bot.history.publishing import recover
from bot.history.repository import Repository
from bot.settings import Settings, read_settings


def main() -> None:
    """Migrates, then becomes the web server; the settings say where it listens (loopback unless told otherwise)."""
    forbid_core_dumps()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bot.doors.settings.console"
    prepare()
    _finish_publication(read_settings())
    settings = read_settings().console
    granian = str(Path(sys.executable).parent / "granian")
    os.execv(granian, [  # noqa: S606  (our own program, our own words)
        granian, "--interface", "wsgi", "--host", settings.host, "--port", str(settings.port), "--workers", "1",
        "--blocking-threads", "8", "--no-access-log", "--log-level", "error", "bot.doors.console.wsgi:application",
    ])


def _finish_publication(settings: Settings) -> None:
    """Finishes what a console that died was publishing; where there is no git the pages say so."""
    with suppress(HistoryError):
        recover(Repository(settings.root))


if __name__ == "__main__":
    main()
