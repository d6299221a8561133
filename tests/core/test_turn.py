"""Whole conversations at the level of the core: what is said and what is remembered, turn by turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.clarify import MOST_CHOICES
from bot.core.compose import compose
from bot.core.content import Content, Off
from bot.core.exchange import Memory, Question, Setting
from bot.core.reply import Reply
from bot.core.speech import Guess
from bot.core.towns import town_finder
from bot.core.turn import FALLBACK, HANDLERS, respond
from tests.core.builders import make_notice, with_topic

URL = "https://example.org"
NEAR = (("ice_at_door", 0.3), ("right_to_silence", 0.2), ("sanctuary", 0.1), ("trust_act", 0.09))
LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")


def sure(code: str, words: int = 8) -> Guess:
    """What the identifier thinks of a long clear sentence."""
    return Guess(code, 0.97, "en" if code != "en" else "es", 0.02, words)


UNSURE = Guess("es", 0.5, "pt", 0.45, 4)


class Talk:
    """One conversation: says what was understood, keeps what is remembered."""

    def __init__(self, content: Content, today: date) -> None:
        self.setting = Setting(content, today, URL)
        self.memory = Memory()

    def say(self, intent: str, language: str | None = None, **heard: Any) -> Reply:
        guess = heard.pop("guess", sure(language) if language else None)
        turn = respond(Question(intent, guess=guess, **heard), self.memory, self.setting)
        self.memory = turn.memory
        return turn.reply

    def phrase(self, language: str, key: str, /, **values: object) -> str:
        return self.setting.content.phrase(language, key, **values)


@pytest.fixture
def talk(content: Content, today: date) -> Talk:
    return Talk(content, today)


@pytest.fixture(scope="module")
def said(content: Content, today: date) -> Callable[..., Reply]:
    """What a topic's answer is, for comparison."""
    def answer(topic: str, language: str, town: str | None = None) -> Reply:
        return compose(topic, language, town, content, today, {"url": URL, "town": ""})
    return answer


# Town

def test_a_named_town_is_kept(talk: Talk, said: Callable[..., Reply]) -> None:
    """A town named once holds for the questions after it."""
    talk.say("police_work_with_ice", "es", town="westport")
    reply = talk.say("police_ask_status", "es")
    assert (reply.town, reply.short) == ("westport", said("police_ask_status", "es", "westport").short)


TOWNS = {
    "named in the message": ({"town": "norwalk", "chosen_town": "westport"}, "norwalk"),
    "chosen on the page": ({"chosen_town": "westport"}, "westport"),
    "kept": ({}, "new-haven"),
}


@pytest.mark.parametrize("heard, town", TOWNS.values(), ids=TOWNS.keys())
def test_the_message_beats_the_page_beats_the_memory(talk: Talk, heard: dict[str, str], town: str) -> None:
    """The town in the message counts first, then the one chosen on the page, then the one remembered."""
    talk.memory = Memory(town="new-haven")
    assert talk.say("trust_act", "en", **heard).town == talk.memory.town == town


FOLLOW_UPS = {
    "English": ("en", "and in Norwalk?"), "Spanish": ("es", "¿y en Norwalk?"), "Portuguese": ("pt", "e em Norwalk?"),
    "French": ("fr", "et à Norwalk ?"), "Creole": ("ht", "e nan Nouok?"), "Chinese": ("zh", "那诺沃克呢？"),
    "Arabic": ("ar", "و في نورووك؟"), "Polish": ("pl", "a w Norwalku?"),
}


@pytest.mark.parametrize("language, text", FOLLOW_UPS.values(), ids=FOLLOW_UPS.keys())
def test_and_in_norwalk_asks_the_last_question_again(talk: Talk, said: Callable[..., Reply], language: str, text: str) -> None:
    """A follow-up that only names a town gives the last topic's answer for that town, in the same language."""
    talk.say("police_work_with_ice", language, town="westport")
    found = town_finder(talk.setting.content.towns.values()).find(text)
    assert found is not None
    reply = talk.say("inform_town", text=text, town=found.town, guess=sure(language, 3))
    assert (reply.topic, reply.language, reply.town) == ("police_work_with_ice", language, "norwalk")
    assert reply.short == said("police_work_with_ice", language, "norwalk").short


