"""Previews: an answer as residents get it on every channel, from content that need not be live.

A page shows one with {% include "console/faces.html" with faces=... %} below a heading of the second level.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from bot.core.content import Content
from bot.core.faces import Faces, answered, faces
from bot.core.reply import Reply
from bot.doors.console.desk import Desk
from bot.history.candidate import read_content
from bot.history.files import Changes
from bot.history.repository import Repository

__all__ = ["Faces", "content_with", "every_language", "of_reply", "previews"]
NO_CHANGES: Mapping[str, str | None] = {}


def previews(content: Content, topic: str, language: str, town: str | None, today: date) -> Faces:
    """Returns an answer as the first of a chat, on every channel; raises KeyError for an unknown topic, language or town."""
    return faces(answered(content, topic, language, town, today, settings.CONFIANZA.public_url), content)


def every_language(content: Content, topic: str, town: str | None, today: date) -> tuple[Faces, ...]:
    """Returns the previews in every language, in the order of the public pages."""
    return tuple(previews(content, topic, language, town, today) for language in content.languages)


def of_reply(reply: Reply, content: Content) -> Faces:
    """Returns the previews of a reply that is there already; raises KeyError where its language is none of ours."""
    return faces(reply, content)


def content_with(desk: Desk, changes: Changes = NO_CHANGES) -> Content:
    """Returns the content of a desk with changes on top, without judging it; raises ContentError where it cannot be read.

    Takes a third of a second the first time; a commit with the same changes never gives another content, so a few are kept.
    """
    return _read(settings.CONFIANZA.root, desk.draft.tip if desk.draft else desk.base, frozenset(changes.items()))


@lru_cache(maxsize=6)
def _read(root: Path, commit: str, changes: frozenset[tuple[str, str | None]]) -> Content:
    return read_content(Repository(root).files(commit).changed(dict(changes)))
