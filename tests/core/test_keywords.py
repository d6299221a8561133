"""Messages of one word with a fixed meaning, and the language that a sentence asks for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.content import Content
from bot.core.keywords import INTENTS, Keyword, Keywords, keyword_table, named_language
from bot.core.turn import HANDLERS

READ = {
    "English menu": ("menu", "menu", ""),
    "Spanish menu in capitals with signs": ("¡MENÚ!", "menu", ""),
    "Arabic menu": ("القائمة", "menu", ""),
    "Chinese menu with a full stop": ("菜单。", "menu", ""),
    "Spanish help": ("¿ayuda?", "help", ""),
    "Creole help": ("Èd", "help", ""),
    "Polish more without accents": ("wiecej", "more", ""),
    "Polish source": ("Źródło", "source", ""),
    "Arabic forget with a vowel mark": ("احذفْ", "forget", ""),
    "Haitian Creole by its name": ("Kreyòl Ayisyen", "language", "ht"),
    "Arabic by its name": ("العربية", "language", "ar"),
    "Chinese in traditional characters": ("漢語", "language", "zh"),
    "Polish as a Haitian says Spanish": ("panyol", "language", "es"),
    "a digit": ("2", "choice", "2"),
    "a digit with a full stop": (" 2. ", "choice", "2"),
    "a digit with a bracket": ("4)", "choice", "4"),
    "a number sign": ("#3", "choice", "3"),
    "a keycap": ("1️⃣", "choice", "1"),
    "an Arabic-Indic digit": ("٢", "choice", "2"),
    "a Persian digit": ("۳", "choice", "3"),
    "a full-width digit": ("２", "choice", "2"),
    "a circled digit": ("②", "choice", "2"),
}

ORDINARY = {
    "empty": "",
    "signs only": "?!",
    "a sentence with a keyword in it": "I need help with my papers",
    "a sentence with a language in it": "do you speak Polish",
    "zero": "0",
    "two digits": "10",
    "an emergency number": "911",
    "a digit and a word": "2 police came",
}

ASKED_FOR = {
    "Spanish": ("en español por favor", "es"),
    "Portuguese without accent": ("em portugues pfv", "pt"),
    "French": ("en français svp", "fr"),
    "Creole, two words": ("mwen vle kreyòl ayisyen", "ht"),
    "Creole, in English": ("Switch to Haitian Creole", "ht"),
    "Creole, as some call it": ("French Creole please", "ht"),
    "Polish, declined": ("proszę po polsku", "pl"),
    "Chinese, glued": ("请说中文", "zh"),
    "Chinese, can or cannot you": ("能不能说中文", "zh"),
    "Chinese, may or may not one": ("可不可以用中文回答？", "zh"),
    "Chinese, is there or not": ("有没有中文", "zh"),
    "Chinese, not this but that": ("我不会英文，请说中文", "zh"),
    "Spanish, not this but that": ("no entiendo inglés, en español", "es"),
    "Arabic with a glued preposition": ("بالعربي لو سمحت", "ar"),
    "English asked for in Arabic": ("ممكن بالإنجليزية؟", "en"),
    "Arabizi": ("7ki 3arabi", "ar"),
    "English inside Chinese": ("请用English回答", "en"),
    "none": ("otro idioma", None),
    "a language's name inside another word": ("comparabible", None),
    "no text": ("", None),
}

# Each of these says which language the writer does NOT want.
NOT_WANTED = {
    "English": "I don't speak English well, is there another language?",
    "Spanish": "no hablo inglés",
    "French": "je parle pas anglais",
    "Portuguese": "não falo inglês",
    "Creole": "mwen pa pale angle",
    "Polish": "nie mówię po angielsku",
    "Arabic": "لا أتكلم الإنجليزية",
    "Chinese": "我不会说英语",
}


@pytest.fixture(scope="module")
def table(content: Content) -> Keywords:
    return keyword_table(content)


@pytest.mark.parametrize("text, kind, value", READ.values(), ids=READ.keys())
def test_a_keyword_is_read_whatever_its_dress(table: Keywords, text: str, kind: str, value: str) -> None:
    """A message that is a keyword as a whole is read in any script, case and punctuation."""
    read = table.read(text)
    assert read is not None
    assert (read.kind, read.value) == (kind, value)


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_message_is_no_keyword(table: Keywords, text: str) -> None:
    """A message counts only where it is such a word as a whole, so that no question is taken for a command."""
    assert table.read(text) is None


def test_every_word_of_the_file_is_read_as_its_kind(table: Keywords, content: Content) -> None:
    """No word of the keyword file is lost to another kind or to a language."""
    wrong = [
        (kind, word) for kind, languages in content.keywords.items() for words in languages.values() for word in words
        if (read := table.read(word.upper())) is None or read.kind != kind
    ]
    assert wrong == []


def test_every_name_of_a_language_is_read_as_that_language(table: Keywords, content: Content) -> None:
    """No two languages share a name, in whatever language it is given."""
    names = [(item.code, name) for item in content.languages.values() for name in (item.name, *item.asked_as)]
    assert [(code, name) for code, name in names if table.read(name) != Keyword("language", code, code)] == []


def test_every_kind_of_keyword_leads_to_an_answer(table: Keywords, content: Content) -> None:
    """Each keyword stands for an intent that the core answers."""
    kinds = {meaning.kind for meaning in table.meanings.values()} | {"choice"}
    assert kinds == set(INTENTS)
    assert {Keyword(kind).intent for kind in kinds} <= {*HANDLERS, *content.topics}


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_reading_never_breaks_and_never_chooses_beyond_nine(table: Keywords, text: str) -> None:
    """Any text may be read; a choice is always one of 1 to 9."""
    found = table.read(text)
    assert found is None or found.kind != "choice" or found.value in "123456789"


@pytest.mark.parametrize("text, code", ASKED_FOR.values(), ids=ASKED_FOR.keys())
def test_a_sentence_names_the_language_it_asks_for(content: Content, text: str, code: str | None) -> None:
    """The language is found by its name in any of our languages, as a whole word where letters are Latin."""
    assert named_language(text, content) == code


@pytest.mark.parametrize("text", NOT_WANTED.values(), ids=NOT_WANTED.keys())
def test_a_language_one_does_not_speak_is_not_asked_for(content: Content, text: str) -> None:
    """"I do not speak English" never switches to English."""
    assert named_language(text, content) != "en"


def test_a_wish_for_a_language_is_read_at_the_beginning_only(content: Content) -> None:
    """A thousand commas cost nothing: what stands far behind the beginning of a message is not searched for languages."""
    assert named_language("en español por favor" + "," * 1900, content) == "es"
    assert named_language("a, " * 200 + "en español por favor", content) is None