@pytest.mark.parametrize("heard", [
    {"intent": FALLBACK, "town": "norwalk", "ranking": NEAR}, {"intent": "sanctuary", "town": "norwalk", "town_alone": True},
], ids=["not understood", "taken for another topic"])
def test_a_town_alone_continues_the_topic(talk: Talk, heard: dict[str, Any]) -> None:
    """A town's name after an answer means that answer's topic, whatever the model made of it."""
    talk.say("police_ask_status", "en", town="westport")
    reply = talk.say(guess=sure("en", 1), **heard)
    assert (reply.topic, reply.town) == ("police_ask_status", "norwalk")


def test_a_town_alone_at_the_start_is_no_answer_to_something_else(talk: Talk) -> None:
    """Without an earlier topic the message is taken as it was understood."""
    assert talk.say("inform_town", "en", town="norwalk", town_alone=True).topic == "inform_town"


@pytest.mark.parametrize("intent", ["repeat_more", "source_request", "inform_town", "choose", "nlu_fallback", "taken_back"])
def test_a_topic_that_was_taken_back_is_forgotten(content: Content, today: date, intent: str) -> None:
    """A conversation or a model that still knows a topic which is not there any more gets an answer, never an error."""
    memory = Memory(topic="taken_back", choices=("taken_back", "trust_act"))
    ranking = (("taken_back", 0.9), ("trust_act", 0.05))
    turn = respond(Question(intent, ranking=ranking, number=1, town="norwalk"), memory, Setting(content, today, URL))
    assert turn.reply.text
    assert turn.memory.topic != "taken_back"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_town_before_any_question_is_thanked_for(talk: Talk, language: str) -> None:
    """Without a topic, the town is remembered, named in the answer, and used for the next question."""
    content = talk.setting.content
    reply = talk.say("inform_town", language, town="new-haven")
    assert reply.topic == "inform_town" and content.say(language, "town", "New Haven").text in reply.text
    assert talk.say("police_ask_status", language).town == "new-haven"


def test_a_place_we_do_not_know_gets_those_who_help(talk: Talk) -> None:
    """Where someone tells a place that is no town of ours, the answer is who helps, everywhere."""
    assert talk.say("inform_town", "en", text="I live in Boston").topic == "local_help"


# Sources, once more

@pytest.mark.parametrize("language", LANGUAGES)
def test_the_source_of_an_answer_is_its_passages_alone(talk: Talk, language: str) -> None:
    """Asked for the source, the bot shows the last answer's quotations and laws, and nothing else of it."""
    before = talk.say("police_work_with_ice", language, town="westport")
    reply = talk.say("source_request", language)
    assert reply.text == talk.phrase(language, "sources_of_answer")
    assert (reply.quotes, reply.laws) == (before.quotes, before.laws) and reply.quotes
    assert (reply.first, reply.steps, reply.contacts, reply.caution) == (None, (), (), None)
    assert talk.memory.topic == "police_work_with_ice"


@pytest.mark.parametrize("topic, text", [("family_plan", "no_source"), ("ice_at_door", "sources_of_answer")])
def test_an_answer_without_source_admits_it(talk: Talk, topic: str, text: str) -> None:
    """Advice that rests on neither statement nor law says so; laws alone are a source."""
    talk.say(topic, "en")
    assert talk.say("source_request", "en").text == talk.phrase("en", text)


