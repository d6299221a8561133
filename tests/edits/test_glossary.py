"""The glossary held against translations: what to avoid, what to use."""

from __future__ import annotations

import pytest

from bot.edits.glossary import glossary, remarks, terms_in
from bot.history.files import Files, Table

ROWS = {
    "es": """\
- {term: warrant, use: "orden (warrant)", avoid: "orden judicial"}
- {term: warrant signed by a judge, use: "orden firmada por un juez; orden de un juez", avoid: "orden (alone)"}
- {term: detainer, use: "petición de ICE", avoid: "orden de detención", note: "A request, not an order."}
- {term: to hold (a person), use: retener, avoid: detener}
""",
    "zh": '- {term: ICE, use: "ICE", avoid: "移民局"}\n',
    "ar": '- {term: papers (having papers / without papers), \
use: "أوراق: لديه أوراق / بدون أوراق", avoid: "غير شرعي، مخالف (for people)"}\n',
    "ht": '- {term: lawyer, use: "avoka", avoid: "notè, metr"}\n',
}
FILES = Files(Table({f"locales/{code}/glossary.yml": text for code, text in ROWS.items()}))


@pytest.mark.parametrize(("language", "english", "text", "expected"), [
    pytest.param("es", "They need a warrant.", "Necesitan una orden judicial.", "Avoid “orden judicial”", id="a word to avoid"),
    pytest.param("es", "They need a warrant.", "Necesitan una orden.", None, id="the word to use"),
    pytest.param("es", "A warrant signed by a judge.", "Una orden firmada por un juez.", None, id="the longer term counts"),
    pytest.param("es", "A detainer is no order.", "Una detención.", "A request, not an order.", id="the word is missing, with the note"),
    pytest.param("es", "Two detainers.", "Dos peticiones de ICE.", None, id="plurals"),
    pytest.param("es", "Hold this up.", "Muestre esto.", None, id="a verb with another sense"),
    pytest.param("zh", "Is ICE here?", "移民局在这里吗？", "Avoid “移民局”", id="Chinese has no spaces"),
    pytest.param("ar", "People without papers", "المخالف", "Avoid “مخالف”", id="an Arabic word with its article"),
    pytest.param("ar", "People without papers", "أشخاص بدون أوراق", None, id="the Arabic words to use"),
    pytest.param("ht", "Ask a lawyer.", "Mande yon notè.", "Avoid “note”", id="Creole"),
    pytest.param("ht", "Ask a friend.", "Mande yon notè.", None, id="another sentence"),
])
def test_the_glossary_speaks_where_its_term_is(language: str, english: str, text: str, expected: str | None) -> None:
    """A term of the English that is said otherwise gets one sentence; everything else none."""
    found = list(remarks(english, text, glossary(FILES, language)))
    assert (not found) if expected is None else any(expected in line for line in found), found


def test_the_longer_term_is_meant() -> None:
    """Of two terms of which one holds the other, the longer one is meant."""
    found = terms_in("A warrant signed by a judge.", glossary(FILES, "es"))
    assert [term.english[0] for term in found] == ["warrant signed by a judge"]


def test_a_language_without_a_glossary_has_no_terms() -> None:
    """No file, no advice."""
    assert glossary(FILES, "pl") == ()
