"""What becomes of translations when the English changes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.catalogs import parse_catalog, print_catalog
from bot.core.errors import EditError
from bot.edits.catalogues import LAW, SEVERITIES, TYPO, WORDING, reword
from bot.edits.entries import Entry, entries
from bot.edits.translations import review, translate
from bot.history.files import Files, Table
from bot.strings import DOMAINS, AnswerFiles, segments
from tests.edits.small import DAY, SAID, SHORT, STEP, answers, edited, small

NEW = "Keep your own door shut, whoever knocks and whatever they say about a well-known case-by-case rule of theirs."
SLIP = f"{STEP[:-1]}!"


@pytest.fixture(scope="module")
def files() -> Files:
    return small()


def changed(files: Files, new: str, severity: str, old: str = STEP) -> Files:
    after = edited(files, old, new)
    return after.changed(reword(after, {("door", old): new}, severity))


def entry(files: Files, language: str, msgid: str) -> Entry:
    return next(e for e in entries(files, language) if e.msgid == msgid)


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(("severity", "state", "previous"), [(TYPO, "draft", ""), (WORDING, "outdated", STEP), (LAW, "withdrawn", STEP)])
def test_the_severity_decides_what_an_old_translation_is_worth(
    files: Files, language: str, severity: str, state: str, previous: str
) -> None:
    """A typo keeps it, other words make it outdated, another law withdraws it; the translator's name stays."""
    new = SLIP if severity == TYPO else NEW
    found = entry(changed(files, new, severity), language, new)
    assert (found.state, found.previous, found.msgstr) == (state, previous, SAID[language]["door"][STEP])
    assert found.translator == "marie"


def test_a_typo_keeps_a_review(files: Files) -> None:
    """Who checked the words has checked them; a comma in the English changes nothing in Creole."""
    for english, text in (("Stay calm.", "Rete kal."), ("Do I have to open the door?", "Èske m oblije louvri pòt la?")):
        files = files.changed(translate(files, "ht", "door", english, text, "marie", DAY))
    files = files.changed(review(files, "ht", "door", "jan", DAY))
    assert entry(changed(files, "Keep the door shut!", TYPO), "ht", "Keep the door shut!").state == "reviewed"
    assert entry(changed(files, "Keep the door shut!", WORDING), "ht", "Keep the door shut!").state == "outdated"


def test_the_english_that_was_translated_is_remembered_over_several_changes(files: Files) -> None:
    """The old English is that which the translator had before the eyes; a later typo does not make the words good."""
    twice = changed(changed(files, "Keep it shut.", LAW), "Keep it shut!", TYPO, old="Keep it shut.")
    found = entry(twice, "zh", "Keep it shut!")
    assert (found.state, found.previous) == ("withdrawn", STEP)


def test_old_english_stands_whole_in_the_file(files: Files) -> None:
    """However long the old English is, it stands in one line, in one pair of quotation marks."""
    files = changed(files, NEW, WORDING).changed({})
    files = files.changed(translate(files, "ar", "door", NEW, "أبقِ الباب مغلقاً دائماً.", "marie", DAY))
    twice = changed(files, "Keep it shut.", WORDING, old=NEW)
    assert f'#| msgid "{NEW}"\n' in answers(twice, "ar")


@pytest.mark.parametrize("old", [NEW, "Two\nlines, \"quoted\" and  two spaces.", "别开门\u2028。", "back\\slash"])
def test_old_english_is_read_as_it_was_written(old: str) -> None:
    """Line breaks, quotation marks and long lines of the old English come back from the file unchanged."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    catalog.add("New.", "Nouvo.", flags=["fuzzy"], previous_id=[old], context="door")
    text = print_catalog(catalog)
    again = parse_catalog(text, "ht", "answers.po")
    assert again.get("New.", "door").previous_id == [old]
    assert print_catalog(again) == text


def test_the_english_of_files_is_that_of_the_folder(root: Path) -> None:
    """What is read through files is what is read from the disk, in the same order."""
    paths = (root / "data" / "answers").rglob("*.yml")
    files = Files(Table({p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in paths}))
    for domain in DOMAINS:
        assert list(segments(domain, AnswerFiles(files))) == list(segments(domain, root / "data" / "answers"))


@pytest.mark.parametrize("new", [SHORT.replace("0000", "0001"), SHORT.replace("2025", "2026"), SHORT.replace("ctlaw", "mylaw")])
def test_another_number_is_no_typo(files: Files, new: str) -> None:
    """With a number, a date or a link the answer itself changes: translations must not go on as good."""
    with pytest.raises(EditError) as caught:
        changed(files, new, TYPO, old=SHORT)
    assert caught.value.field == "severity"


def test_a_translation_with_an_old_phone_number_is_not_shown(files: Files) -> None:
    """Where whom to call changed, residents get English, even if only "other words" was said."""
    new = SHORT.replace("0000", "0001")
    assert {entry(changed(files, new, WORDING, old=SHORT), code, new).state for code in SAID} == {"withdrawn"}
    year = SHORT.replace("2025", "2026")
    assert {entry(changed(files, year, WORDING, old=SHORT), code, year).state for code in SAID} == {"outdated"}


def test_an_unknown_severity_is_refused(files: Files) -> None:
    """Without a severity nothing is done."""
    with pytest.raises(EditError):
        reword(files, {}, "harmless")


def test_sentences_come_and_go_without_a_guess(files: Files) -> None:
    """A new sentence is missing, however like an old one; a sentence that is gone leaves every file."""
    after = edited(files, STEP, "Keep the doors shut.")
    after = after.changed(reword(after, {}, WORDING))
    assert {entry(after, code, "Keep the doors shut.").state for code in SAID} == {"missing"}
    assert not [path for path in after.list("locales") if STEP in after.read(path)]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_only_the_catalogues_of_the_changed_domain_change(files: Files, severity: str) -> None:
    """An edit of a topic touches the template and the catalogues of answers; without an edit nothing changes."""
    new = SLIP if severity == TYPO else NEW
    after = edited(files, STEP, new)
    assert set(reword(after, {("door", STEP): new}, severity)) == {
        "locales/answers.pot", *(f"locales/{code}/LC_MESSAGES/answers.po" for code in SAID)
    }
    assert reword(files, {}, severity) == {}


def test_a_sentence_said_twice_keeps_the_translation_it_has(files: Files) -> None:
    """Where the new English already has a translation in this context, that one stays."""
    files = files.changed(translate(files, "ht", "door", "Stay calm.", "Rete kal.", "jan", DAY))
    after = edited(files, f"  - {STEP}\n", "")
    after = after.changed(reword(after, {("door", STEP): "Stay calm."}, LAW))
    assert (entry(after, "ht", "Stay calm.").msgstr, entry(after, "ht", "Stay calm.").state) == ("Rete kal.", "draft")


def test_it_is_fast_with_all_languages(root: Path) -> None:
    """An editor does not wait: an edit of a topic brings all languages up to date within seconds on a busy machine."""
    paths = [p for folder in ("data/answers", "locales") for p in (root / folder).rglob("*") if p.suffix in (".yml", ".po", ".pot")]
    real = Files(Table({p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in paths}))
    name = "data/answers/topics/accused_of_crime.yml"
    old, new = "Go to every court date.", "Go to each court date."
    real = real.changed({name: real.read(name).replace(old, new)})
    before = time.process_time()
    changes = reword(real, {("accused_of_crime", old): new}, WORDING)
    assert time.process_time() - before < 3
    assert "locales/pl/LC_MESSAGES/answers.po" in changes