@pytest.mark.parametrize("intent", ["source_request", "repeat_more"])
def test_without_an_answer_there_is_nothing_to_come_back_to(talk: Talk, said: Callable[..., Reply], intent: str) -> None:
    """Before any answer, asking for more or for the source is answered with how to ask."""
    assert talk.say(intent, "fr").text == said(intent, "fr").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_once_more_is_the_last_answer(talk: Talk, language: str) -> None:
    """Asked again, the bot gives the same answer for the same town, also after thanks."""
    before = talk.say("report_crime", language, town="norwalk")
    talk.say("thanks", language)
    again = talk.say("repeat_more", language)
    assert (again.topic, again.text, again.quotes, again.contacts) == ("report_crime", before.text, before.quotes, before.contacts)


# Language

WANTED = {
    "Spanish": ("en", "en español por favor", "es"), "English": ("es", "english please", "en"), "Chinese": ("en", "请说中文", "zh"),
    "Arabic": ("en", "بالعربي لو سمحت", "ar"), "Polish": ("en", "po polsku proszę", "pl"), "Portuguese": ("es", "em português", "pt"),
    "Creole": ("fr", "mwen vle kreyòl ayisyen", "ht"), "French": ("ht", "an franse silvouplè", "fr"),
}


@pytest.mark.parametrize("before, text, wanted", WANTED.values(), ids=WANTED.keys())
def test_the_last_answer_comes_again_in_the_language_asked_for(
    talk: Talk, said: Callable[..., Reply], before: str, text: str, wanted: str,
) -> None:
    """"En español por favor" gives the last answer again in Spanish, and says first that it will stay so."""
    talk.say("ice_at_door", before, town="westport")
    reply = talk.say("change_language", text=text, guess=sure(before))
    name = talk.setting.content.languages[wanted].name
    assert (reply.topic, reply.language, reply.town) == ("ice_at_door", wanted, "westport")
    assert reply.text == said("ice_at_door", wanted, "westport").text
    assert reply.notices[0] == talk.phrase(wanted, "language_set", language=name)


def test_a_chosen_language_stays(talk: Talk) -> None:
    """After an explicit choice no sentence in another language, however long and clear, changes it."""
    talk.say("change_language", "en", text="kreyòl")
    assert [talk.say("ice_at_door", code).language for code in ("en", "zh")] == ["ht", "ht"]


def test_a_conversation_keeps_its_language_unless_a_clear_sentence_breaks_it(talk: Talk) -> None:
    """Without a choice, one word of another language changes nothing; a clear sentence does."""
    talk.say("ice_at_door", "pl")
    assert talk.say("affirm", guess=sure("en", 1)).language == "pl"
    assert talk.say("trust_act", "en").language == "en"


def test_a_language_before_any_question_is_confirmed(talk: Talk) -> None:
    """Without an answer to repeat, the bot says in the new language that it will use it."""
    reply = talk.say("change_language", "en", text="العربية")
    assert (reply.language, reply.text) == ("ar", talk.phrase("ar", "language_set", language="العربية"))


def test_an_unnamed_language_gets_the_list(talk: Talk) -> None:
    """Asked to change without saying to what, the bot offers all eight, each in its own script, and a number chooses."""
    talk.say("ice_at_door", "es")
    reply = talk.say("change_language", "es", text="otro idioma")
    assert [s.topic for s in reply.suggestions] == [f"language.{code}" for code in LANGUAGES]
    assert [s.label for s in reply.suggestions][5:7] == ["中文", "العربية"]
    chosen = talk.say("choose", number=7)
    assert (chosen.language, chosen.topic, talk.memory.explicit) == ("ar", "ice_at_door", True)


def test_between_two_close_languages_the_bot_answers_and_asks_in_both(talk: Talk, said: Callable[..., Reply]) -> None:
    """The answer does not wait: it comes in the likelier language, with the question in both and both as first choices."""
    reply = talk.say("ice_at_door", guess=UNSURE)
    assert reply.text == said("ice_at_door", "es").text
    assert reply.notices[-2:] == tuple(talk.phrase(c, "language_unsure", first="Español", second="Português") for c in ("es", "pt"))
    assert [s.topic for s in reply.suggestions[:2]] == ["language.es", "language.pt"]
    assert [s.topic for s in reply.suggestions[2:]] == [s.topic for s in said("ice_at_door", "es").suggestions]


