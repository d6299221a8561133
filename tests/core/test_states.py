"""States of a translation: what is shown of a catalogue's entry, and what is said of it."""

from __future__ import annotations

import pytest

from bot.core.states import DRAFT, MISSING, OUTDATED, REVIEWED, SOURCE, WITHDRAWN, Said, hash12, notice_keys, reviewed_as, said

ENGLISH, WORDS = "Keep the door shut.", "أبقِ الباب مغلقاً."
CHECKED = (reviewed_as(ENGLISH, WORDS),)


@pytest.mark.parametrize("translated, fuzzy, withdrawn, reviewed, shown", [
    pytest.param(WORDS, False, False, (), Said(WORDS, DRAFT), id="nobody has checked it"),
    pytest.param(WORDS, False, False, CHECKED, Said(WORDS, REVIEWED), id="these words were checked"),
    pytest.param(f"{WORDS} ", False, False, CHECKED, Said(f"{WORDS} ", DRAFT), id="a space was added since"),
    pytest.param(WORDS, True, False, CHECKED, Said(WORDS, OUTDATED), id="the English changed, checked or not"),
    pytest.param(WORDS, True, True, CHECKED, Said(ENGLISH, WITHDRAWN), id="the law changed"),
    pytest.param("", True, True, (), Said(ENGLISH, WITHDRAWN), id="the law changed and the words are gone"),
    pytest.param("", False, False, (), None, id="not translated"),
])
def test_what_is_shown_of_an_entry(translated: str, fuzzy: bool, withdrawn: bool, reviewed: tuple[str, ...], shown: Said | None) -> None:
    """A withdrawn translation gives way to English; only the very words that were checked are reviewed."""
    assert said(ENGLISH, translated, fuzzy, withdrawn, reviewed) == shown


@pytest.mark.parametrize("text, expected", [
    pytest.param("", "e3b0c44298fc", id="nothing"),
    pytest.param("abc", "ba7816bf8f01", id="letters"),
    pytest.param("别开门", "fa2c9a6dd757", id="Chinese"),
])
def test_the_hash_is_the_beginning_of_sha256(text: str, expected: str) -> None:
    """Twelve hex digits of the text's UTF-8, so that other programs can make the same."""
    assert hash12(text) == expected


def test_the_gravest_is_said_first() -> None:
    """Withdrawn, missing, outdated, draft; of what is checked or English nothing is said."""
    assert notice_keys({DRAFT, OUTDATED, MISSING, WITHDRAWN, SOURCE, REVIEWED}) == (
        "withdrawn_notice", "missing_notice", "outdated_notice", "draft_notice")
    assert notice_keys({SOURCE, REVIEWED}) == ()
