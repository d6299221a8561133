"""Text made comparable: cleaning, folding, words, scripts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.text import clean, fold, script, tidy, words

CLEANED = {
    "newlines and tabs": ("ICE\n\ten mi\r\npuerta", "ICE en mi puerta"),
    "a null byte": ("polis\x00 la", "polis la"),
    "an escape sequence": ("\x1b[31mayuda", "[31mayuda"),
    "line and paragraph separators": ("我家\u2028门口\u2029", "我家 门口"),
    "a lone surrogate": ("ajuda\ud83d agora", "ajuda agora"),
    "accents and case stay": ("  ÈD  Źródło ", "ÈD Źródło"),
    "Arabic letters stay": ("الشرطة  عند الباب", "الشرطة عند الباب"),
    "only spaces": (" \u3000\t ", ""),
}

SAME_WORDS = {
    "Spanish accents and case": ("QUÉ DÍA", "que dia"),
    "n with tilde typed without": ("ESPAÑOL", "espanol"),
    "Portuguese": ("Não há PRISÃO", "nao ha prisao"),
    "French ligatures stay comparable": ("Reçu À L’École", "recu a l'ecole"),
    "Creole grave accents": ("KREYÒL, lè l rive", "kreyol, le l rive"),
    "Polish l with stroke": ("ŹRÓDŁO", "zrodlo"),
    "composed and decomposed accents": (unicodedata.normalize("NFC", "dèyè"), unicodedata.normalize("NFD", "dèyè")),
    "typographic apostrophe": ("m’ap", "m'ap"),
    "an acute accent for an apostrophe": ("L´avoka m´ap chache", "l'avoka m'ap chache"),
    "Arabic alif with hamza": ("أوراق", "اوراق"),
    "Arabic taa marbuta": ("إقامة", "اقامه"),
    "Arabic alif maqsura": ("على", "علي"),
    "Arabic vowel marks": ("شُرْطَة", "شرطه"),
    "Arabic tatweel": ("الشـــرطة", "الشرطه"),
    "Persian kaf and yeh": ("کی", "كي"),
    "Arabic-Indic digits": ("٩١١", "911"),
    "Persian digits": ("۹۱۱", "911"),
    "full-width letters and digits": ("ＩＣＥ２", "ice2"),
    "right-to-left marks": ("\u200fICE\u200e", "ice"),
    "Turkish capital i": ("İCE", "ice"),
    "bold letters of a phone keyboard": ("𝐌𝐄𝐍𝐔", "menu"),
}

OTHER_WORDS = {
    "one letter more": ("polis", "police"),
    "two ways to write a town in Chinese": ("纽黑文", "纽海文"),
    "dots make Arabic letters": ("باب", "ناب"),
    "digits": ("1326", "1325"),
}

WORDS = {
    "punctuation falls away": ("¿ICE está aquí?", ["ICE", "está", "aquí"]),
    "an apostrophe inside stays": ("m’ap viv, 'wi'", ["m'ap", "viv", "wi"]),
    "underscores divide": ("police_ask_status", ["police", "ask", "status"]),
    "Arabic": ("هل الشرطة هنا؟", ["هل", "الشرطة", "هنا"]),
    "a Chinese run is one word": ("移民局在我家门口。", ["移民局在我家门口"]),
    "nothing": ("?!… 🚓", []),
}

SCRIPTS = {
    "English": ("ICE is at my door", "latin"),
    "Polish": ("źródło", "latin"),
    "Arabic": ("الشرطة", "arabic"),
    "Chinese": ("移民局", "han"),
    "Arabic with one Latin name": ("هل شرطة Norwalk تسأل عن أوراقي", "arabic"),
    "Chinese with one Latin name": ("ICE在我家", "han"),
    "Chinese with a long Latin name": ("Norwalk有移民局吗", "han"),
    "Arabizi is Latin": ("3andi so2al", "latin"),
    "digits and signs only": ("911 !? 🚓", "none"),
    "empty": ("", "none"),
}


def _rows(table: dict) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("given_text, expected", table.values(), ids=table.keys())


@_rows(CLEANED)
def test_clean_takes_out_controls_and_spare_spaces_only(given_text: str, expected: str) -> None:
    """Control characters and runs of spaces become one space; letters are untouched."""
    assert clean(given_text) == expected


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_clean_text_holds_no_control_character(text: str) -> None:
    """Whatever comes in, no control character, no edge space and no double space is left, and cleaning again changes nothing."""
    cleaned = clean(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in cleaned)
    assert cleaned == " ".join(cleaned.split()) == clean(cleaned)


@pytest.mark.parametrize("one, other", SAME_WORDS.values(), ids=SAME_WORDS.keys())
def test_two_ways_of_typing_the_same_words_fold_to_one(one: str, other: str) -> None:
    """Case, accents, Arabic letter variants, digits and marks make no difference after folding."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize("one, other", OTHER_WORDS.values(), ids=OTHER_WORDS.keys())
def test_different_words_stay_different(one: str, other: str) -> None:
    """Folding joins spellings of one word, never two words."""
    assert fold(one) != fold(other)


@given(st.text())
@example("ℋ")
@example("ŉ")
@settings(max_examples=60, deadline=None)
def test_folded_text_folds_to_itself(text: str) -> None:
    """Folding is done once and for all: a folded text is already in its comparable form."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aąbcćdeęłñóòçéèßABCŁÑÓÉ ابتثأإىة移民局12٣", max_size=30))
@settings(max_examples=60, deadline=None)
def test_case_never_matters(text: str) -> None:
    """A text in capitals folds as the same text in small letters."""
    assert fold(text.upper()) == fold(text.lower())


TIDIED = {
    "apostrophes of a phone": ("m’ap, l‘ap, y´ap", "m'ap, l'ap, y'ap"),
    "accents typed apart": ("de\u0300ye\u0300", "dèyè"),
    "Arabic vowel marks": ("لِيش", "ليش"),
    "case and accents stay": ("DÈYÈ Źródło", "DÈYÈ Źródło"),
    "Arabic letters stay": ("أوراق إقامة", "أوراق إقامة"),
}


@_rows(TIDIED)
def test_a_tidied_text_stays_readable(given_text: str, expected: str) -> None:
    """Only the way of typing is made one: apostrophes, composed letters, vowel marks; the letters and case stay."""
    assert tidy(given_text) == expected


@_rows(WORDS)
def test_words_are_those_a_reader_sees(given_text: str, expected: list[str]) -> None:
    """Words come in order, without signs; an apostrophe inside a word belongs to it."""
    assert words(given_text) == expected


@_rows(SCRIPTS)
def test_script_is_that_of_most_letters(given_text: str, expected: str) -> None:
    """The script is named by what most of the text is written in, and "none" stands for no letters."""
    assert script(given_text) == expected
