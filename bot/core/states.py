"""States of a translation: how far a sentence in the reader's language can be trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

# Best first. Withdrawn: the law changed, so the translation is not shown and the reader gets English.
SOURCE, REVIEWED, DRAFT, OUTDATED, MISSING, WITHDRAWN = "source", "reviewed", "draft", "outdated", "missing", "withdrawn"
# Where the reader gets English because there is nothing better in his or her language.
IN_ENGLISH = (MISSING, WITHDRAWN)
# What the reader is told of each state, gravest first: keys of phrases.yml.
NOTICES = ((WITHDRAWN, "withdrawn_notice"), (MISSING, "missing_notice"), (OUTDATED, "outdated_notice"), (DRAFT, "draft_notice"))
HASH_CHARACTERS = 12
# A review's mark is longer: nobody may be able to find other words with the same one.
MARK_CHARACTERS = 32


@dataclass(frozen=True)
class Said:
    """A sentence in the reader's language and how far its translation can be trusted."""

    text: str
    state: str


def hash12(text: str) -> str:
    """Returns the first 12 hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_CHARACTERS]


def reviewed_as(english: str, translated: str) -> str:
    """Returns the mark by which a review is known: of a sentence and its translation together, for it is the pair that was read."""
    return hashlib.sha256(f"{english}\0{translated}".encode()).hexdigest()[:MARK_CHARACTERS]


def said(english: str, translated: str, fuzzy: bool, withdrawn: bool, reviewed: Collection[str]) -> Said | None:
    """Returns what residents read of one entry of a catalogue; None where there is no translation.

    reviewed: the marks (`reviewed_as`) of what a second speaker has checked. Changed words have another mark: a draft again.
    """
    if withdrawn:
        return Said(english, WITHDRAWN)
    if not translated:
        return None
    return Said(translated, OUTDATED if fuzzy else REVIEWED if reviewed_as(english, translated) in reviewed else DRAFT)


def notice_keys(states: Collection[str]) -> tuple[str, ...]:
    """Returns the keys of the notices that states call for, gravest first."""
    return tuple(key for state, key in NOTICES if state in states)
