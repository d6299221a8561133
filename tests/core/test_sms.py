"""The face on a phone: what comes first, what waits, what is never parted or altered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.compose import compose
from bot.core.content import WITHDRAWN, Content, Said
from bot.core.direction import END_ISOLATE, ISOLATE
from bot.core.exchange import Memory, Question, Setting
from bot.core.pages import MOST_SEGMENTS, SMS, WHATSAPP, Piece, Run, paginate
from bot.core.reply import Reply, read_payload
from bot.core.segments import count, plainer
from bot.core.sms import pieces
from bot.core.turn import respond
from tests.core.builders import make_notice, make_topic, with_topic

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")


def pages(reply: Reply, content: Content, introduced: bool = True) -> tuple[str, ...]:
    return paginate(pieces(reply, content, introduced), SMS, content.phrase(reply.language, "sms_more"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_fits(language: str, content: Content, today: date) -> None:
    """Each topic, for each town with statements and for none: no page over 3 segments GSM-7 or 4 UCS-2."""
    towns = [None, *(t.id for t in content.towns.values() if t.statements)]
    for topic in content.topics:
        for town in towns:
            for page in pages(compose(topic, language, town, content, today, {"url": "http://localhost:8000", "town": "x"}), content):
                counted = count(page)
                assert counted.segments <= MOST_SEGMENTS[counted.encoding], (topic, town, page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_and_the_number_come_first(language: str, content: Content, today: date) -> None:
    """ICE at the door: the first page opens with what to do now and holds someone to call."""
    first = pages(compose("ice_at_door", language, None, content, today), content)[0]
    told = content.say(language, "ice_at_door", content.topics["ice_at_door"].first or "").text
    assert plainer(first).startswith(plainer(told))
    assert "1-800-453-3320" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_is_letter_by_letter_and_cited(language: str, content: Content, today: date) -> None:
    """The words stand exactly as verified, with who and when in the same message."""
    reply = compose("police_ask_status", language, "westport", content, today)
    page = next(p for p in pages(reply, content) if content.quotes["westport-chief-2019-treat-equally"].text in p)
    assert "2019" in page.split(content.quotes["westport-chief-2019-treat-equally"].text)[1][:90]


def test_a_curly_apostrophe_of_a_quotation_is_not_made_straight(content: Content, today: date) -> None:
    """The New Haven order has a curly apostrophe; it costs the dearer encoding and stays."""
    shown = " ".join(pages(compose("police_ask_status", "en", "new-haven", content, today), content))
    assert "a person’s immigration status unless investigating criminal activity" in shown


def test_a_report_is_never_in_quotation_marks(content: Content, today: date) -> None:
    """A reporter's words are named a report and stand without quotation marks."""
    for topic in content.topics:
        for town in ("westport", "norwalk", "new-haven"):
            reply = compose(topic, "en", town, content, today, {"url": "x", "town": "x"})
            for quote in reply.quotes:
                if quote.kind == "paraphrase":
                    assert quote.cite.startswith("As reported by ")
                    text = " ".join(pages(replace(reply, quotes=(quote,)), content))
                    assert f'"{quote.text}' not in text
                    assert f"“{quote.text}" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_links_stand_on_their_own_lines(language: str, content: Content, today: date) -> None:
    """A number is what a finger taps: nothing else on its line, and isolated in right-to-left text, in the bytes."""
    reply = compose("need_lawyer", language, "norwalk", content, today)
    lines = [line for page in pages(reply, content) for line in page.splitlines()]
    wanted = [c.phone_display or c.url for c in reply.contacts if c.phone_display or c.url]
    wanted += [display for c in reply.contacts for _, _, display in c.lines]
    for number in wanted:
        assert (f"{ISOLATE}{number}{END_ISOLATE}" if language == "ar" else number) in lines
    if language == "ar":
        assert "\u2068".encode("utf-16-be") == b"\x20\x68"
        assert all(page[0] >= "\u0600" for page in pages(reply, content)[:1])


def test_choices_are_numbered_as_the_memory_has_them(content: Content, today: date) -> None:
    """The digits on the phone are the places in the list that a digit chooses from."""
    turn = respond(Question("menu_help"), Memory(), Setting(content, today))
    shown = " ".join(pages(turn.reply, content))
    for number, topic in enumerate(turn.memory.choices, 1):
        assert f"{number} {content.topics[topic].title}" in shown