def test_the_language_is_asked_only_once(talk: Talk) -> None:
    """The next message in doubt is answered without the question."""
    talk.say("greet", guess=UNSURE)
    reply = talk.say("ice_at_door", guess=UNSURE)
    assert not any(s.topic.startswith("language.") for s in reply.suggestions)
    assert talk.phrase("pt", "language_unsure", first="Español", second="Português") not in reply.notices


def test_a_number_answers_the_question_about_the_language(talk: Talk) -> None:
    """"2" takes the second language and gives the answer again in it."""
    talk.say("ice_at_door", guess=UNSURE)
    reply = talk.say("choose", number=2)
    assert (reply.language, reply.topic, talk.memory.explicit) == ("pt", "ice_at_door", True)


@pytest.mark.parametrize("heard", [{"explicit_language": "es"}, {"page_language": "es"}], ids=["chosen", "the page's"])
def test_whoever_chose_a_language_is_not_asked(talk: Talk, heard: dict[str, str]) -> None:
    """A choice, or the page written on, settles a doubt."""
    assert len(talk.say("ice_at_door", guess=UNSURE, **heard).suggestions) == 3


# Not understood

@pytest.mark.parametrize("language", LANGUAGES)
def test_not_understood_offers_the_three_nearest(talk: Talk, language: str) -> None:
    """The first miss asks back with the nearest topics by their titles, never more than three."""
    content = talk.setting.content
    reply = talk.say(FALLBACK, language, ranking=NEAR)
    near = [name for name, _ in NEAR[:MOST_CHOICES]]
    assert (MOST_CHOICES, reply.text) == (3, talk.phrase(language, "fallback_choices"))
    assert [(s.topic, s.label) for s in reply.suggestions] == [(n, content.say(language, n, content.topics[n].title).text) for n in near]
    assert (talk.memory.misses, talk.memory.choices) == (1, tuple(near))


RANKINGS = {
    "a chance too small is not offered": ((("trust_act", 0.5), ("sanctuary", 0.04), ("emergency", 0.039)), ("trust_act", "sanctuary")),
    "small talk is not offered": (
        (("out_of_scope", 0.6), ("affirm", 0.5), ("deny", 0.5), ("thanks", 0.4), ("goodbye", 0.4), ("sanctuary", 0.2), ("trust_act", 0.1)),
        ("sanctuary", "trust_act")),
    "what is no topic is not offered": (
        (("nlu_fallback", 0.5), ("choose", 0.4), ("trust_act", 0.2), ("sanctuary", 0.1)), ("trust_act", "sanctuary")),
}


@pytest.mark.parametrize("ranking, offered", RANKINGS.values(), ids=RANKINGS.keys())
def test_only_likely_topics_are_offered(talk: Talk, ranking: tuple[tuple[str, float], ...], offered: tuple[str, ...]) -> None:
    """Choices are topics one may have meant; two of them are asked about with fewer words."""
    reply = talk.say(FALLBACK, "en", ranking=ranking)
    assert (tuple(s.topic for s in reply.suggestions), reply.text) == (offered, talk.phrase("en", "clarify"))


def _assert_menu_and_person(talk: Talk, reply: Reply, language: str) -> None:
    assert reply.text == talk.phrase(language, "fallback_menu")
    assert [s.topic for s in reply.suggestions] == list(talk.setting.content.topics["menu_help"].next)
    assert any(c.phone or c.phone_display for c in reply.contacts)
    assert talk.memory.misses == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_miss_gives_the_menu_and_a_person(talk: Talk, language: str) -> None:
    """Nobody is asked back twice: the second miss gives the menu and someone to call."""
    talk.say(FALLBACK, language, ranking=NEAR)
    _assert_menu_and_person(talk, talk.say(FALLBACK, language, ranking=NEAR), language)


