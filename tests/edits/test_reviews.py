"""The record of reviews: one line a context, whatever else stands in the file stays."""

from __future__ import annotations

import pytest
import yaml

from bot.core.errors import ContentError
from bot.edits.reviews import all_recorded, recorded, reviews
from bot.history.files import Files, Table
from tests.edits.small import DAY

HEAD = "# Who has checked what.\n#   <language>: ...\n"
EMPTY = HEAD + "es: {}\nht: {}\n"
SHAPED = HEAD + "es: {}\nht:\n    {door: {by: jan, on: 2026-01-01, words: []},\n     off: {by: jan, on: 2026-01-01, words: []}}\n"
SHAPES = {"empty": EMPTY, "bare": EMPTY.replace("ht: {}", "ht:"), "shaped by hand": SHAPED, "no language": HEAD}
WORDS = ["0123456789ab", "123456789012", "12345e678901"]


def read(text: str) -> dict:
    return {code: dict(contexts) for code, contexts in reviews(Files(Table({"locales/states.yml": text}))).items()}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_review_is_read_back_as_it_was_recorded(text: str) -> None:
    """Hashes stay text even where they look like numbers; the head and other languages stay."""
    after = recorded(text, "ht", "door", "jan", DAY, WORDS)
    assert read(after)["ht"]["door"] == {"by": "jan", "on": DAY, "words": WORDS}
    assert after.startswith(HEAD)
    assert yaml.safe_load(after)["ht"]["door"]["words"] == WORDS


def test_contexts_stand_in_order_each_on_its_line() -> None:
    """Two reviews of different contexts change different lines, in any order."""
    one = recorded(recorded(EMPTY, "es", "b.two", "jan", DAY, WORDS), "es", "a.one", "jan", DAY, WORDS)
    two = recorded(recorded(EMPTY, "es", "a.one", "jan", DAY, WORDS), "es", "b.two", "jan", DAY, WORDS)
    assert one == two
    assert [line.split(":")[0] for line in one.removeprefix(HEAD).splitlines()] == ["es", "  a.one", "  b.two", "ht"]


def test_a_new_review_takes_the_place_of_the_old_one() -> None:
    """A context has one record: the last."""
    once = recorded(EMPTY, "ht", "door", "jan", DAY, WORDS)
    assert recorded(once, "ht", "door", "ana", DAY, WORDS[:1]).count("door") == 1


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_many_reviews_at_once_are_the_same_as_one_by_one(text: str) -> None:
    """A group of a hundred contexts is written in one go."""
    checked = {"door": WORDS, "contact.aid": WORDS[:1], "b.two": WORDS[1:]}
    single = text
    for context, words in checked.items():
        single = recorded(single, "ht", context, "jan", DAY, words)
    assert read(all_recorded(text, "ht", checked, "jan", DAY)) == read(single)


@pytest.mark.parametrize("text", ["es: [\n", "es: {a: b\n"])
def test_a_broken_record_is_named(text: str) -> None:
    """A file that is no YAML is refused, not written over."""
    with pytest.raises(ContentError, match=r"states\.yml"):
        recorded(text, "es", "door", "jan", DAY, WORDS)
