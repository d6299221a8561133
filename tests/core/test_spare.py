"""The short answer for when Rasa cannot be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.content import Content, Off
from bot.core.faces import pages
from bot.core.spare import nearest_topic, short_answer
from tests.core.builders import make_notice, with_topic

NEAREST = {
    "English": ("ICE is at my door", "en", "ice_at_door"),
    "English, in other order and with signs": ("at my door is ICE!!!", "en", "ice_at_door"),
    "Spanish without accents": ("¿quien me puede ayudar?", "es", "local_help"),
    "Arabic": ("من يستطيع مساعدتي", "ar", "local_help"),
    "Chinese": ("ICE 在我家门口", "zh", "ice_at_door"),
    "nothing of ours": ("What is the weather in Paris tomorrow", "en", None),
    "Polish nonsense": ("xyzzy plugh", "pl", None),
    "signs": ("?!", "en", None),
    "nothing": ("", "en", None),
    "one small word": ("a", "en", None),
    "one pronoun": ("I", "en", None),
    "a no": ("No", "en", None),
    "another need": ("I need food", "en", None),
    "a question word": ("what", "en", None),
    "a greeting": ("hello", "en", None),
    "a Spanish greeting": ("hola buenas tardes", "es", None),
    "Creole thanks": ("mèsi anpil", "ht", None),
    "with a full stop and capitals": ("ICE IS AT MY DOOR.", "en", "ice_at_door"),
    "one Arabic word of ours": ("محامي", "ar", "need_lawyer"),
}


@pytest.mark.parametrize("text, language, topic", NEAREST.values(), ids=NEAREST.keys())
def test_the_nearest_title_is_taken_only_where_it_is_near(content: Content, text: str, language: str, topic: str | None) -> None:
    """A message that shares most words with a title gets that topic; one that shares too little gets none."""
    assert nearest_topic(text, language, content) == topic


def test_every_title_finds_its_own_topic(content: Content) -> None:
    """The suggestions on the page still work without Rasa, in every language."""
    wrong = [
        (code, topic.id) for code in content.languages for topic in content.topics.values() if not topic.is_service
        if nearest_topic(content.say(code, topic.id, topic.title).text, code, content) != topic.id
    ]
    assert wrong == []


@pytest.mark.parametrize("text, topic", [("ICE is at my door", "ice_at_door"), ("xyzzy", "menu_help"), ("I am in danger now", "emergency")],
                         ids=["a topic", "nonsense", "danger"])
@pytest.mark.parametrize("language", ["en", "es", "ht", "pl"])
def test_a_short_answer_says_so_and_names_someone_to_call(
    content: Content, today: date, text: str, topic: str, language: str,
) -> None:
    """The answer admits that it is short, cites nothing, and always has a contact with a number."""
    said = content.say(language, topic, content.topics[topic].title).text if topic != "menu_help" else text
    reply = short_answer(said, language, "norwalk", content, today)
    assert (reply.topic, reply.language, reply.quotes, reply.laws) == (topic, language, (), ())
    assert reply.notices[0] == content.phrase(language, "short_answer")
    assert any(c.phone or c.phone_display for c in reply.contacts)


@pytest.mark.parametrize("text, language, expected", [
    ("移民局在我家门口", "en", "zh"), ("الشرطة عند الباب", "es", "ar"), ("policja", "pl", "pl"),
], ids=["Chinese on an English page", "Arabic on a Spanish page", "Polish on a Polish page"])
def test_script_overrides_the_page(content: Content, today: date, text: str, language: str, expected: str) -> None:
    """Whoever writes Chinese or Arabic is answered so, on whatever page; else the page's language is kept."""
    assert short_answer(text, language, None, content, today).language == expected


@pytest.mark.parametrize("text, language", [("ICE is at my door", "en"), ("ICE 在我家门口", "zh")])
def test_an_answer_switched_off_is_off_without_rasa_too(content: Content, today: date, text: str, language: str) -> None:
    """The short answer says that it was taken down and names someone to call; its first line is gone."""
    off = with_topic(content, replace(content.topics["ice_at_door"], off=Off("Ana", today, "changed")))
    reply = short_answer(text, language, None, off, today)
    assert (reply.topic, reply.first, reply.steps) == ("ice_at_door", None, ())
    assert reply.text == off.phrase(language, "answer_off") and reply.contacts


@pytest.mark.parametrize("text", ["ICE is at my door", "xyzzy"])
def test_a_notice_comes_first_without_rasa_too(content: Content, today: date, text: str) -> None:
    """What is true today stands before everything else that is to be noted."""
    reply = short_answer(text, "en", None, replace(content, notices=(make_notice(),)), today)
    assert reply.notices[:2] == ("Route 7 is closed.", content.phrase("en", "short_answer"))


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ht", "zh", "ar", "pl"])
def test_on_a_phone_somebody_to_call_is_in_the_first_message(language: str, content: Content, today: date) -> None:
    """Whatever was asked, with our introduction or without: nobody has to send MORE to a service that is half away."""
    for topic in content.topics.values():
        title = content.say(language, topic.id, topic.title).text
        reply = short_answer(title, language, "norwalk", content, today)
        numbers = [contact.phone_display for contact in reply.contacts if contact.phone_display]
        for introduced in (True, False):
            first = pages(reply, content, "sms", introduced)[0]
            assert any(number in first for number in numbers), topic.id
