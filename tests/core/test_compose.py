"""One composed answer: what must stand in it, in which language, with which marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from bot.core.compose import compose, language_choices, suggestions
from bot.core.content import DRAFT, OUTDATED, REVIEWED, WITHDRAWN, Content, Off, Said
from bot.core.direction import END_ISOLATE, ISOLATE
from bot.core.quotes import WIDE
from bot.core.reply import Reply, Suggestion
from tests.core.builders import make_contact, make_law, make_quote, make_topic, with_only, with_topic

VALUES = {"url": "https://example.org", "town": "Norwalk"}
TOWNS = (None, "westport", "new-haven", "bridgeport")


@pytest.fixture(scope="module")
def answers(content: Content, today: date) -> list[Reply]:
    """Every topic in every language, for towns with and without statements."""
    wanted = product(content.topics, content.languages, TOWNS)
    return [compose(topic, code, town, content, today, VALUES) for topic, code, town in wanted]


@pytest.fixture
def one(content: Content, today: date) -> Callable[..., Reply]:
    """Composes one small topic from few passages."""
    def composed(language: str = "en", town: str | None = None, on: date = today, quotes=(), laws=(), contacts=(), **topic) -> Reply:
        subject = make_topic(
            quotes=tuple((q.id,) for q in quotes), laws=tuple(law.id for law in laws), contact_kinds=("legal_aid",), **topic)
        return compose("subject", language, town, with_topic(with_only(content, quotes, laws, contacts), subject), on)
    return composed


def test_every_answer_is_complete_in_every_language(answers: list[Reply], content: Content) -> None:
    """No sentence of any answer is blank, and no {brace} is left open."""
    def sentences(reply: Reply) -> list[str]:
        return [reply.text, reply.short, *reply.steps, *reply.notices, *(s.label for s in reply.suggestions),
                *(law.text for law in reply.laws), *(law.label for law in reply.laws), *(q.attribution for q in reply.quotes)]
    broken = [(r.topic, r.language, s) for r in answers for s in sentences(r) if not s.strip() or "{" in s or "}" in s]
    assert broken == []
    assert {r.direction for r in answers if r.language == "ar"} == {"rtl"}
    assert all(r.direction == content.languages[r.language].direction for r in answers)


def test_the_first_thing_to_do_opens_the_text(answers: list[Reply]) -> None:
    """Where there is one thing to do now, it is said before anything else; else the short answer is the text."""
    assert any(r.first for r in answers)
    assert all(r.text == (f"{r.first}\n{r.short}" if r.first else r.short) for r in answers)


def test_every_quotation_is_exact_with_its_speaker_and_date(answers: list[Reply], content: Content) -> None:
    """A quotation stays word for word in English, in every language, with who said it, where and when."""
    shown = [(r, q) for r in answers for q in r.quotes]
    assert all(q.text == content.quotes[q.id].text and q.lang == "en" and q.direction == "ltr" for _, q in shown)
    assert all(q.date_text in q.attribution and q.publisher in q.attribution for _, q in shown)
    assert all(q.speaker in q.attribution for _, q in shown if q.kind != "paraphrase")


def test_a_translation_stands_beside_the_original_and_only_there(answers: list[Reply]) -> None:
    """Outside English each quotation has a translation beside it; in English there is none."""
    assert all((q.translation is None) == (r.language == "en") for r in answers for q in r.quotes)


def test_an_answer_of_the_own_town_is_in_its_own_words(content: Content, today: date) -> None:
    """The town's own sentence replaces the general one; a town without one gets the general sentence."""
    topic = content.topics["police_work_with_ice"]
    said = {town: compose(topic.id, "en", town, content, today).short for town in (None, "norwalk", "bridgeport")}
    assert said == {None: topic.short, "norwalk": topic.towns["norwalk"], "bridgeport": topic.short}


def test_the_topics_braces_are_filled(content: Content, today: date) -> None:
    """The public address and the town's name stand where the topic has braces for them."""
    assert VALUES["url"] in compose("share_link", "ht", None, content, today, VALUES).text
    assert "Norwalk" in compose("inform_town", "pl", "norwalk", content, today, VALUES).text


OLD, YOUNG = make_quote("old", day="2019-07-11"), make_quote("young", day="2026-01-05")


def test_an_old_statement_says_when_it_was_said(one: Callable[..., Reply], content: Content) -> None:
    """A statement of more than two years ago carries the month and a warning; a newer one does not."""
    shown = {q.id: q.said_in for q in one(quotes=(OLD, YOUNG)).quotes}
    assert shown == {"old": content.phrase("en", "said_in", date="July 2019"), "young": None}


