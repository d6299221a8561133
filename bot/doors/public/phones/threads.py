"""What the door holds of a chat by phone: no text of the resident's, gone 30 minutes after the last message."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

KEPT_SECONDS = 30 * 60
STOPPED_SECONDS = 60 * 24 * 3600


@dataclass(frozen=True)
class Thread:
    """language: of the last answer; introduced: we have said who we are; pages: the rest of the last answer."""

    language: str = ""
    introduced: bool = False
    pages: tuple[str, ...] = ()


def read(sender: str) -> Thread:
    """Returns what is held; an empty thread where nothing is."""
    kept = cache.get(f"thread:{sender}")
    return kept if isinstance(kept, Thread) else Thread()


def write(sender: str, thread: Thread) -> None:
    """Holds a thread for 30 minutes more."""
    cache.set(f"thread:{sender}", thread, KEPT_SECONDS)


def erase(sender: str) -> None:
    """Forgets a thread. That a sender asked for silence stays: it is kept for the sender's sake."""
    cache.delete(f"thread:{sender}")


def is_stopped(*senders: str) -> bool:
    """True where the sender has asked for silence, under today's pseudonym or the one before."""
    return any(cache.get(f"stopped:{sender}") for sender in senders)


def stop(sender: str) -> None:
    """From now on there is silence for this sender."""
    cache.set(f"stopped:{sender}", True, STOPPED_SECONDS)


def start(*senders: str) -> None:
    """Ends the silence."""
    for sender in senders:
        cache.delete(f"stopped:{sender}")
