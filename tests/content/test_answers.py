"""What we say: every topic in every language and town, within the rules of the project's facts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.core.compose import compose
from bot.core.content import MISSING, OUTDATED, Content
from bot.core.text import fold
from bot.edits.grade import grade as school_year
from bot.yamlfile import read_yaml

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
TOWNS = (None, "westport", "norwalk", "new-haven", "bridgeport")
EMERGENCIES = ("emergency", "ice_at_door", "family_detained")
# Topics of the project's list of intents, sections A to D.
TOPICS = [
    "police_ask_status", "is_ice_local_police", "police_work_with_ice", "trust_act", "report_crime",
    "undocumented_crime", "accused_of_crime", "confidential_info", "domestic_violence",
    "police_threatened_me", "plate_readers", "raids_now", "who_is_targeted", "identify_agents",
    "local_incident", "sanctuary", "ice_at_door", "ice_in_street", "ice_traffic_stop", "ice_at_work",
    "right_to_silence", "warrant_types", "sign_documents", "sensitive_places", "film_agents",
    "family_detained", "need_lawyer", "family_plan", "local_help", "id_and_banking", "my_case",
]


def test_all_topics_are_there(content: Content) -> None:
    """Sections A to D have exactly the 31 topics of the list of intents."""
    assert {t.id for t in content.topics.values() if not t.is_service} == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_is_complete(topic: str, content: Content) -> None:
    """A topic has a caution, a day of review, someone to call and something to ask next."""
    made = content.topics[topic]
    assert made.caution
    assert made.review_by > date(2026, 11, 22)
    assert made.contact_kinds
    assert 1 <= len(made.next) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_in_every_language(language: str, content: Content, today: date) -> None:
    """Each topic has an answer for each town in each language, nothing of it missing or outdated."""
    absent = [content.phrase(language, key) for key in ("missing_notice", "outdated_notice")]
    for topic in content.topics:
        for town in TOWNS:
            reply = compose(topic, language, town, content, today, {"url": "https://example.org", "town": "X"})
            assert reply.short
            assert "{" not in reply.text
            assert not set(absent) & set(reply.notices), (topic, town)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_are_drafts_and_say_so(language: str, content: Content, today: date) -> None:
    """As long as no speaker has checked a translation, the answer says that."""
    reply = compose("ice_at_door", language, None, content, today)
    assert content.phrase(language, "draft_notice") in reply.notices


def test_plain_english(content: Content) -> None:
    """Short answers are written for grade 6 or below."""
    hard = {}
    for topic in content.topics.values():
        for text in (topic.short, topic.first or "", *topic.towns.values()):
            grade = school_year(text)
            if grade > 6.05:
                hard[topic.id, text[:30]] = grade
    assert not hard


@pytest.mark.parametrize("topic", EMERGENCIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_emergency_first(topic: str, language: str, content: Content, today: date) -> None:
    """The three emergencies open with the one thing to do now, in at most 160 characters."""
    reply = compose(topic, language, None, content, today)
    assert reply.first
    assert len(reply.first) <= 160
    assert reply.text.startswith(reply.first)


def test_towns_differ_where_they_differ(content: Content, today: date) -> None:
    """What Westport said is no answer for Norwalk."""
    answers = {compose("police_ask_status", "en", town, content, today).short for town in TOWNS[:4]}
    assert len(answers) == 4


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_numbers_survive_translation(language: str, content: Content) -> None:
    """Years, phone numbers and form numbers of the English stand in the translation, as the same digits."""
    lost = []
    for (context, english), said in content.translations[language].items():
        wanted = re.findall(r"\d{3,}(?![s\d])", english)  # "1990s" is written in words by some
        found = re.findall(r"\d+", fold(said.text))
        lost += [(context, english[:60], n) for n in wanted if n not in found and n not in "".join(found)]
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nothing_missing(language: str, content: Content) -> None:
    """Every English sentence that residents read has a current translation."""
    states = {said.state for said in content.translations[language].values()}
    assert not states & {MISSING, OUTDATED}
    for topic in content.topics.values():
        assert content.say(language, topic.id, topic.title).state != MISSING


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_glossary(language: str, root: Path) -> None:
    """Each language keeps its legal terms in one glossary."""
    terms = read_yaml(root / "locales" / language / "glossary.yml")
    assert len(terms) >= 40
    assert all(row["term"] and row["use"] for row in terms)


def test_status_is_never_promised_away(content: Content) -> None:
    """English sentences never promise what the facts forbid to promise."""
    forbidden = (
        r"ICE (can ?not|can't) (come in|enter|go there|stop you)", r"you are safe", r"police (may|can) ?not ask",
        r"never (have to )?show papers",
        r"completely safe", r"30 days", r"free lawyer", r"absolute right", r"do not go to court",
    )
    texts = [t for topic in content.topics.values() for t in (topic.short, topic.first or "", *topic.towns.values(), *topic.steps)]
    assert not [(p, t) for p in forbidden for t in texts if re.search(p, t, re.IGNORECASE)]


def test_quotations_are_those_of_the_sources(shared: Path, content: Content) -> None:
    """Each quotation, its speaker and post, and each law are as the project's source files have them."""
    statements = {q["id"]: q for d in read_yaml(shared / "sources" / "statements.yml") for q in d["quotes"]}
    points = {p["id"]: p for law in read_yaml(shared / "sources" / "law.yml") for p in law["points"]}
    for quote in content.quotes.values():
        original = statements[quote.id]
        assert (quote.text, quote.speaker, quote.kind) == (original["text"], original["speaker"], original["kind"])
        assert quote.role == " ".join(original["role"].split())
    for law in content.laws.values():
        assert law.says == " ".join(points[law.id]["says"].split())
        assert law.text == points[law.id].get("text")


def test_never_shown_numbers(shared: Path, root: Path) -> None:
    """The list of numbers that must never be shown is the project's own."""
    table = (shared / "contacts" / "README.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in table.splitlines() if re.match(r"\| \d", line)]
    wanted = {m.replace("-", "") for row in rows for m in re.findall(r"\d{3}-\d{3}-\d{4}", row)}
    kept = {row["number"] for row in read_yaml(root / "data" / "answers" / "forbidden_numbers.yml")}
    assert wanted <= kept


def test_contacts_keep_the_projects_marks(shared: Path, root: Path) -> None:
    """A contact's publish mark, number and address are those of the project's list; no check is invented."""
    ours = {c["id"]: c for c in read_yaml(root / "data" / "answers" / "contacts.yml")}
    for original in read_yaml(shared / "contacts" / "contacts.yml"):
        kept = ours[original["id"]]
        assert (kept["publish"], kept["phone"], kept.get("url")) == (original["publish"], original["phone"], original["url"])
        assert kept["last_checked"] is None
