"""The values themselves: what a sentence is in a language, and what topics and quotations say of themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.content import DRAFT, MISSING, SOURCE, Content, Said
from tests.core.builders import make_quote, make_topic


@pytest.fixture
def translated(content: Content) -> Content:
    table = {("greet", "Hello."): Said("Bonjou.", DRAFT), ("told", "In {language}."): Said("An {language}.", DRAFT)}
    return replace(content, phrases={"told": "In {language}."}, translations={"ht": table})


SAID = {
    "English is the source": ("en", "greet", "Hello.", Said("Hello.", SOURCE)),
    "a translation": ("ht", "greet", "Hello.", Said("Bonjou.", DRAFT)),
    "the same words of another topic are another sentence": ("ht", "goodbye", "Hello.", Said("Hello.", MISSING)),
    "changed English is not yet translated": ("ht", "greet", "Hello!", Said("Hello!", MISSING)),
    "a language without any translation": ("pl", "greet", "Hello.", Said("Hello.", MISSING)),
}


@pytest.mark.parametrize("language, context, english, said", SAID.values(), ids=SAID.keys())
def test_a_sentence_is_translated_or_english_and_marked(
    translated: Content, language: str, context: str, english: str, said: Said,
) -> None:
    """A sentence is never blank: without a translation it stays English and says that it is missing."""
    assert translated.say(language, context, english) == said


@pytest.mark.parametrize("language, text", [("en", "In Kreyòl."), ("ht", "An Kreyòl."), ("ar", "\u2068In Kreyòl.\u2069")])
def test_a_phrase_is_filled_in(translated: Content, language: str, text: str) -> None:
    """The words in braces are filled in, in a translation as in English."""
    assert translated.phrase(language, "told", language="Kreyòl") == text


def test_an_unknown_phrase_is_an_error(translated: Content) -> None:
    """A key that does not exist is never shown as an empty sentence."""
    with pytest.raises(KeyError):
        translated.phrase("en", "no_such_phrase")


def test_every_real_sentence_is_said_in_every_language(content: Content) -> None:
    """No topic's sentence is blank in any language."""
    blank = [
        (code, topic.id) for code in content.languages for topic in content.topics.values()
        for english in (topic.title, topic.short, *topic.steps) if not content.say(code, topic.id, english).text.strip()
    ]
    assert blank == []


@pytest.mark.parametrize("section, service", [("E", True), ("A", False), ("D", False)])
def test_only_section_e_is_talk_about_the_service(section: str, service: bool) -> None:
    """Greetings and the like are section E; everything else is an answer."""
    assert make_topic(section=section).is_service is service


@pytest.mark.parametrize("kind, report", [("paraphrase", True), ("spoken", False), ("written_order", False), ("official_statement", False)])
def test_a_reporters_words_are_no_quotation(kind: str, report: bool) -> None:
    """Only a paraphrase is a report; anything an official said or wrote is a quotation."""
    assert make_quote("q", kind=kind).is_report is report
