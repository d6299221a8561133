"""Differences as people read them: pieces and words, not lines of files."""

from __future__ import annotations

import pytest

from bot.history.comparison import Difference, differences, marked

TOPIC = 'id: x\nshort: "Stay calm."\ntowns:\n  norwalk: "Old."\nsteps:\n  - "One step."\n  - "Two steps."\n'
TOPIC += 'quotes: [a, [b, c]]\nreview_by: 2027-01-01\n'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{flags}msgctxt "x"\nmsgid "Stay calm."\nmsgstr "{text}"\n'


def shown(path: str, old: str | None, new: str | None) -> list[tuple[str, str, str]]:
    return [(d.field, d.old, d.new) for d in differences({path: (old, new)})]


CASES = [
    pytest.param("Stay calm.", "Stay very calm.", ("short", "Stay calm.", "Stay very calm."), id="a sentence"),
    pytest.param("Old.", "New.", ("towns.norwalk", "Old.", "New."), id="a town"),
    pytest.param("Two steps.", "Three steps.", ("steps.2", "Two steps.", "Three steps."), id="a step"),
    pytest.param("[a, [b, c]]", "[a]", ("quotes", "a, [b, c]", "a"), id="quotations"),
    pytest.param("2027-01-01", "2027-06-01", ("review_by", "2027-01-01", "2027-06-01"), id="a date"),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_pieces_of_an_answer(old: str, new: str, expected: tuple[str, str, str]) -> None:
    """A change is named by the field it is in, and nothing else is."""
    assert shown("data/answers/topics/x.yml", TOPIC, TOPIC.replace(old, new)) == [expected]


def test_records_go_by_their_name() -> None:
    """In a list of records a change belongs to the record, wherever it stands."""
    old = "- id: a\n  note: One\n- id: b\n  note: Two\n"
    assert shown("data/answers/contacts.yml", old, "- id: b\n  note: Zwei\n- id: a\n  note: One\n") == [("b.note", "Two", "Zwei")]


def test_examples_come_and_go() -> None:
    """Of a block of examples only those that came or went are shown."""
    old = "nlu:\n- intent: greet\n  examples: |\n    - hola\n    - buenas\n    - hey\n"
    assert shown("data/nlu/es.yml", old, old + "    - qué tal\n") == [("nlu.greet.examples", "", "- qué tal")]


def test_translations() -> None:
    """A translation is shown in its language, under its English, with what became of it."""
    old, new = PO.format(flags="", text="Rete kalm."), PO.format(flags="", text="Rete trankil.")
    found = differences({"locales/ht/LC_MESSAGES/answers.po": (old, new)})
    assert found == [Difference("ht: x", "Stay calm.", "Rete kalm.", "Rete trankil.", "ht")]
    taken_back = PO.format(flags="#, fuzzy, withdrawn\n", text="Rete kalm.")
    assert shown("locales/ht/LC_MESSAGES/answers.po", old, taken_back) == [("Stay calm. (withdrawn)", "Rete kalm.", "Rete kalm.")]


def test_new_and_gone_files() -> None:
    """A file that is new or gone shows all of its pieces."""
    assert ("short", "", "Stay calm.") in shown("data/answers/topics/x.yml", None, TOPIC)
    assert ("short", "Stay calm.", "") in shown("data/answers/topics/x.yml", TOPIC, None)


@pytest.mark.parametrize(("old", "new", "parts"), [
    pytest.param("Stay calm.", "Stay very calm.", (("same", "Stay "), ("new", "very "), ("same", "calm.")), id="English"),
    pytest.param("不要开门", "请不要开门", (("new", "请"), ("same", "不要开门")), id="Chinese"),
    pytest.param("لا تفتح الباب", "لا تفتح بابك", (("same", "لا تفتح "), ("gone", "الباب"), ("new", "بابك")), id="Arabic"),
])
def test_words_are_marked(old: str, new: str, parts: tuple[tuple[str, str], ...]) -> None:
    """Both texts can be read out of the marks, word by word."""
    found = marked(old, new)
    assert "".join(text for mark, text in found if mark != "new") == old
    assert "".join(text for mark, text in found if mark != "gone") == new
    assert found == parts
