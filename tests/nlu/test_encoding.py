"""Sentences as numbers: like meanings are near each other across languages, and tables help where the encoder cannot read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoding import Encoding, read_tables

QUESTIONS = {
    "en": "Do I have to open the door to ICE?", "es": "¿Tengo que abrir la puerta a ICE?", "pt": "Tenho que abrir a porta para o ICE?",
    "fr": "Est-ce que je dois ouvrir la porte à l'ICE ?", "pl": "Czy muszę otworzyć drzwi ICE?", "zh": "我必须给移民局开门吗？",
    "ar": "هل يجب أن أفتح الباب لموظفي الهجرة؟", "ht": "Èske mwen dwe ouvri pòt la pou ICE?",
}
OTHER = {"en": "What is the weather like today?", "zh": "今天天气怎么样？", "pl": "Jaka jest dzisiaj pogoda?"}


@pytest.fixture(scope="module")
def encoding() -> Encoding:
    return Encoding()


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_bytes(text.encode("utf-8"))


def test_a_vector_is_512_numbers_of_length_one(encoding: Encoding) -> None:
    """Every text, also an empty one, is one float32 row of length one."""
    rows = encoding.vectors([*QUESTIONS.values(), "?", "🚨"], [*QUESTIONS, None, None])
    assert (rows.shape, rows.dtype) == ((len(QUESTIONS) + 2, 512), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-4)


def test_a_text_is_the_same_alone_as_among_others(encoding: Encoding) -> None:
    """Encoding many at once is faster, not different."""
    together = encoding.vectors(list(QUESTIONS.values()), list(QUESTIONS))
    alone = np.vstack([encoding.vectors([text], [code]) for code, text in QUESTIONS.items()])
    assert np.allclose(together, alone, atol=1e-4)


@pytest.mark.parametrize("language", [code for code in QUESTIONS if code != "en"])
def test_the_same_question_is_near_whatever_its_language(encoding: Encoding, language: str) -> None:
    """A question is nearer to its English than to any other question, in each of our languages."""
    texts = [QUESTIONS[language], QUESTIONS["en"], *OTHER.values()]
    rows = encoding.vectors(texts, [language, "en", *OTHER])
    likeness = rows[1:] @ rows[0]
    assert likeness.argmax() == 0


@pytest.mark.parametrize("text, language, readable", [
    ("Lapolis mande papye", "en", "Lapolis mande papye"),
    ("achte adres", None, "achte adres"),
    ("achte, ADRES!", "ht", "acheter , adresse !"),
    ("شنو؟", "ar", "ماذا ؟"),
    ("警察会问吗", "zh", "警察会问吗"),
], ids=["a language without table", "no language", "Creole", "an Arabic dialect", "Chinese"])
def test_a_table_speaks_for_its_own_language_only(encoding: Encoding, text: str, language: str | None, readable: str) -> None:
    """Words are replaced by the table of the text's language; without one the text stays as it is."""
    assert encoding.readable(text, language) == readable


def test_creole_is_nearer_to_its_meaning_with_its_table(encoding: Encoding) -> None:
    """What the encoder cannot read is nearer to the English of it after the table than before."""
    text, english = "Mwen bezwen yon avoka, lapolis arete frè m", "I need a lawyer, the police arrested my brother"
    with_table, without, meant = encoding.vectors([text, text, english], ["ht", None, "en"])
    assert with_table @ meant > without @ meant


def test_tables_are_read_by_language_without_their_header(tmp_path: Path) -> None:
    """Each file is a language's table; its header, its comments and broken rows are no entries; quotes mean nothing."""
    write(tmp_path, "ht.tsv", 'Haitian Creole\tFrench\nLapolis\tpolice\nalone\n\n"m\tje\n')
    write(tmp_path, "ar.tsv", "dialect word\tstandard Arabic\r\nشنو\tماذا\r\n")
    write(tmp_path, "README.md", "not\ta table\n")
    tables = read_tables(tmp_path)
    assert {code: dict(table.entries) for code, table in tables.items()} == {"ar": {"شنو": "ماذا"}, "ht": {"lapolis": "police", '"m': "je"}}


def test_only_arabic_is_written_in_latin_letters_too(tmp_path: Path) -> None:
    """Digits inside a Latin word are Arabizi in Arabic, and nothing special in Creole."""
    for code in ("ar", "ht"):
        write(tmp_path, f"{code}.tsv", "word\tother\nشو\tماذا\n")
    tables = read_tables(tmp_path)
    assert tables["ar"].apply("7okouma") == "حوكوما"
    assert tables["ht"].apply("7okouma") == "7okouma"


def test_our_own_tables_are_whole() -> None:
    """Creole and Arabic, which the encoder reads badly, have tables of a hundred words and more; no entry of any table is blank."""
    tables = read_tables()
    assert {"ar", "ht"} <= set(tables)
    assert min(len(tables[code].entries) for code in ("ar", "ht")) > 100
    for table in tables.values():
        assert all(key.strip() and value.strip() for key, value in table.entries.items())


def test_a_new_model_takes_over_the_encoder(encoding: Encoding) -> None:
    """The weights do not depend on the model: two models in one process, while one takes the other's place, hold them once."""
    assert Encoding()._encoder is encoding._encoder


def test_accents_come_back_before_encoding() -> None:
    """A text without its accents is read as if it had them, in its own language only, after the word table."""
    known = Encoding(spellings={"pl": {"moga": "mogą", "policja": "POLICJA"}, "ht": {"acheter": "ACHETER"}})
    assert known.readable("moga mnie zatrzymac", "pl") == "mogą mnie zatrzymac"
    assert known.readable("moga", "en") == "moga"
    assert known.readable("achte", "ht") == "ACHETER"
    assert known.readable("gliny", "pl") == "POLICJA"
