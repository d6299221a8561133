"""Notices that hold for some days: when, where, and in which place of a reply they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.compose import compose
from bot.core.content import DRAFT, WITHDRAWN, Content, Notice, Said
from bot.core.direction import END_ISOLATE, ISOLATE
from bot.core.notices import all_texts, announce, announced, in_force, of_page
from tests.core.builders import make_notice, make_topic, with_topic

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 3)
EVERYBODY = make_notice("all", FIRST, LAST)
NORWALK = make_notice("norwalk", FIRST, LAST, text="The office is closed.", towns=("norwalk",))
ARABIC = {"ar": {("notice.all", EVERYBODY.text): Said("الطريق 7 مغلق.", DRAFT), ("town", "Norwalk"): Said("نورووك", DRAFT)}}


def _with(content: Content, *notices: Notice) -> Content:
    return replace(with_topic(content, make_topic()), notices=notices, translations=ARABIC)


def _texts(content: Content, language: str, topic: str, town: str | None) -> tuple[str, ...]:
    return announce(compose(topic, language, town, content, FIRST, {"url": "", "town": ""}), content, FIRST).notices


@pytest.mark.parametrize("today, shown", [
    pytest.param(FIRST - timedelta(days=1), [], id="the day before"),
    pytest.param(FIRST, ["all"], id="the first day"),
    pytest.param(LAST, ["all"], id="the last day"),
    pytest.param(LAST + timedelta(days=1), [], id="the day after"),
])
def test_a_notice_begins_and_ends_by_itself(content: Content, today: date, shown: list[str]) -> None:
    """From its first day to its last, both counted, and not an hour of another day."""
    assert [notice.id for notice in in_force(_with(content, EVERYBODY), today)] == shown


@pytest.mark.parametrize("town, shown", [
    pytest.param(None, ["all", "norwalk"], id="no town named"),
    pytest.param("norwalk", ["all", "norwalk"], id="its town"),
    pytest.param("westport", ["all"], id="another town"),
])
def test_a_page_shows_all_where_no_town_is_named(content: Content, town: str | None, shown: list[str]) -> None:
    """Whoever reads a page has perhaps not said where he or she lives; another town's notice is left out."""
    assert [notice.id for notice in of_page(_with(content, EVERYBODY, NORWALK), FIRST, town)] == shown


@pytest.mark.parametrize("town, shown", [
    pytest.param(None, [EVERYBODY.text], id="no town named"),
    pytest.param("norwalk", [EVERYBODY.text, "Norwalk: The office is closed."], id="its town"),
    pytest.param("westport", [EVERYBODY.text], id="another town"),
])
def test_a_reply_shows_a_towns_notice_to_whoever_named_the_town(content: Content, town: str | None, shown: list[str]) -> None:
    """In a conversation a town's notice waits until that town was named, and says for which town it is."""
    assert list(_texts(_with(content, EVERYBODY, NORWALK), "en", "subject", town)) == shown


def test_notices_come_before_those_of_the_answer(content: Content) -> None:
    """What is true today stands before how far the translation can be trusted."""
    given = _with(content, EVERYBODY)
    notices = _texts(given, "ar", "subject", None)
    assert notices[0] == "الطريق 7 مغلق."
    assert given.phrase("ar", "missing_notice") in notices[1:]


@pytest.mark.parametrize("topic, carries", [
    ("greet", True), ("menu_help", True), ("thanks", False), ("goodbye", False), ("emergency", False), ("trust_act", True),
])
def test_talk_about_the_service_carries_notices_only_where_it_opens(content: Content, topic: str, carries: bool) -> None:
    """Greeting, menu and answers carry them; thanks and goodbye are not burdened, and danger does not wait."""
    assert (EVERYBODY.text in _texts(_with(content, EVERYBODY), "en", topic, None)) is carries


def test_an_untranslated_notice_says_so_where_the_answer_had_no_need_to(content: Content) -> None:
    """A new notice is in English at first; the reply then says that a part of it is, once."""
    given = _with(content, NORWALK)
    reply = replace(compose("subject", "ar", "norwalk", given, FIRST), notices=())
    notices = announce(reply, given, FIRST).notices
    assert notices[0] == f"نورووك: {ISOLATE}The office is closed.{END_ISOLATE}"
    assert notices.count(given.phrase("ar", "missing_notice")) == 1


def test_english_in_arabic_keeps_its_own_direction(content: Content) -> None:
    """A notice without a translation is isolated as a whole, so that its full stop stays at its end."""
    assert announced(EVERYBODY, "ar", replace(content, translations={})).text == f"{ISOLATE}Route 7 is closed.{END_ISOLATE}"
    assert announced(EVERYBODY, "ar", _with(content, EVERYBODY)).text == "الطريق 7 مغلق."
    assert announced(EVERYBODY, "zh", replace(content, translations={})).text == "Route 7 is closed."


def test_a_notice_for_two_towns_names_both(content: Content) -> None:
    """The names stand before the text, in the order of the file."""
    both = replace(NORWALK, towns=("westport", "norwalk"))
    assert announced(both, "en", content).text == "Westport / Norwalk: The office is closed."


def test_a_notice_whose_translation_was_withdrawn_is_english(content: Content) -> None:
    """Where the notice's sense changed the old words are not shown."""
    table = {"pl": {(EVERYBODY.context, EVERYBODY.text): Said(EVERYBODY.text, WITHDRAWN)}}
    given = replace(with_topic(content, make_topic(section="A")), notices=(EVERYBODY,), translations=table)
    assert given.phrases["withdrawn_notice"] in _texts(given, "pl", "subject", None)


def test_a_phone_knows_notices_by_their_words(content: Content) -> None:
    """Every notice of the content, as it would stand in a reply of the language."""
    assert all_texts("en", _with(content, EVERYBODY, NORWALK)) == {EVERYBODY.text, "Norwalk: The office is closed."}