def test_the_introduction_replaces_the_disclaimer(content: Content, today: date) -> None:
    """Information, not legal advice: said by the introduction the first time, so not twice."""
    turn = respond(Question("trust_act"), Memory(), Setting(content, today))
    said = content.phrase("en", "not_advice")
    assert said not in " ".join(pages(turn.reply, content, introduced=True))
    assert said in " ".join(pages(turn.reply, content, introduced=False))


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_draft_says_so_on_the_first_page(language: str, content: Content, today: date) -> None:
    """Translations that no speaker has checked are shown with a notice, never behind MORE."""
    reply = compose("trust_act", language, None, content, today)
    assert content.phrase(language, "draft_notice") in reply.notices
    told = content.phrase(language, "sms_draft")
    everything = paginate(pieces(reply, content, True), WHATSAPP, "")
    assert told in everything[0]


def test_sources_are_written_out(content: Content, today: date) -> None:
    """SOURCE sends each quotation with speaker, post, paper, date and link, and each law with its status."""
    memory = respond(Question("police_ask_status", chosen_town="westport"), Memory(), Setting(content, today)).memory
    reply = respond(Question("source_request"), memory, Setting(content, today)).reply
    shown = "\n".join(pages(reply, content))
    assert reply.act == "sources"
    for quote in reply.quotes:
        assert quote.attribution in shown
        assert quote.url is None or quote.url in shown.splitlines()
    for law in reply.laws:
        assert law.status_text.split(".")[0] in " ".join(shown.split())


def test_a_payload_becomes_the_same_reply(content: Content, today: date) -> None:
    """What travels as JSON between the processes is read back without loss."""
    reply = compose("police_ask_status", "ar", "westport", content, today)
    assert read_payload({**reply.payload(), "confidence": 0.9}) == reply


SENTENCES = {
    "help in one segment": ("sms_help", 1, 1), "introduction in two": ("sms_first", 2, 2), "stopped in one": ("sms_stopped", 1, 1),
    "limit in two": ("sms_limit", 2, 2),
}


@pytest.mark.parametrize("key, gsm, ucs", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_messages_are_short(language: str, key: str, gsm: int, ucs: int, content: Content) -> None:
    """In every language, with the real number in it."""
    phone = f"{ISOLATE}1-800-453-3320{END_ISOLATE}" if language == "ar" else "1-800-453-3320"
    values = {"phone": phone} if "{phone}" in content.phrases[key] else {}
    text = SMS.write((Piece((Run(content.phrase(language, key, **values)),)),))
    assert count(text).segments <= (gsm if count(text).encoding == "GSM-7" else ucs), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["ice_at_door", "trust_act", "menu_help"])
def test_a_notice_stands_between_the_short_answer_and_the_rest(topic: str, language: str, content: Content, today: date) -> None:
    """First what to do now and the short answer, then what is true today, then every other notice and choice."""
    given = replace(content, notices=(make_notice(),))
    reply = respond(Question(topic, explicit_language=language), Memory(), Setting(given, today)).reply
    texts = [piece.text.strip(f"{ISOLATE}{END_ISOLATE}") for piece in pieces(reply, given, True)]
    place = texts.index("Route 7 is closed.")
    said = " ".join(texts[:place]).replace(" ", "")
    assert said.endswith(reply.short.replace(" ", ""))
    assert given.phrase(language, "sms_choose") not in texts[:place]
    assert not any(notice in texts[:place] for notice in reply.notices[1:])


def test_a_notice_comes_with_the_sources(content: Content, today: date) -> None:
    """SOURCE is an answer too."""
    given = replace(content, notices=(make_notice(),))
    memory = respond(Question("trust_act"), Memory(), Setting(given, today)).memory
    reply = respond(Question("source_request"), memory, Setting(given, today)).reply
    assert [piece.text for piece in pieces(reply, given, True)][1] == "Route 7 is closed."


@pytest.mark.parametrize("language", ["zh", "ar"])
def test_a_withdrawn_translation_is_told_before_the_rest(language: str, content: Content, today: date) -> None:
    """That the rules have changed is said at once, not behind MORE like what is missing."""
    table = {language: {("subject", "A short answer."): Said("A short answer.", WITHDRAWN)}}
    given = replace(with_topic(content, make_topic(steps=("A step.",))), translations=table)
    texts = [piece.text for piece in pieces(compose("subject", language, None, given, today), given, True)]
    places = [next(n for n, text in enumerate(texts) if words in text) for words in ("The rules have", "A step.", "Part of this is")]
    assert places == sorted(places)