@pytest.mark.parametrize("intent, ranking", [(FALLBACK, ()), (FALLBACK, (("trust_act", 0.01),)), ("no_such_intent", ())],
                         ids=["nothing ranked", "nothing likely", "an unknown intent"])
def test_where_nothing_is_near_the_menu_comes_at_once(talk: Talk, intent: str, ranking: tuple[tuple[str, float], ...]) -> None:
    """Without a likely topic there is nothing to choose from: the first miss already gives the menu and a person."""
    _assert_menu_and_person(talk, talk.say(intent, "ht", ranking=ranking), "ht")


def test_an_answer_in_between_forgets_the_miss(talk: Talk) -> None:
    """A miss counts only until something was understood."""
    talk.say(FALLBACK, "en", ranking=NEAR)
    talk.say("trust_act", "en")
    assert talk.say(FALLBACK, "en", ranking=NEAR).text == talk.phrase("en", "fallback_choices")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_danger_is_near_the_emergency_line_comes_first(talk: Talk, language: str) -> None:
    """If the message may have meant danger, "call 911" opens the question back, in the reader's language."""
    content = talk.setting.content
    urgent = content.say(language, "emergency", content.topics["emergency"].first or "").text
    reply = talk.say(FALLBACK, language, ranking=(("ice_at_door", 0.3), ("emergency", 0.1), ("report_crime", 0.1)))
    assert "911" in urgent and reply.first == urgent
    assert reply.text == f"{urgent}\n{talk.phrase(language, 'fallback_choices')}"


def test_where_danger_is_far_no_alarm_is_raised(talk: Talk) -> None:
    """A topic that is too unlikely to be offered raises no alarm."""
    reply = talk.say(FALLBACK, "en", ranking=(*NEAR, ("emergency", 0.05)))
    assert reply.first is None and "911" not in reply.text


# Choices by number

@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_number_takes_what_stands_there(talk: Talk, said: Callable[..., Reply], number: int) -> None:
    """The number of a choice gives exactly that topic's answer, in the conversation's language and town."""
    talk.memory = Memory(town="norwalk")
    offered = talk.say(FALLBACK, "zh", ranking=NEAR).suggestions[number - 1].topic
    reply = talk.say("choose", number=number)
    assert (reply.topic, reply.text) == (offered, said(offered, "zh", "norwalk").text)


@pytest.mark.parametrize("number", [0, 4, 9, -1, None])
def test_a_number_that_is_no_choice_shows_the_choices_again(talk: Talk, number: int | None) -> None:
    """A wrong number is told so, and the same choices stay."""
    before = talk.say(FALLBACK, "ar", ranking=NEAR).suggestions
    reply = talk.say("choose", number=number)
    assert (reply.text, reply.suggestions) == (talk.phrase("ar", "no_such_choice"), before)
    assert talk.say("choose", number=2).topic == before[1].topic


def test_a_wrong_number_keeps_languages_among_the_choices(talk: Talk) -> None:
    """Languages and topics are shown again in the order in which their numbers count."""
    before = talk.say("ice_at_door", guess=UNSURE).suggestions
    assert talk.say("choose", number=9).suggestions == before
    assert talk.say("choose", number=2).language == "pt"


def test_a_number_without_choices_gives_the_menu(talk: Talk, said: Callable[..., Reply]) -> None:
    """Where nothing was offered, a number shows what there is to choose from."""
    reply = talk.say("choose", "pl", number=1)
    assert (reply.topic, reply.text, reply.suggestions) == ("menu_help", said("menu_help", "pl").text, said("menu_help", "pl").suggestions)
    assert talk.say("choose", number=1).topic == reply.suggestions[0].topic