@pytest.mark.parametrize("kind, label", [("spoken", "quote_label"), ("paraphrase", "report_label")])
def test_a_report_never_looks_like_a_quotation(one: Callable[..., Reply], content: Content, kind: str, label: str) -> None:
    """A reporter's words are introduced as a report, an official's as a quotation."""
    shown = one(quotes=(make_quote("q", kind=kind),)).quotes[0]
    expected = content.phrase("en", label, speaker="A speaker", role="a role", publisher="A paper", date="20 August 2025")
    assert (shown.kind, shown.attribution) == (kind, expected)


@pytest.mark.parametrize("status", ["in force", "contested", "superseded", "unverified"])
def test_a_law_says_whether_it_holds(one: Callable[..., Reply], content: Content, status: str) -> None:
    """Every law shows its citation and status in the reader's language."""
    law = one("es", laws=(make_law("law", status=status),)).laws[0]
    key = status.replace(" ", "_")
    assert (law.status, law.status_text) == (key, content.phrase("es", f"law_status_{key}"))
    assert law.cite == "An act: section 1" and law.cite in law.label


@pytest.mark.parametrize("language, translated", [("en", None), ("es", "words of the law")])
def test_a_laws_own_words_stand_beside_ours(one: Callable[..., Reply], language: str, translated: str | None) -> None:
    """Where the law may be quoted its words are shown as they are; outside English they get a translation too."""
    law = one(language, laws=(make_law("law", text="words of the law"),)).laws[0]
    assert (law.original, law.translation) == ("words of the law", translated)


@pytest.mark.parametrize("checked, text", [
    (None, "No person has checked this contact yet."), (date(2026, 12, 1), "A person last checked this on 1 December 2026."),
], ids=["never", "once"])
def test_a_contact_says_when_it_was_checked(one: Callable[..., Reply], checked: date | None, text: str) -> None:
    """A date of checking is shown only where a person has called; otherwise the answer admits it."""
    contact = one(contacts=(make_contact("helper", last_checked=checked),)).contacts[0]
    assert (contact.checked_text, contact.checked_on) == (text, checked.isoformat() if checked else None)


STATES = {
    "no speaker has checked it": (DRAFT, "draft_notice"),
    "the English has changed since": (OUTDATED, "outdated_notice"),
    "the law has changed since": (WITHDRAWN, "withdrawn_notice"),
    "checked": (REVIEWED, None),
}


@pytest.mark.parametrize("state, key", STATES.values(), ids=STATES.keys())
def test_a_translation_says_how_far_it_can_be_trusted(content: Content, today: date, state: str, key: str | None) -> None:
    """A draft or outdated translation is announced once; a checked one needs no notice."""
    table = {"fr": {("subject", "A short answer."): Said("Court.", state)}}
    spoken = replace(with_topic(with_only(content), make_topic()), translations=table)
    reply = compose("subject", "fr", None, spoken, today)
    expected = (spoken.phrase("fr", key),) if key else ()
    assert (reply.text, reply.notices) == ("Court.", expected)


def test_a_missing_translation_is_english_and_says_so(one: Callable[..., Reply], content: Content) -> None:
    """A sentence without translation is shown in English, with a notice in the reader's language."""
    reply = one("zh")
    assert reply.text == "A short answer." and content.phrase("zh", "missing_notice") in reply.notices


def test_the_gravest_notice_about_a_translation_is_first(content: Content, today: date) -> None:
    """Withdrawn, then missing, outdated and draft, where one answer holds sentences of all kinds."""
    states = {"A short answer.": WITHDRAWN, "one": DRAFT, "two": OUTDATED}
    table = {"ht": {("subject", english): Said("Mo.", state) for english, state in states.items()}}
    topic = make_topic(steps=("one", "two", "three"))
    spoken = replace(with_topic(with_only(content), topic), translations=table)
    keys = ("withdrawn_notice", "missing_notice", "outdated_notice", "draft_notice")
    assert compose("subject", "ht", None, spoken, today).notices == tuple(spoken.phrase("ht", key) for key in keys)


def test_english_in_an_arabic_answer_keeps_its_direction(content: Content, today: date) -> None:
    """A withdrawn or missing sentence is isolated as a whole in text from right to left; a translated one is not."""
    table = {"ar": {("subject", "A short answer."): Said("A short answer.", WITHDRAWN), ("subject", "one"): Said("خطوة.", DRAFT)}}
    spoken = replace(with_topic(with_only(content), make_topic(steps=("one", "two"))), translations=table)
    reply = compose("subject", "ar", None, spoken, today)
    assert reply.short == f"{ISOLATE}A short answer.{END_ISOLATE}"
    assert reply.steps == ("خطوة.", f"{ISOLATE}two{END_ISOLATE}")


