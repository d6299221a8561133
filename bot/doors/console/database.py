"""Makes the console's database, or brings it up to date; safe to run at every start."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from bot.core.errors import StartError


def prepare() -> None:
    """Sets Django up for the console, migrates and throws ended sessions away; raises StartError where the database cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.doors.settings.console")
    os.umask(0o077)  # the file holds password hashes: nobody else on this machine reads it
    django.setup()
    settings.CONFIANZA.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("clearsessions", verbosity=0)
    except DatabaseError as error:
        raise StartError(f"the console's database cannot be used ({type(error).__name__}); check CONFIANZA_DATABASE_URL "
                         "and the folder CONFIANZA_STATE_DIR") from error
