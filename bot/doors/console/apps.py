"""The console as a Django application: reads its words and listens to logins once, at the start."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Checks the words and connects the audit log; a broken word file stops the start with one clear line."""

    name = "bot.doors.console"
    label = "console"

    def ready(self) -> None:
        """Runs once Django knows all models."""
        from bot.doors.console import words  # noqa: PLC0415  (Django must be ready before its modules are imported)
        from bot.doors.console.witness import listen  # noqa: PLC0415

        words.tables()
        listen()
