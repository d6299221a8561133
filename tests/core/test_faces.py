"""What each channel shows of an answer: previews and phones get it from the same place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.content import Content
from bot.core.faces import AT_ONCE, ON_MORE, WELCOME, alone, answered, faces, pages
from bot.core.reply import Reply
from bot.core.segments import count
from tests.core.builders import make_notice

URL = "https://example.org"
LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")


def reply(content: Content, today: date, topic: str = "police_ask_status", language: str = "en", town: str | None = None) -> Reply:
    return answered(content, topic, language, town, today, URL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_messages_come_as_a_phone_gets_them(content: Content, today: date, language: str, channel: str) -> None:
    """The first page, our introduction, then a page for each MORE; each with its own count."""
    shown = faces(reply(content, today, language=language), content)
    messages = getattr(shown, channel)
    sent = pages(shown.reply, content, channel, introduced=True)
    assert [m.text for m in messages if m.when != WELCOME] == list(sent)
    assert [m.when for m in messages] == [AT_ONCE, WELCOME, *[ON_MORE] * (len(sent) - 1)]
    assert messages[1].text == alone(content.phrase(language, "sms_first"), channel)
    assert all(m.count == count(m.text) for m in messages)


def test_the_segments_of_the_whole(content: Content, today: date) -> None:
    """All text messages together, the introduction too."""
    shown = faces(reply(content, today, language="zh"), content)
    assert shown.segments == sum(count(message.text).segments for message in shown.sms) > len(shown.sms)


def test_the_first_answer_of_a_chat(content: Content, today: date) -> None:
    """The web says "not advice" once; on a phone the introduction says it."""
    shown = faces(reply(content, today), content)
    advice = content.phrase("en", "not_advice")
    assert advice in shown.reply.notices
    assert not any(advice in message.text for message in shown.sms if message.when != WELCOME)


def test_a_town_is_named_in_the_language(content: Content, today: date) -> None:
    """The answer is that of the town, whose name stands as the language writes it."""
    shown = faces(reply(content, today, language="ar", town="norwalk"), content)
    assert shown.reply.town == "norwalk"
    assert shown.town == content.say("ar", "town", "Norwalk").text != ""


@pytest.mark.parametrize(("topic", "language", "town"), [
    pytest.param("no_such_topic", "en", None, id="topic"),
    pytest.param("police_ask_status", "tlh", None, id="language"),
    pytest.param("police_ask_status", "en", "atlantis", id="town"),
])
def test_what_is_unknown(content: Content, today: date, topic: str, language: str, town: str | None) -> None:
    """An unknown name is an error of who asks, never another answer."""
    with pytest.raises(KeyError):
        reply(content, today, topic, language, town)


def test_a_notice_of_the_day_stands_in_it(content: Content, today: date) -> None:
    """A preview shows the day's notices as residents get them."""
    told = replace(content, notices=(make_notice(text="Route 7 is closed."),))
    shown = faces(reply(told, today), told)
    assert "Route 7 is closed." in shown.reply.notices and "Route 7 is closed." in shown.sms[0].text


def test_words_of_the_page(content: Content, today: date) -> None:
    """The headings come in the reply's language."""
    assert faces(reply(content, today, language="pl"), content).words["heading_steps"] == content.phrase("pl", "heading_steps")
