"""What the door holds of a chat by phone: no text of the resident's, gone 30 minutes after the last message."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core.cache import cache

KEPT_SECONDS = 30 * 60
# Longer than Rasa remembers anything: an old generation is gone before its number can come again.
GENERATION_SECONDS = 4 * KEPT_SECONDS
STOPPED_SECONDS = 60 * 24 * 3600


@dataclass(frozen=True)
class Thread:
    """language: of the last answer; introduced: we have said who we are; topic, pages: the last answer and the rest of it; choices:
    its numbered suggestions, so that a digit means what this phone has shown, whatever Rasa remembers; version: of the content
    that the pages came from."""

    language: str = ""
    introduced: bool = False
    pages: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    topic: str = ""
    version: str = ""


def read(sender: str) -> Thread:
    """Returns what is held; an empty thread where nothing is."""
    kept = cache.get(f"thread:{sender}")
    return Thread(**{**kept, "pages": tuple(kept["pages"]), "choices": tuple(kept["choices"])}) if isinstance(kept, dict) else Thread()


def write(sender: str, thread: Thread, generation: int) -> None:
    """Holds a thread for 30 minutes more; not where it was forgotten since its generation was read."""
    if generation == generation_of(sender):
        cache.set(f"thread:{sender}", asdict(thread), KEPT_SECONDS)  # plain values: Redis holds JSON


def erase(sender: str) -> None:
    """Forgets a thread and begins a new generation. That a sender asked for silence stays: it is kept for the sender's sake."""
    cache.add(f"generation:{sender}", 0, GENERATION_SECONDS)
    cache.incr(f"generation:{sender}")
    cache.touch(f"generation:{sender}", GENERATION_SECONDS)
    cache.delete(f"thread:{sender}")


def generation_of(sender: str) -> int:
    """Returns how often the sender was forgotten lately: what Rasa remembers of an earlier generation is out of reach at once."""
    return int(cache.get(f"generation:{sender}") or 0)


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
