"""Translating and reviewing: one entry changes, and nobody reviews what he or she wrote."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import EditError
from bot.edits.catalogues import LAW, WORDING, reword
from bot.edits.entries import Entry, catalogue, entries
from bot.edits.translations import advice, approved, review, review_all, translate
from bot.edits.wording import tidied
from bot.history.files import Files, Table
from tests.edits.small import DAY, SAID, SHORT, STEP, answers, edited, small

CALM = "Stay calm."
TITLE = "Do I have to open the door?"
FILES = small()


def entry(files: Files, language: str, msgid: str) -> Entry:
    return next(e for e in entries(files, language) if e.msgid == msgid)


@pytest.fixture(scope="module")
def files() -> Files:
    return FILES


@pytest.fixture(scope="module")
def finished(files: Files) -> Files:
    """The Creole of the topic is complete."""
    for english, text in ((CALM, "Rete kal."), (TITLE, "Èske m oblije louvri pòt la?")):
        files = files.changed(translate(files, "ht", "door", english, text, "marie", DAY))
    return files


@pytest.mark.parametrize(("language", "text"), [("ar", "ابقوا هادئين."), ("zh", "保持冷静。"), ("ht", "Rete kal.")])
def test_a_translation_changes_the_lines_of_its_entry_only(files: Files, language: str, text: str) -> None:
    """The diff of one edit holds the translation and who made it, nothing else."""
    changes = translate(files, language, "door", CALM, text, "jan", DAY)
    (path,) = changes
    before, after = files.read(path).splitlines(), str(changes[path]).splitlines()
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert changed == ["+ # translated by jan 2026-11-22", '- msgstr ""', f'+ msgstr "{text}"']
    assert entry(files.changed(changes), language, CALM).translator == "jan"


def test_the_real_catalogues_too_change_in_one_entry_only(root: Path) -> None:
    """In the files that are live an edit touches one entry."""
    path = "locales/ht/LC_MESSAGES/answers.po"
    texts = {name: (root / name).read_text(encoding="utf-8") for name in (path, "data/answers/languages.yml")}
    for domain in ("messages", "sources"):
        texts[f"locales/ht/LC_MESSAGES/{domain}.po"] = 'msgid ""\nmsgstr ""\n'
    real = Files(Table(texts))
    message = next(m for m in catalogue(real, "ht", "answers") if m.id and "step" in m.auto_comments)
    after = translate(real, "ht", message.context, message.id, "Yon lòt mo.", "jan", DAY, numbers_ok=True)[path]
    changed = [line for line in difflib.ndiff(texts[path].splitlines(), str(after).splitlines()) if line[0] in "+-"]
    assert len([line for line in changed if line.startswith("+")]) == 2


def test_a_second_translator_takes_the_place_of_the_first(files: Files) -> None:
    """One line names the translator: whoever wrote the words that stand there."""
    after = files.changed(translate(files, "ht", "door", STEP, "Pa louvri pòt la.", "jan", DAY))
    assert answers(after, "ht").count("# translated by jan") == 1
    assert answers(after, "ht").count("# translated by marie") == answers(files, "ht").count("# translated by marie") - 1


def test_the_same_words_again_change_nothing(files: Files) -> None:
    """Saving what stands there does not make somebody its translator."""
    assert translate(files, "ht", "door", STEP, f" {SAID['ht']['door'][STEP]} ", "jan", DAY) == {}


@pytest.mark.parametrize("severity", [WORDING, LAW])
def test_translating_anew_clears_what_was_held_against_it(files: Files, severity: str) -> None:
    """After the English changed a translator confirms or rewrites, and the marks and the old English go."""
    changed = edited(files, STEP, "Keep your door shut.")
    changed = changed.changed(reword(changed, {("door", STEP): "Keep your door shut."}, severity))
    after = changed.changed(translate(changed, "zh", "door", "Keep your door shut.", "不要开门。", "jan", DAY))
    assert entry(after, "zh", "Keep your door shut.").state == "draft"
    assert not [mark for mark in ("fuzzy", "withdrawn", "#|") if mark in answers(after, "zh")]


@pytest.mark.parametrize(("msgid", "text", "field"), [
    pytest.param(CALM, "  ", "text", id="nothing"),
    pytest.param("gone", "Rete kal.", "msgid", id="a sentence that is no longer there"),
    pytest.param(SHORT, "Rele yon avoka.", "text", id="without the number to call"),
])
def test_what_may_not_be_is_said_beside_the_field(files: Files, msgid: str, text: str, field: str) -> None:
    """A refusal names the field of the form."""
    with pytest.raises(EditError) as caught:
        translate(files, "ht", "door", msgid, text, "jan", DAY)
    assert caught.value.field == field


@pytest.mark.parametrize("by", ["", "two words", "x" * 60, 'a"b', "a\nb"])
def test_a_name_that_would_break_the_record_is_refused(finished: Files, by: str) -> None:
    """A username is one short word, in the catalogue and in the record of reviews."""
    with pytest.raises(EditError):
        translate(finished, "ht", "door", CALM, "Rete trankil.", by, DAY)
    with pytest.raises(EditError):
        review(finished, "ht", "door", by, DAY)


def test_an_unknown_language_is_refused(files: Files) -> None:
    """A language that is not in languages.yml has no catalogue to look into."""
    with pytest.raises(EditError):
        translate(files, "../x", "door", CALM, "Rete kal.", "jan", DAY)


def test_a_second_speaker_makes_translations_reviewed(finished: Files) -> None:
    """After a review every sentence of the context counts as checked, by name; the head of the file stays."""
    after = finished.changed(review(finished, "ht", "door", "jan", DAY))
    found = [e for e in entries(after, "ht") if e.context == "door"]
    assert {(e.state, e.reviewer, e.translator) for e in found} == {("reviewed", "jan", "marie")}
    assert after.read("locales/states.yml").startswith("# Who has checked what.\nar: {}\n")


def test_a_changed_translation_is_a_draft_again(finished: Files) -> None:
    """A review holds for the words that were reviewed, not for those that come after."""
    after = finished.changed(review(finished, "ht", "door", "jan", DAY))
    after = after.changed(translate(after, "ht", "door", CALM, "Rete trankil.", "marie", DAY))
    assert entry(after, "ht", CALM).state == "draft"
    assert entry(after, "ht", STEP).state == "reviewed"


@pytest.mark.parametrize("by", ["marie", "Marie"])
def test_nobody_reviews_their_own_words(finished: Files, by: str) -> None:
    """The translator of any sentence of a context may not check it."""
    with pytest.raises(EditError, match="yourself"):
        review(finished, "ht", "door", by, DAY)


def test_one_word_of_ones_own_is_enough_to_be_refused(finished: Files) -> None:
    """Whoever rewrote one sentence of many is its translator."""
    after = finished.changed(translate(finished, "ht", "door", CALM, "Rete trankil.", "jan", DAY))
    with pytest.raises(EditError, match="yourself"):
        review(after, "ht", "door", "jan", DAY)


def test_what_is_not_finished_is_not_reviewed(files: Files, finished: Files) -> None:
    """A missing or an outdated sentence keeps its context from being marked."""
    with pytest.raises(EditError, match="missing"):
        review(files, "ht", "door", "jan", DAY)
    changed = edited(finished, CALM, "Stay calm now.")
    changed = changed.changed(reword(changed, {("door", CALM): "Stay calm now."}, WORDING))
    with pytest.raises(EditError, match="changed"):
        review(changed, "ht", "door", "jan", DAY)
    with pytest.raises(EditError, match="nothing"):
        review(files, "ht", "no such context", "jan", DAY)


@pytest.mark.parametrize(("text", "word"), [
    pytest.param("Do “wi”?", "160", id="only quotation marks force a long encoding"),
    pytest.param("Wi.", "question mark", id="a question that became a statement"),
])
def test_advice_names_what_to_look_at(files: Files, text: str, word: str) -> None:
    """Advice forbids nothing; it says what to look at again."""
    assert any(word in line for line in advice(files, "ht", "door", TITLE, text))


@pytest.mark.parametrize("text", ["هل «يجب» أن أفتح الباب؟", "我必须“开门”吗？"])
def test_no_advice_on_marks_where_the_script_needs_the_long_encoding_anyway(files: Files, text: str) -> None:
    """In Arabic and Chinese a quotation mark costs nothing."""
    assert advice(files, "ar", "door", TITLE, text) == ()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Nd"], exclude_characters="{}"), min_size=1, max_size=30))
def test_what_is_taken_comes_back_letter_for_letter(text: str) -> None:
    """Whatever a translator may write is read from the file as it was kept."""
    try:
        changes = translate(FILES, "ht", "door", CALM, text, "jan", DAY, numbers_ok=True)
    except EditError:
        return
    assert entry(FILES.changed(changes), "ht", CALM).msgstr == tidied(CALM, text)



def test_several_contexts_are_reviewed_all_or_none(finished: Files) -> None:
    """One that may not be marked keeps the others from it, and is named."""
    both = finished.changed(translate(finished, "ht", "contact.aid", "Free help", "Èd gratis", "jozef", DAY))
    after = both.changed(review_all(both, "ht", ["door", "contact.aid"], "ana", DAY))
    assert {e.state for e in entries(after, "ht") if e.context in ("door", "contact.aid")} == {"reviewed"}
    with pytest.raises(EditError, match=r"contact\.aid: A translation is missing"):
        review_all(finished, "ht", ["door", "contact.aid"], "ana", DAY)


def test_an_approval_marks_what_the_draft_changes_and_nothing_else(finished: Files) -> None:
    """The other sentences of the context were not shown to the approver; what was reviewed before stays reviewed."""
    draft = finished.changed(translate(finished, "ht", "door", CALM, "Rete trankil.", "marie", DAY))
    after = draft.changed(approved(finished, draft, "ht", ["door", "said_in"], "jan", DAY))
    assert [e.msgid for e in entries(after, "ht") if e.state == "reviewed"] == [CALM]
    reviewed = finished.changed(review(finished, "ht", "door", "ana", DAY))
    again = reviewed.changed(translate(reviewed, "ht", "door", CALM, "Rete trankil.", "marie", DAY))
    done = again.changed(approved(reviewed, again, "ht", ["door"], "jan", DAY))
    assert {e.state for e in entries(done, "ht") if e.context == "door"} == {"reviewed"}


def test_an_approver_marks_nothing_of_their_own(finished: Files) -> None:
    """Nor anything where the draft changed nothing."""
    draft = finished.changed(translate(finished, "ht", "door", CALM, "Rete trankil.", "marie", DAY))
    assert approved(finished, draft, "ht", ["door"], "MARIE", DAY) == {}
    assert approved(finished, finished, "ht", ["door"], "jan", DAY) == {}
