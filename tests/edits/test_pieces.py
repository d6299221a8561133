"""A page of sentences: which they are, and what becomes of what was typed."""

from __future__ import annotations

import pytest

from bot.catalogs import FUZZY, WITHDRAWN_FLAG, print_catalog
from bot.core.errors import EditError
from bot.edits.entries import catalogue, entries, path_of
from bot.edits.pieces import Wish, piece, title, topics, translate_all
from bot.edits.translations import translate
from bot.history.files import Files
from tests.edits.small import DAY, SHORT, STEP, small

CALM = "Stay calm."
FILES = small()


def aged(files: Files, *flags: str) -> Files:
    """The Creole step was translated from other English."""
    found = catalogue(files, "ht", "answers")
    message = found.get(STEP, "door")
    message.flags |= {FUZZY, *flags}
    message.previous_id = ["Keep it shut."]
    return files.changed({path_of("ht", "answers"): print_catalog(found)})


def state(files: Files, english: str) -> str:
    return next(e.state for e in entries(files, "ht") if e.msgid == english)


@pytest.mark.parametrize(("name", "contexts"), [
    pytest.param("door", {"door"}, id="a topic"),
    pytest.param("contact.aid", {"contact.aid"}, id="a context with a dot"),
    pytest.param("phrases", {"said_in", "help"}, id="a group"),
    pytest.param("nothing", set(), id="no such name"),
])
def test_a_page_is_a_context_or_a_group(name: str, contexts: set[str]) -> None:
    """All sentences of it, none of another."""
    assert {entry.context for entry in piece(FILES, "ht", name)} == contexts


def test_a_topic_is_called_by_its_english_title() -> None:
    """What has no title keeps its id."""
    assert topics(FILES) == ["door"]
    assert title(piece(FILES, "ht", "door"), "door") == "Do I have to open the door?"
    assert title(piece(FILES, "ht", "phrases"), "phrases") == "phrases"


def test_many_wishes_write_what_one_by_one_would() -> None:
    """The whole page at once gives the same catalogue as sentence after sentence."""
    texts = {("door", CALM): "Rete kal.", ("door", STEP): "Kenbe pòt la fèmen.", ("help", "Call us:\n{phone}"): "Rele:\n{phone}"}
    wishes = {key: Wish(text) for key, text in texts.items()}
    together = FILES.changed(translate_all(FILES, "ht", wishes, "jan", DAY).changes)
    single = FILES
    for (context, english), wish in wishes.items():
        single = single.changed(translate(single, "ht", context, english, wish.text, "jan", DAY))
    assert together.changes == single.changes


def test_a_fault_keeps_the_others() -> None:
    """Each refused wish is named with its reason; the good ones can be previewed."""
    wishes = {("door", SHORT): Wish("Rele 911."), ("door", CALM): Wish("Rete kal."), ("door", STEP): Wish("")}
    outcome = translate_all(FILES, "ht", wishes, "jan", DAY)
    assert [entry.msgid for entry in outcome.changed] == [CALM]
    assert {key[1] for key in outcome.faults} == {SHORT, STEP} and "phone numbers" in outcome.faults[("door", SHORT)]


@pytest.mark.parametrize("flag", [(), (WITHDRAWN_FLAG,)], ids=["outdated", "withdrawn"])
def test_old_words_left_in_their_field_confirm_nothing(flag: tuple[str, ...]) -> None:
    """Only a word of the translator makes them good for the new English."""
    files = aged(FILES, *flag)
    words = next(e.msgstr for e in entries(files, "ht") if e.msgid == STEP)
    assert translate_all(files, "ht", {("door", STEP): Wish(f" {words}\r\n")}, "jan", DAY).changes == {}
    outcome = translate_all(files, "ht", {("door", STEP): Wish(words, fits=True)}, "jan", DAY)
    assert state(files.changed(outcome.changes), STEP) == "draft"


def test_fits_says_nothing_of_what_is_not_old() -> None:
    """A forged tick beside a good translation changes nobody's name."""
    words = next(e.msgstr for e in entries(FILES, "ht") if e.msgid == STEP)
    assert translate_all(FILES, "ht", {("door", STEP): Wish(words, fits=True)}, "jan", DAY).changes == {}


def test_numbers_may_be_confirmed() -> None:
    """A number written as a word is refused first, then taken; a phone number never is."""
    text = "Rele yon avoka nan 203-234-0000 anvan dis out 2025. Gade https://ctlawhelp.org/ice."
    for sure, wrong in ((False, True), (True, False)):
        outcome = translate_all(FILES, "ht", {("door", SHORT): Wish(text, numbers_ok=sure)}, "jan", DAY)
        assert bool(outcome.faults) is wrong and bool(outcome.changes) is not wrong
    other = translate_all(FILES, "ht", {("door", SHORT): Wish(text.replace("0000", "0001"), numbers_ok=True)}, "jan", DAY)
    assert other.faults and not other.changes


def test_who_has_no_good_name_writes_nothing() -> None:
    """A name with a space would break the comment that the second-person rule reads."""
    with pytest.raises(EditError):
        translate_all(FILES, "ht", {("door", CALM): Wish("Rete kal.")}, "jan pyè", DAY)
