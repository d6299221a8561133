"""What targets share, made once: the real content, a small content to edit, vocabularies, the public door in this process."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from unittest.mock import patch

import django
from django.conf import settings as django_settings

from bot.core.content import Content
from bot.core.keywords import Keywords, keyword_table
from bot.core.towns import TownFinder, town_finder
from bot.core.vocabulary import Vocabulary
from bot.history.files import Files
from bot.library import load
from bot.settings import ROOT, PhoneLimits, Secret
from bot.vocabulary import read_vocabulary
from tests.doors.conftest import ADDRESS, Door, StandInBrain
from tests.edits.small import small

MANY = 10**9


@lru_cache(maxsize=1)
def content() -> Content:
    return load(ROOT)


@lru_cache(maxsize=1)
def keywords() -> Keywords:
    return keyword_table(content())


@lru_cache(maxsize=1)
def towns() -> TownFinder:
    return town_finder(content().towns.values(), ("and", "in"))


@lru_cache(maxsize=8)
def vocabulary(language: str) -> Vocabulary:
    return read_vocabulary(language, content(), ROOT)


@lru_cache(maxsize=1)
def files() -> Files:
    return small()


@contextmanager
def door() -> Iterator[Door]:
    """Gives the door with an empty cache, no limits and the tests' brain, and leaves this process as it was."""
    made = _door()
    from django.core.cache import cache

    from bot.doors.public import service

    still = SimpleNamespace(content=content(), trouble=None, version="1")
    cache.clear()
    with (
        patch.object(django_settings, "CONFIANZA", made.settings),
        patch.object(service, "brain", lambda: made.brain),
        patch.object(service, "library", lambda: still),
    ):
        yield made
    made.brain.asked.clear()
    made.brain.memories.clear()


@lru_cache(maxsize=1)
def _door() -> Door:
    if not django_settings.configured:
        os.environ.update(CONFIANZA_STATE_DIR=tempfile.mkdtemp(prefix="fuzz-"), DJANGO_SETTINGS_MODULE="bot.doors.settings.public")
    django.setup()
    from django.test import Client

    limits = PhoneLimits(sender_hour=MANY, sender_day=MANY, all_minute=MANY, segments_day=MANY)
    secrets = {"secret_key": Secret("key"), "twilio_auth_token": Secret("token")}
    settings = replace(django_settings.CONFIANZA, public_url=ADDRESS, phone=limits, **secrets)
    return Door(StandInBrain(content()), settings, Client(raise_request_exception=True))
