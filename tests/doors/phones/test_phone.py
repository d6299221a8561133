"""Messages from phones: once, in order, in time, within limits; keywords in any state; nothing kept that was not needed."""

from __future__ import annotations

import re
import time

import pytest
from django.core.cache import cache

from bot.core.content import Content
from bot.core.keywords import keyword_table
from bot.core.segments import count, plainer
from bot.doors.public.phones import phone, pseudonyms, queues
from bot.doors.public.phones.call import hotline
from bot.simulator import Phone
from tests.doors.conftest import Door

QUESTION = "Will police ask my status?"


def said(door: Door, body: str, **parameters: str) -> list[str]:
    return [message.text for message in door.text(body, **parameters)]


def test_a_question_is_answered_and_introduced_once(door: Door, content: Content) -> None:
    """The first answer comes with who we are; the second without."""
    first = said(door, QUESTION)
    assert len(first) == 2
    assert first[1] == content.phrase("en", "sms_first")
    assert len(said(door, QUESTION)) == 1


def test_a_repeat_gets_the_same_reply_without_a_second_turn(door: Door) -> None:
    """The provider sends a message again: same texts, one turn."""
    first = said(door, QUESTION, MessageSid="SM1")
    assert said(door, QUESTION, MessageSid="SM1") == first
    assert len(door.brain.asked) == 1


def test_two_copies_at_once_are_one_turn(door: Door) -> None:
    """Both copies get the reply of the one that was first."""
    door.brain.seconds = 0.3
    copies = door.together(*[lambda: said(door, QUESTION, MessageSid="SM1")] * 3)
    assert copies[0] == copies[1] == copies[2]
    assert len(copies[0]) == 2
    assert len(door.brain.asked) == 1


def test_two_messages_of_one_person_are_answered_in_order(door: Door) -> None:
    """The second waits for the first, so its answer builds on it; another person does not wait."""
    door.brain.seconds = 0.3
    answers = door.together(lambda: said(door, "first"), lambda: said(door, "second"), lambda: said(door, "third", From="+12035550199"))
    assert [len(texts) for texts in answers] == [2, 1, 2]
    mine = [message for sender, message in door.brain.asked if sender == door.brain.asked[0][0]]
    assert mine == ["first", "second"]


def test_a_flood_of_one_person_does_not_wait_in_line(door: Door) -> None:
    """More than a few waiting get the short answer at once, so that others find a place."""
    door.brain.seconds = 0.4
    answers = door.together(*[lambda: said(door, QUESTION)] * (queues.MOST_WAITING + 4))
    assert all(answers)
    assert len(door.brain.asked) < len(answers)


def test_who_gives_up_does_not_release_the_others(door: Door) -> None:
    """Five wait; the sixth does not; the five still come one after the other."""
    door.brain.seconds = 0.5
    calls = [lambda n=n: said(door, f"number {n}") for n in range(queues.MOST_WAITING + 3)]
    door.together(*calls)
    asked = [message for _, message in door.brain.asked]
    assert asked == [f"number {n}" for n in range(queues.MOST_WAITING + 1)]


def test_a_process_that_died_does_not_hold_up_its_sender(door: Door) -> None:
    """A ticket that nobody serves any more is passed over."""
    sender = pseudonyms.pseudonym("+12035550123")
    queues._ticket(sender)
    assert len(said(door, QUESTION)) == 2
    assert len(door.brain.asked) == 1