@pytest.mark.parametrize("intent", ["greet", "ice_at_door", "menu_help", "change_language", "forget", "source_request", "deny", FALLBACK])
@pytest.mark.parametrize("guess", [sure("en"), UNSURE], ids=["sure", "unsure"])
def test_the_numbers_shown_are_the_numbers_that_count(talk: Talk, intent: str, guess: Guess) -> None:
    """After every answer the remembered choices are those on the screen, in that order."""
    reply = talk.say(intent, guess=guess, ranking=NEAR)
    assert talk.memory.choices == (() if intent == "forget" else tuple(s.topic for s in reply.suggestions))


# No

@pytest.mark.parametrize("language", LANGUAGES)
def test_a_no_to_choices_gives_the_menu_and_a_person(talk: Talk, language: str) -> None:
    """"None of these" is a second miss."""
    talk.say(FALLBACK, language, ranking=NEAR)
    _assert_menu_and_person(talk, talk.say("deny", language), language)


def test_a_no_after_a_wrong_number_is_still_a_no_to_the_choices(talk: Talk) -> None:
    """A wrong number shows the choices again; a "no" to them then is a miss as before."""
    talk.say(FALLBACK, "en", ranking=NEAR)
    talk.say("choose", number=9)
    _assert_menu_and_person(talk, talk.say("deny", "en"), "en")


def test_a_no_to_nothing_is_taken_as_it_is(talk: Talk, said: Callable[..., Reply]) -> None:
    """After an answer a "no" is no miss: the bot asks what is wanted instead."""
    talk.say("trust_act", "en")
    assert talk.say("deny", "en").text == said("deny", "en").text


# Forgetting, and the disclaimer

@pytest.mark.parametrize("language", LANGUAGES)
def test_forgetting_leaves_nothing(talk: Talk, language: str) -> None:
    """After "forget" the memory is empty, and the bot says so in the language spoken until then."""
    talk.say("ice_at_door", language, town="norwalk")
    reply = talk.say("forget")
    assert reply.text == talk.phrase(language, "forgotten")
    assert talk.memory == Memory()
    assert talk.say("repeat_more", language).topic == "repeat_more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_legal_advice_is_said_once(talk: Talk, language: str) -> None:
    """The first real answer opens its notices with "not legal advice"; a greeting before and answers after do not."""
    told = talk.phrase(language, "not_advice")
    replies = [talk.say(intent, language) for intent in ("greet", "ice_at_door", "trust_act", "repeat_more", "source_request")]
    assert [told in reply.notices for reply in replies] == [False, True, False, False, False]
    assert replies[1].notices[0] == told


def test_after_forgetting_the_disclaimer_comes_again(talk: Talk) -> None:
    """A forgotten conversation begins anew."""
    talk.say("ice_at_door", "en")
    talk.say("forget")
    assert talk.phrase("en", "not_advice") in talk.say("ice_at_door", "en").notices


# All of it

def test_talk_about_the_service_does_not_displace_the_topic(talk: Talk) -> None:
    """Thanks, greetings and the menu leave the last real topic to come back to."""
    talk.say("sanctuary", "en")
    for intent in ("thanks", "greet", "menu_help", "privacy", "bot_identity", "out_of_scope"):
        talk.say(intent, "en")
    assert talk.say("repeat_more", "en").topic == "sanctuary"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_an_answer_in_every_language(talk: Talk, language: str) -> None:
    """Whatever is understood, at the start or after an answer, gets a whole answer in the language."""
    broken = []
    for intent in {*talk.setting.content.topics, *HANDLERS}:
        for memory in (Memory(), Memory(language=language, topic="trust_act", town="norwalk", choices=("ice_at_door",), advised=True)):
            talk.memory = memory
            reply = talk.say(intent, language, ranking=NEAR, number=1)
            if reply.language != language or not reply.text.strip() or "{" in reply.text + reply.short:
                broken.append((intent, reply.text))
    assert broken == []


