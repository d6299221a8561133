"""Every sentence with its state, and the matrix of topics and languages."""

from __future__ import annotations

import pytest

from bot.core.errors import EditError
from bot.edits.catalogues import LAW, WORDING, reword
from bot.edits.entries import STATES, entries, find, group_of, languages, matrix
from bot.history.files import Files
from tests.edits.small import SAID, STEP, edited, small


@pytest.fixture(scope="module")
def files() -> Files:
    return small()


def test_the_languages_are_those_that_are_translated_into(files: Files) -> None:
    """English is what is translated, so it is none of them."""
    assert languages(files) == list(SAID)


def test_every_sentence_is_an_entry_once(files: Files) -> None:
    """Phrases, topics, contacts and towns, each with the file of its English."""
    found = {(e.context, e.file) for e in entries(files, "zh")}
    assert found == {
        ("said_in", "phrases.yml"), ("help", "phrases.yml"), ("door", "topics/door.yml"),
        ("contact.aid", "contacts.yml"), ("town", "towns.yml"),
    }
    keys = [e.key for e in entries(files, "zh")]
    assert len(keys) == len(set(keys))


def test_the_matrix_counts_each_sentence_once(files: Files) -> None:
    """A row for the topic, then rows for what belongs to none; every cell counts all states."""
    rows = {row.id: row for row in matrix(files, languages(files), ["door"])}
    assert list(rows) == ["door", "phrases", "contacts", "towns"]
    assert [row.is_topic for row in rows.values()] == [True, False, False, False]
    assert rows["door"].counts["ar"] == {"missing": 2, "withdrawn": 0, "outdated": 0, "draft": 2, "reviewed": 0}
    total = sum(sum(row.counts["ht"].values()) for row in rows.values())
    assert total == len(entries(files, "ht"))


@pytest.mark.parametrize(("severity", "state"), [(WORDING, "outdated"), (LAW, "withdrawn")])
def test_the_matrix_shows_what_an_edit_did(files: Files, severity: str, state: str) -> None:
    """After an edit the cell of each language says how many sentences wait."""
    after = edited(files, STEP, "Keep it shut.")
    after = after.changed(reword(after, {("door", STEP): "Keep it shut."}, severity))
    (row,) = (r for r in matrix(after, SAID, ["door"]) if r.id == "door")
    assert {code: row.counts[code][state] for code in SAID} == dict.fromkeys(SAID, 1)
    assert set(row.counts["ar"]) == set(STATES)


def test_a_phrase_named_like_no_topic_is_no_topic(files: Files) -> None:
    """The row follows the topic's id first, else the file of the English."""
    assert {group_of(e, ["door"]) for e in entries(files, "ht")} == {"door", "phrases", "contacts", "towns"}


def test_what_is_read_again_is_not_what_was_changed(files: Files) -> None:
    """A catalogue that a caller changes never changes what others read."""
    _, found, message = find(files, "ht", "door", STEP)
    message.string = "something else"
    assert found is not None
    assert "something else" not in {e.msgstr for e in entries(files, "ht")}


def test_a_sentence_that_is_not_there_is_named_as_gone(files: Files) -> None:
    """A form that was open while the English changed gets a reason."""
    with pytest.raises(EditError, match="no longer"):
        find(files, "ht", "door", "Another sentence.")