def test_no_answer_in_time_is_the_short_answer(door: Door, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa is slow: the nearest topic by words, someone to call, and the word that it is short."""
    monkeypatch.setattr(phone, "WITHIN_SECONDS", 0.3)
    door.brain.seconds = 2.0
    text = " ".join(said(door, "Will police ask about my status?"))
    assert content.phrase("en", "short_answer") in text
    assert "1-800-453-3320" in text


def test_rasa_is_down(door: Door, content: Content) -> None:
    """The same short answer, at once; what to do now comes before the word that it is short."""
    door.brain.broken = True
    first = said(door, "ICE is at my door")[0]
    assert first.startswith("Keep the door shut.")
    assert content.phrase("en", "short_answer") in first + said(door, "more")[0]


def test_a_failed_turn_is_tried_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """What must not happen happens: 500, and the provider's next try is answered."""
    spend = phone.limits.spend
    monkeypatch.setattr(phone.limits, "spend", lambda _: 1 / 0)
    form = {**Phone(door.settings).form("menu"), "MessageSid": "SM7"}
    assert door.post(form).status_code == 500
    monkeypatch.setattr(phone.limits, "spend", spend)
    assert b"<Message>" in door.post(form).content


STOPS = {
    "English": ("STOP", "en"),
    "with a full stop": ("Stop.", "en"),
    "in a sentence": ("Stop. Thank you", "en"),
    "unsubscribe": ("unsubscribe", "en"),
    "do not text": ("Don’t text me again!", "en"),
    "opt out": ("OPT OUT", "en"),
    "Spanish": ("stop por favor", "en"),
    "Spanish, enough": ("ya no más", "es"),
    "Spanish, baja": ("BAJA", "es"),
    "Spanish, write": ("no me escriban más, gracias", "es"),
    "Portuguese": ("não quero mais mensagens", "pt"),
    "Portuguese, sair": ("SAIR", "pt"),
    "French": ("arrêtez svp", "fr"),
    "French, arrêt": ("ARRET", "fr"),
    "Creole": ("sispann voye mesaj", "ht"),
    "Creole, enough": ("Ase, mèsi", "ht"),
    "Chinese": ("退订", "zh"),
    "Chinese, polite": ("请停止", "zh"),
    "Chinese, traditional": ("取消訂閱", "zh"),
    "Arabic": ("توقفوا من فضلكم", "ar"),
    "Arabic, enough": ("كفاية رسائل", "ar"),
    "Polish": ("Proszę nie pisać", "pl"),
    "Polish, enough": ("dość", "pl"),
}


@pytest.mark.parametrize("text, language", STOPS.values(), ids=STOPS)
def test_stop_is_confirmed_once_and_then_there_is_silence(text: str, language: str, door: Door, content: Content) -> None:
    """In every language and inside a short sentence; START ends the silence; the language model never sees it."""
    assert len(said(door, text)) == 1
    confirmed = content.phrase(language, "sms_stopped")
    assert count(confirmed).segments
    assert said(door, text) == []
    assert said(door, QUESTION) == []
    assert said(door, "") == []
    assert door.brain.asked == []
    assert len(said(door, "START")) == 1
    assert said(door, QUESTION)


@pytest.mark.parametrize("text, language", STOPS.values(), ids=STOPS)
def test_stop_is_confirmed_in_its_language(text: str, language: str, door: Door, content: Content) -> None:
    """A word that belongs to one language is answered in it."""
    assert plainer(said(door, text)[0]) == plainer(content.phrase(language, "sms_stopped"))


NOT_STOP = {
    "police stops": "police stop me what do I do",
    "a checkpoint": "is there a stop on Main Street",
    "ICE stops": "can ICE stop my car",
    "Spanish": "me pararon en la calle",
    "no": "no",
    "French, arrested": "arrêté",
    "Creole, a stop": "kanpe",
    "Chinese, cancelled": "取消了",
    "Spanish, leave": "¿puedo salir?",
    "end of work": "at the end of my shift they came",
}


@pytest.mark.parametrize("text", NOT_STOP.values(), ids=NOT_STOP)
def test_a_question_about_stops_is_a_question(text: str, door: Door) -> None:
    """Nobody is silenced by asking about police stops."""
    assert said(door, text)
    assert len(door.brain.asked) == 1


TOLD = {"STOP": [], "START": [], "HELP": []}


@pytest.mark.parametrize("kind", TOLD)
def test_what_the_provider_answered_is_not_answered_again(kind: str, door: Door) -> None:
    """OptOutType says that the provider has replied itself: we stay silent."""
    assert said(door, kind, OptOutType=kind) == []
    assert (said(door, QUESTION) == []) == (kind == "STOP")


def test_a_start_that_the_provider_answered_ends_the_silence(door: Door) -> None:
    """STOP and START both by the provider: answered again afterwards."""
    said(door, "STOP", OptOutType="STOP")
    assert said(door, "START", OptOutType="START") == []
    assert said(door, QUESTION)


HELPS = {"en": "HELP", "es": "¿ayuda?", "pt": "Ajuda por favor", "fr": "aide svp", "ht": "Èd", "zh": "帮助", "ar": "مساعدة", "pl": "pomoc"}


@pytest.mark.parametrize("language, text", HELPS.items(), ids=HELPS)
def test_help_is_one_segment_with_a_person_to_call(language: str, text: str, door: Door) -> None:
    """Who we are, a human contact, STOP: in one segment, whatever came before."""
    said(door, "2")
    for _ in range(2):
        (message,) = door.text(text)
        assert message.count.segments == 1
        assert "1-800-453-3320" in message.text
        assert "STOP" in message.text


def test_the_number_in_help_is_that_of_free_legal_aid(content: Content) -> None:
    """What the sentence calls free legal aid is a contact of that kind for the whole state."""
    number = hotline(content)
    (contact,) = [c for c in content.contacts.values() if c.phone_display == number]
    assert "legal_aid" in contact.kinds
    assert "statewide" in contact.serves


@pytest.mark.parametrize("language", HELPS)
def test_the_words_that_our_messages_name_are_understood(language: str, content: Content) -> None:
    """Each word in capitals or quotation marks that we tell people to send is a keyword of its kind."""
    table = keyword_table(content)
    named = {"sms_more": "more", "sms_sources": "source", "sms_no_more": "menu", "sms_stopped": "start", "sms_first": "help"}
    for key, kind in named.items():
        text = content.phrase(language, key)
        words = re.findall(r"[«“]([^»”]+)[»”]|([A-ZÀ-ÝĄĆĘŁŃŚŹŻ]{2,})", text)
        kinds = {found.kind for pair in words for word in pair if word and (found := table.read(word))}
        assert kind in kinds, (language, key, text)


def test_more_gives_the_pages_one_by_one(door: Door, content: Content) -> None:
    """Each MORE, in any language, is the next page; after the last it says so."""
    first, _ = said(door, QUESTION)
    pages = int(first.splitlines()[-1].split("/")[1].split()[0])
    rest = [said(door, word)[0] for word in ["MORE", "más", "更多", "plis", "المزيد", "więcej"][: pages - 1]]
    assert [page.splitlines()[-1].split()[0] for page in rest] == [f"{n}/{pages}" for n in range(2, pages + 1)]
    assert len(door.brain.asked) == 1
    assert said(door, "more") == [content.phrase("en", "sms_no_more")]


DIGITS = {"digit": "1", "with bracket": "1)", "keycap": "1️⃣", "Arabic-Indic": "١", "Persian": "۱", "polite": "1 please"}


@pytest.mark.parametrize("digit", DIGITS.values(), ids=DIGITS)
def test_a_digit_chooses(digit: str, door: Door, content: Content) -> None:
    """However it is written, a digit is the choice from the last list."""
    said(door, "menu")
    chosen = said(door, digit)[0]
    assert content.topics["police_ask_status"].short.split(".")[0] in chosen


def test_forget_erases_and_says_what_the_phone_keeps(door: Door, content: Content) -> None:
    """What is held of the number goes: language, pages, introduction; the next message is a first one again."""
    said(door, QUESTION)
    sender = door.brain.asked[0][0]
    assert cache.get(f"thread:{sender}") is not None
    assert said(door, "forget me") == [content.phrase("en", "sms_forgotten")]
    assert cache.get(f"thread:{sender}") is None
    assert door.brain.memories[sender].topic is None
    assert len(said(door, QUESTION)) == 2


def test_forget_after_stop_keeps_the_silence(door: Door) -> None:
    """Somebody who wanted silence is not answered because of a second wish."""
    said(door, "stop")
    assert said(door, "forget") == []
    assert said(door, QUESTION) == []


def test_stop_forgets_the_chat_everywhere(door: Door) -> None:
    """Whoever wants silence is forgotten at once, in the door and in Rasa; only the wish itself stays."""
    said(door, QUESTION)
    sender = door.brain.asked[0][0]
    said(door, "STOP")
    assert door.brain.asked[-1] == (sender, "/forget")
    assert door.brain.memories[sender].topic is None
    assert cache.get(f"thread:{sender}") is None


def test_confirmations_cannot_spend_everybodys_segments(door: Door) -> None:
    """What STOP, START and FORGET do is always done; that it is done is said three times an hour at most."""
    assert [len(said(door, word)) for word in ("forget", "stop", "start", "stop", "start", "forget")] == [1, 1, 1, 0, 0, 0]
    assert said(door, QUESTION)


def test_what_was_forgotten_is_out_of_reach_even_if_rasa_is_down(door: Door) -> None:
    """FORGET while Rasa does not answer: the next message begins under a new name, so nothing old can come back."""
    said(door, QUESTION)
    door.brain.broken = True
    said(door, "forget")
    door.brain.broken = False
    said(door, "more")
    names = [sender for sender, message in door.brain.asked if message != "/forget"]
    assert names[0] != names[-1]
    assert door.brain.memories[names[-1]].topic is None


def test_a_late_answer_does_not_bring_back_what_was_forgotten(door: Door) -> None:
    """A turn that was still under way when the sender said STOP holds nothing afterwards."""
    door.brain.seconds = 0.5
    door.together(lambda: said(door, QUESTION), *[lambda: said(door, QUESTION)] * queues.MOST_WAITING, lambda: said(door, "stop"))
    sender = door.brain.asked[0][0]
    assert cache.get(f"thread:{sender}") is None


def test_digits_mean_what_this_phone_has_shown(door: Door, content: Content) -> None:
    """Also where the list came with a short answer of which Rasa knows nothing."""
    said(door, "menu")
    door.brain.broken = True
    shown = " ".join(said(door, "qwertz asdf"))
    door.brain.broken = False
    number, title = next(line.split(" ", 1) for line in shown.splitlines() if line.startswith("2 "))
    chosen = next(t for t in content.topics.values() if t.title == title)
    said(door, number)
    assert door.brain.asked[-1][1] == f"/{chosen.id}"


def test_forget_works_over_the_limit(door: Door, content: Content) -> None:
    """Nobody waits to be forgotten."""
    door.limit(sender_hour=1)
    said(door, QUESTION)
    said(door, QUESTION)
    assert said(door, "forget") == [content.phrase("en", "sms_forgotten")]


def test_a_languages_own_name_changes_the_language(door: Door, content: Content) -> None:
    """The last answer comes again in it, and what the door says itself follows."""
    said(door, QUESTION)
    assert "Español" in " ".join(said(door, "Español"))
    assert said(door, "", NumMedia="1")[0] == content.phrase("es", "sms_text_only")


NO_TEXT = {
    "empty": {"Body": ""},
    "blank": {"Body": " \u3000\n"},
    "photo": {"NumMedia": "1", "MediaUrl0": "http://127.0.0.1:9/x.jpg", "MediaContentType0": "image/jpeg"},
    "voice note": {"NumMedia": "1", "MediaUrl0": "http://127.0.0.1:9/x.ogg", "MediaContentType0": "audio/ogg"},
    "location": {"Latitude": "41.1", "Longitude": "-73.4"},
    "contact": {"NumMedia": "1", "MediaContentType0": "text/vcard", "MediaUrl0": "http://127.0.0.1:9/x"},
    "many media": {"NumMedia": "10"},
    "media that are no number": {"NumMedia": "many"},
}


@pytest.mark.parametrize("number", ["+12035550123", "whatsapp:+12035550123"])
@pytest.mark.parametrize("parameters", NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_text_gets_a_polite_reply(parameters: dict[str, str], number: str, door: Door, content: Content) -> None:
    """No media is fetched: nothing listens at its address, and no turn is taken."""
    replies = door.text("", number, **parameters)
    assert [r.text for r in replies] == [content.phrase("en", "sms_text_only")]
    assert door.brain.asked == []


def test_a_photo_with_a_question_is_answered(door: Door) -> None:
    """The words count."""
    assert len(said(door, QUESTION, NumMedia="1")) == 2


REFUSED = {"a command": ("/restart", "error_command"), "a command behind a zero byte": ("\x00/restart", "error_command")}


@pytest.mark.parametrize("text, key", REFUSED.values(), ids=REFUSED)
def test_commands_are_never_run(text: str, key: str, door: Door, content: Content) -> None:
    """A resident's text never reaches Rasa as a command."""
    assert said(door, text) == [content.phrase("en", key)]
    assert door.brain.asked == []


def test_one_senders_limit(door: Door, content: Content) -> None:
    """Over the limit one message with someone to call, then silence; STOP still counts; others are answered."""
    door.limit(sender_hour=2)
    assert said(door, QUESTION)
    assert said(door, QUESTION)
    (told,) = said(door, QUESTION)
    assert told == content.phrase("en", "sms_limit", phone="1-800-453-3320")
    assert said(door, QUESTION) == []
    assert said(door, "help") == []
    assert said(door, QUESTION, From="+12035550199")
    assert said(door, "STOP") == [content.phrase("en", "sms_stopped")]


def test_the_days_budget(door: Door) -> None:
    """When the day's segments are spent, each sender is told once."""
    door.limit(segments_day=3)
    assert len(said(door, QUESTION)) == 2
    for number in ("+12035550123", "+12035550199"):
        assert len(door.text(QUESTION, number)) == 1
        assert door.text(QUESTION, number) == ()


def test_all_senders_limit(door: Door) -> None:
    """More than so many messages in a minute: told once each."""
    door.limit(all_minute=1)
    assert len(said(door, QUESTION)) == 2
    assert len(said(door, QUESTION, From="+12035550199")) == 1
    assert said(door, QUESTION, From="+12035550199") == []


def test_whatsapp_has_longer_pages_and_the_same_choices(door: Door) -> None:
    """One page instead of four, letters as written."""
    page, _ = door.text(QUESTION, "whatsapp:+12035550123")
    assert len(page.text) <= 1500
    assert "“" in page.text
    assert door.text("1", "whatsapp:+12035550123")


def test_sms_and_whatsapp_of_one_number_share_a_stop(door: Door) -> None:
    """Who wants silence wants it on both."""
    said(door, "stop")
    assert door.text(QUESTION, "whatsapp:+12035550123") == ()


def test_the_pseudonym_changes_and_the_silence_stays(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 30 days the same number has another name; a STOP from before still holds."""
    said(door, QUESTION)
    said(door, "stop")
    later = time.time() + pseudonyms.PERIOD_SECONDS
    name = pseudonyms.pseudonym("+12035550123")
    monkeypatch.setattr(pseudonyms.time, "time", lambda: later)
    assert pseudonyms.pseudonym("+12035550123") != name
    assert said(door, QUESTION) == []
