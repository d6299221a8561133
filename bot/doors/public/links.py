"""The address that is shared: language and town in it, on paper also the day it was made; nothing about a person."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.conf import settings


def link(language: str, town: str | None, made: date | None = None) -> str:
    """Returns the address to share."""
    query = {**({"town": town} if town else {}), **({"made": made.isoformat()} if made else {})}
    return f"{settings.CONFIANZA.public_url}/{language}/{'?' + urlencode(query) if query else ''}"
