"""Taking a change back: the old words are there again with their old translations, and what others did since stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.content import DRAFT
from bot.core.errors import ClashError
from bot.edits.answers import edit, opened, path_of
from bot.edits.translations import translate
from bot.edits.undoing import undone
from bot.history.candidate import judge, read_content
from bot.history.files import Files
from bot.history.merging import merged

TOPIC, DAY = "plate_readers", date(2026, 11, 22)
NEW = "Ask a lawyer about cameras. We know of no new rule."
NEWER = {"es": "Pregunte a un abogado sobre las cámaras. No conocemos ninguna regla nueva.",
         "ar": "اسأل محامياً عن الكاميرات. لا نعرف قاعدة جديدة."}


@pytest.mark.parametrize("severity", ["wording", "law"])
def test_english_and_translations_come_back(files: Files, severity: str) -> None:
    """After an edit whose translation was renewed meanwhile, undoing gives every language back what it read before."""
    answer = opened(files, TOPIC)
    edited = edit(files, TOPIC, replace(answer, short=NEW), severity)
    after = files.changed(edited)
    live = after
    for language, words in NEWER.items():
        live = live.changed(translate(live, language, TOPIC, NEW, words, "jean", DAY, numbers_ok=True))
    back = live.changed(undone(files, after, live, edited, merged))
    assert not judge(back)
    assert back.read(path_of(TOPIC)) == files.read(path_of(TOPIC))
    before, now = read_content(files), read_content(back)
    for language in ("es", "ht", "zh", "ar"):
        said = now.say(language, TOPIC, answer.short)
        assert said == before.say(language, TOPIC, answer.short)
        assert said.state == DRAFT
        assert (TOPIC, NEW) not in now.translations[language]


def test_a_translation_alone_is_taken_back(files: Files) -> None:
    """A change of nothing but a translation goes back to the words that stood there."""
    english = opened(files, TOPIC).short
    changes = translate(files, "ht", TOPIC, english, "Mande yon avoka.", "jean", DAY, numbers_ok=True)
    live = files.changed(changes)
    back = live.changed(undone(files, live, live, changes, merged))
    assert read_content(back).say("ht", TOPIC, english) == read_content(files).say("ht", TOPIC, english)


def test_what_was_changed_again_is_not_taken_back(files: Files) -> None:
    """English that somebody rewrote since is left to them."""
    answer = opened(files, TOPIC)
    edited = edit(files, TOPIC, replace(answer, short=NEW), "wording")
    after = files.changed(edited)
    live = after.changed(edit(after, TOPIC, replace(opened(after, TOPIC), short="Other words again."), "wording"))
    with pytest.raises(ClashError):
        undone(files, after, live, edited, merged)
