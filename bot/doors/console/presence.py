"""Who else has the same piece open: a warning, not a lock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from bot.doors.console.models import Presence

MINUTES = 5


def others(user: Any, about: str) -> list[str]:
    """Notes that this person is at a piece ("answer police_ask_status") and returns the names of the others who are."""
    since = timezone.now() - timedelta(minutes=MINUTES)
    Presence.objects.filter(seen__lt=since).delete()
    Presence.objects.update_or_create(about=about, who=user.get_username())
    present = Presence.objects.filter(about=about).exclude(who=user.get_username()).values_list("who", flat=True)
    return [found.first_name or found.username for found in get_user_model().objects.filter(username__in=present)]


def gone(user: Any, about: str) -> None:
    """Notes that this person is done with a piece."""
    Presence.objects.filter(about=about, who=user.get_username()).delete()
