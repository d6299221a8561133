"""The public door without a server: what the command line draws and writes with it."""

from __future__ import annotations

import os
from pathlib import Path

import django

from bot.core.content import Content


def draw_flyer(language: str, second: str | None, town: str | None, name: str, content: Content) -> bytes:
    """Returns a flyer as PDF; raises FlyerError where something it needs is missing."""
    _prepare()
    from bot.doors.public import flyers  # noqa: PLC0415  (Django must be ready before its modules are imported)

    return flyers.draw(flyers.written(flyers.Flyer(language, second, town, name), content))


def write_copy(folder: Path, content: Content) -> int:
    """Writes the static copy and returns how many pages it has."""
    _prepare()
    from bot.doors.public.export import export  # noqa: PLC0415

    return export(folder, content)


def _prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.doors.settings.public")
    django.setup()