def test_the_memory_holds_no_word_of_the_resident(talk: Talk) -> None:
    """What is remembered are ids and flags: nothing of the text, whatever was understood of it."""
    secret = "Je m’appelle Wilnè, 12 Rue Oak, español"
    known = {*talk.setting.content.topics, *talk.setting.content.towns, *talk.setting.content.languages}
    for intent in ("ice_at_door", FALLBACK, "change_language", "inform_town", "deny", "choose"):
        talk.say(intent, "ht", text=secret, ranking=NEAR)
        kept = [v for v in vars(talk.memory).values() if isinstance(v, str)] + list(talk.memory.choices)
        assert {value.removeprefix("language.") for value in kept} <= known


def test_the_same_turn_gives_the_same_reply(talk: Talk) -> None:
    """A turn depends on nothing but question, memory and setting."""
    question, memory = Question(FALLBACK, ranking=NEAR, guess=UNSURE), Memory(town="norwalk", topic="trust_act")
    assert respond(question, memory, talk.setting) == respond(question, memory, talk.setting)


# Switched off, and notices of the day

def _switch_off(talk: Talk, topic: str) -> None:
    content = talk.setting.content
    off = replace(content.topics[topic], off=Off("Ana", talk.setting.today, "changed"))
    talk.setting = replace(talk.setting, content=with_topic(content, off))


@pytest.mark.parametrize("intent", ["repeat_more", "source_request", "ice_at_door"])
@pytest.mark.parametrize("language", ["en", "ht", "ar"])
def test_an_answer_switched_off_in_the_middle_of_a_chat(talk: Talk, intent: str, language: str) -> None:
    """Asked again, repeated or asked for its sources, it is down: a sentence and someone to call."""
    talk.say("ice_at_door", language)
    _switch_off(talk, "ice_at_door")
    reply = talk.say(intent, language)
    assert reply.topic == "ice_at_door" and talk.phrase(language, "answer_off") in reply.text
    assert reply.contacts and not (reply.first or reply.steps or reply.quotes or reply.laws)


def test_what_is_switched_off_is_not_offered_when_not_understood(talk: Talk) -> None:
    """The nearest topics are asked for without it, and its first line is not said either."""
    ranking = (("ice_at_door", 0.3), ("emergency", 0.2), ("trust_act", 0.1), ("sanctuary", 0.09))
    _switch_off(talk, "emergency")
    reply = talk.say(FALLBACK, "en", ranking=ranking)
    assert [s.topic for s in reply.suggestions] == ["ice_at_door", "trust_act", "sanctuary"]
    assert reply.first is None


def test_the_menu_leaves_out_what_is_switched_off(talk: Talk) -> None:
    """A digit then means the choice that was shown with it."""
    shown = [s.topic for s in talk.say("menu_help", "en").suggestions]
    _switch_off(talk, shown[0])
    assert [s.topic for s in talk.say("menu_help", "en").suggestions] == shown[1:]
    assert talk.say("choose", number=1).topic == shown[1]


@pytest.mark.parametrize("steps", [
    pytest.param([("ice_at_door", {})], id="an answer"),
    pytest.param([("menu_help", {}), ("choose", {"number": 1})], id="a choice"),
    pytest.param([("greet", {})], id="a greeting"),
    pytest.param([(FALLBACK, {"ranking": NEAR})], id="not understood"),
    pytest.param([("ice_at_door", {}), ("source_request", {})], id="its sources"),
    pytest.param([("ice_at_door", {}), ("change_language", {"text": "English"})], id="the same in another language"),
])
def test_a_notice_is_the_first_thing_to_be_noted(talk: Talk, steps: list[tuple[str, dict[str, Any]]]) -> None:
    """Before the disclaimer and everything else, once."""
    talk.setting = replace(talk.setting, content=replace(talk.setting.content, notices=(make_notice(),)))
    replies = [talk.say(intent, "en", **heard) for intent, heard in steps]
    assert replies[-1].notices[0] == "Route 7 is closed."
    assert replies[-1].notices.count("Route 7 is closed.") == 1
