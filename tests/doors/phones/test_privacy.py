"""After 200 conversations by phone through the real Rasa, no number and no text is in any file, log or store."""

from __future__ import annotations

import io
import logging
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.cache.backends import locmem

from bot.brain import Brain
from bot.doors.public import service as door_service
from bot.doors.public.phones import phone
from tests.doors.conftest import Door
from tests.running import Service

CONVERSATIONS = 200
TEXTS = ("Will police in Norwalk ask my status? My name is Quilombero Zacarías number {n}", "policia marcador{n} status", "Español", "1")


def secrets_of(n: int) -> tuple[str, ...]:
    return (f"203555{n:04d}", f"Zacarías number {n}", f"marcador{n}")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Whatever this process logs, from any logger of ours or of Django's."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    loggers = [logging.getLogger(name) for name in ("confianza", "django", "")]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.rasa
def test_no_number_and_no_text_is_kept(door: Door, service: Service, monkeypatch: pytest.MonkeyPatch, log: io.StringIO) -> None:
    """Everything that was written meanwhile (service's log and state, our output) and everything in the cache is searched."""
    brain = Brain(service.settings.rasa_url)
    monkeypatch.setattr(door_service, "brain", lambda: brain)
    monkeypatch.setattr(phone, "WITHIN_SECONDS", 20.0)
    door.limit(all_minute=100_000, segments_day=1_000_000)
    for n in range(CONVERSATIONS):
        number = f"+1203555{n:04d}"
        for text in TEXTS:
            door.text(text.format(n=n), f"whatsapp:{number}" if n % 5 == 0 else number)
    output = log.getvalue()
    assert output.count('"event": "answer"') >= CONVERSATIONS
    places = {"output": output.encode(), "cache": cached(), **{str(p): p.read_bytes() for p in written(service)}}
    hidden = [secret for n in range(CONVERSATIONS) for secret in secrets_of(n)]
    assert [(secret, place) for secret in hidden for place, held in places.items() if secret.encode() in held] == []


def written(service: Service) -> set[Path]:
    """Files that the service writes, and any file of the repository that is newer than its start."""
    root = Path(__file__).resolve().parents[3]
    skipped = {".venv", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__", ".hypothesis"}
    started = service.log.parent.stat().st_mtime
    fresh = {p for p in root.rglob("*") if not skipped & set(p.relative_to(root).parts) and p.is_file() and p.stat().st_mtime > started}
    return {service.log, *(p for p in service.state.rglob("*") if p.is_file()), *fresh}


def cached() -> bytes:
    """Everything in the cache, keys and values, unpickled: what a thief of the memory store would read."""
    cache.get("any")
    return repr([(key, pickle.loads(value)) for store in locmem._caches.values() for key, value in list(store.items())]).encode()