OFF = Off("Ana Advocate", date(2026, 11, 20), "the order was revoked")


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ht", "zh", "ar", "pl"])
@pytest.mark.parametrize("topic", ["ice_at_door", "emergency", "police_work_with_ice"])
def test_of_an_answer_switched_off_only_the_contacts_are_left(content: Content, today: date, topic: str, language: str) -> None:
    """One sentence and someone to call, in every language and town: no quotation, law, step, caution or line to begin with."""
    before = compose(topic, language, "norwalk", content, today)
    off = with_topic(content, replace(content.topics[topic], off=OFF))
    reply = compose(topic, language, "norwalk", off, today)
    told = off.say(language, "answer_off", off.phrases["answer_off"]).text
    assert told in reply.text and reply.text == reply.short
    assert not (reply.first or reply.steps or reply.quotes or reply.laws or reply.caution)
    assert reply.contacts == before.contacts and reply.contacts
    assert not any(secret in str(reply.payload()) for secret in (OFF.by, OFF.why))


def test_an_answer_switched_off_is_not_suggested(content: Content) -> None:
    """It leaves the choices; the others keep their order."""
    off = with_topic(content, replace(content.topics["trust_act"], off=OFF))
    assert [s.topic for s in suggestions(("trust_act", "ice_at_door"), "en", off)] == ["ice_at_door"]


def test_english_and_service_talk_carry_no_notice_about_translation(one: Callable[..., Reply]) -> None:
    """English is the source, and a greeting is not burdened."""
    assert one("en").notices == one("zh", section="E").notices == ()


def test_an_answer_past_its_day_says_so(one: Callable[..., Reply], content: Content) -> None:
    """On its review day an answer still holds; from the next day on it warns, with the date."""
    day = date(2027, 1, 1)
    assert one(on=day).notices == ()
    assert one(on=day + timedelta(days=1)).notices == (content.phrase("en", "review_overdue", date="1 January 2027"),)


def test_another_towns_statement_is_announced(one: Callable[..., Reply], content: Content) -> None:
    """Where the own town has said nothing, the notice names both towns, in the reader's language."""
    reply = one("pt", "norwalk", quotes=(make_quote("q", "westport"),))
    assert content.phrase("pt", "other_town", town="Norwalk", other="Westport") in reply.notices


def test_a_town_without_statements_is_told_so(one: Callable[..., Reply], content: Content) -> None:
    """For a town of which we hold nothing the answer says what we do hold."""
    reply = one("en", "danbury", quotes=(make_quote("q", "connecticut"),))
    assert reply.notices == (content.phrase("en", "no_town_statements", town="Danbury"),)
    assert one("en", "danbury").notices == (), "where no town has said anything there is nothing to explain"


def test_no_answer_shows_another_towns_words_unmarked(answers: list[Reply], content: Content) -> None:
    """Whoever named a town and reads another town's words is told that they speak only for that other town."""
    def notice(language: str, town: str, other: str) -> str:
        names = [content.say(language, "town", content.towns[name].name).text for name in (town, other)]
        return content.phrase(language, "other_town", town=names[0], other=names[1])
    unmarked = {
        (r.topic, r.town, q.town) for r in answers if r.town
        for q in r.quotes if q.town not in (r.town, *WIDE) and notice(r.language, r.town, q.town) not in r.notices
    }
    assert unmarked == set()


def test_in_an_emergency_911_is_the_first_contact(answers: list[Reply]) -> None:
    """The answer to danger opens with 911, in every language and town."""
    urgent = [r for r in answers if r.topic == "emergency"]
    assert urgent and all("911" in (r.first or "") and r.contacts[0].phone_display == "911" for r in urgent)


def test_choices_are_in_the_readers_language(content: Content) -> None:
    """Topics are offered by their titles in the language, languages each in its own script."""
    title = content.say("ar", "trust_act", content.topics["trust_act"].title).text
    assert suggestions(("trust_act",), "ar", content) == (Suggestion("trust_act", title),)
    assert language_choices(("zh", "ar"), content) == (Suggestion("language.zh", "中文"), Suggestion("language.ar", "العربية"))


@pytest.mark.parametrize("topic, language", [("no_such_topic", "en"), ("greet", "xx")], ids=["topic", "language"])
def test_what_does_not_exist_is_an_error(content: Content, today: date, topic: str, language: str) -> None:
    """An unknown topic or language is never answered with something else."""
    with pytest.raises(KeyError):
        compose(topic, language, None, content, today)
