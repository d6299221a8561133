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


@dataclass(frozen=True)
class Said:
    """A sentence in the reader's language and how far its translation can be trusted."""

    text: str
    state: str


def hash12(text: str) -> str:
    """Returns the first 12 hex digits of a text's SHA-256: by them locales/states.yml knows which words were reviewed."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_CHARACTERS]


def said(english: str, translated: str, fuzzy: bool, withdrawn: bool, reviewed: Collection[str]) -> Said | None:
    """Returns what residents read of one entry of a catalogue; None where there is no translation.

    reviewed: the hashes of the words that a second speaker has checked. Changed words have another hash: a draft again.
    """
    if withdrawn:
        return Said(english, WITHDRAWN)
    if not translated:
        return None
    return Said(translated, OUTDATED if fuzzy else REVIEWED if hash12(translated) in reviewed else DRAFT)


def notice_keys(states: Collection[str]) -> tuple[str, ...]:
    """Returns the keys of the notices that states call for, gravest first."""
    return tuple(key for state, key in NOTICES if state in states)
