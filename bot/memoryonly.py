"""Before a process starts: a Redis that would write to its disk stops it, with a sentence that says what to do."""

from __future__ import annotations

import sys

from bot.core.errors import StartError
from bot.settings import Settings


def need_memory_only(settings: Settings) -> None:
    """Raises StartError where the settings name a Redis that writes to disk, or does not tell whether it does."""
    if settings.redis_url is None:
        return
    from bot.redisserver import refuse_disk  # noqa: PLC0415  (Redis's client takes 9 MB that others do without)

    refuse_disk(str(settings.redis_url), settings.redis_may_persist)


def stop_unless_memory_only(settings: Settings) -> None:
    """Ends this process in the same case: for those that start without `confianza run`."""
    try:
        need_memory_only(settings)
    except StartError as error:
        sys.exit(f"confianza: {error}")
