"""Catalogues: an old translation of changed English is never kept as good, and nothing changes without a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogs import NO_DATE, catalog_path, is_withdrawn, read_catalog, template, update
from bot.core.errors import ContentError

CALL = "Keep the door shut and call a lawyer."
PHRASES = {"door": CALL, "page": CALL, "empty": "Please write your question.", "said_in": "Said in {date}."}
SAID = {
    "ar": ("أبقِ الباب مغلقاً واتصل بمحامٍ.", "من فضلك اكتب سؤالك."),
    "zh": ("别开门，打电话给律师。", "请写下您的问题。"),
    "ht": ("Kite pòt la fèmen epi rele yon avoka.", "Tanpri ekri kesyon ou."),
    "pl": ("Nie otwieraj drzwi i zadzwoń do prawnika, a jeśli go nie masz, poszukaj kogoś, kto pomoże.", "Proszę napisać pytanie."),
}
# name -> what CALL becomes in phrases.yml
CHANGED = {
    "a word more": "Keep the door shut and call a good lawyer.",
    "the opposite": "Keep the door open and call a lawyer.",
    "another sentence altogether": "Nobody may sell your data.",
    "punctuation only": "Keep the door shut, and call a lawyer.",
    "capitals only": "KEEP the door shut and call a lawyer.",
}
BROKEN = {
    "an unknown keyword": ('msgid "a"\nmssgstr "b"\n', 2),
    "a quote that never ends": ('msgid "a"\nmsgstr "Bonjou\n', 2),
    "words after the closing quote": ('msgid "a"\nmsgstr "Bonjou" zanmi\n', 2),
    "words outside of quotes": ('msgid "a"\nmsgstr "b"\nmerci\n', 3),
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A data/answers with four phrases and nothing else."""
    folder = tmp_path / "answers"
    for name in ("topics", "sources"):
        (folder / name).mkdir(parents=True)
    for name in ("contacts.yml", "towns.yml", "laws.yml", "notices.yml"):
        (folder / name).write_text("[]\n", encoding="utf-8")
    write_phrases(folder, PHRASES)
    return folder


@pytest.fixture
def locales(answers: Path) -> Path:
    """Catalogues of four languages in which CALL and one more phrase are translated."""
    folder = answers.parent / "locales"
    update(answers, folder, list(SAID))
    for code, (call, empty) in SAID.items():
        translate(catalog_path(folder, code, "messages"), {("door", CALL): call, ("empty", PHRASES["empty"]): empty})
    update(answers, folder, list(SAID))
    return folder


def write_phrases(answers: Path, phrases: dict[str, str]) -> None:
    (answers / "phrases.yml").write_text(yaml.safe_dump(phrases, sort_keys=False), encoding="utf-8")


def translate(path: Path, said: dict[tuple[str, str], str]) -> None:
    catalog = read_catalog(path, path.parent.parent.name)
    for (context, english), text in said.items():
        catalog.get(english, context).string = text
    with path.open("wb") as file:
        write_po(file, catalog)


def messages(locales: Path, code: str) -> dict[tuple[str | None, str], Message]:
    return {(m.context, str(m.id)): m for m in read_catalog(catalog_path(locales, code, "messages"), code) if m.id}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("english", CHANGED.values(), ids=CHANGED)
@pytest.mark.parametrize("code", SAID)
def test_changed_english_never_keeps_its_translation_as_good(answers: Path, locales: Path, code: str, english: str) -> None:
    """When the English changes, be it by a comma, the old translation is marked fuzzy or dropped."""
    write_phrases(answers, {**PHRASES, "door": english})
    update(answers, locales, list(SAID))
    found = messages(locales, code)
    assert ("door", CALL) not in found
    message = found["door", english]
    assert message.fuzzy or not message.string


MORE = "Keep the door shut and call a good lawyer."


def flag(locales: Path, code: str, *flags: str) -> None:
    path = catalog_path(locales, code, "messages")
    catalog = read_catalog(path, code)
    catalog.get(MORE, "door").flags = set(flags)
    with path.open("wb") as file:
        write_po(file, catalog, include_previous=True)


@pytest.mark.parametrize("code", SAID)
def test_a_fuzzy_translation_keeps_the_english_it_was_made_of(answers: Path, locales: Path, code: str) -> None:
    """The old English stands beside it through every update; where it changes twice, the first one counts."""
    for english in (MORE, MORE, f"{MORE} Now."):
        write_phrases(answers, {**PHRASES, "door": english})
        update(answers, locales, list(SAID))
        message = messages(locales, code)["door", english]
        assert (message.previous_id, message.user_comments, message.fuzzy) == ([CALL], [], True)
    assert f'#| msgid "{CALL}"\n' in catalog_path(locales, code, "messages").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", SAID)
def test_a_withdrawn_translation_stays_withdrawn(answers: Path, locales: Path, code: str) -> None:
    """Updates keep the mark while the translation is fuzzy; once a translator has taken `fuzzy` away it goes too."""
    write_phrases(answers, {**PHRASES, "door": MORE})
    update(answers, locales, list(SAID))
    flag(locales, code, "fuzzy", "withdrawn")
    for english in (MORE, f"{MORE} Now."):
        write_phrases(answers, {**PHRASES, "door": english})
        update(answers, locales, list(SAID))
        assert is_withdrawn(messages(locales, code)["door", english])


def test_a_translation_that_is_good_again_is_not_withdrawn(answers: Path, locales: Path) -> None:
    """A program for translators that clears `fuzzy` alone has renewed the translation."""
    write_phrases(answers, {**PHRASES, "door": MORE})
    update(answers, locales, list(SAID))
    flag(locales, "ar", "withdrawn")
    assert not is_withdrawn(messages(locales, "ar")["door", MORE])
    update(answers, locales, list(SAID))
    assert messages(locales, "ar")["door", MORE].flags == set()


@pytest.mark.parametrize("written, english", [
    pytest.param('#| msgid "Old."', ["Old."], id="one line"),
    pytest.param('#| msgid "He said \\"no\\"."', ['He said "no".'], id="with marks in it"),
    pytest.param('#| msgctxt "door"\n#| msgid "Old."', ["Old."], id="with its old key"),
    pytest.param('#| msgid ""\n#| "One.\\n"\n#| "Two."', ["One.\nTwo."], id="on several lines"),
    pytest.param("# by hand: | is a stroke", [], id="only a comment"),
])
def test_the_old_english_is_read_as_other_programs_write_it(tmp_path: Path, written: str, english: list[str]) -> None:
    """Poedit and Weblate write `#| msgid`, over one line or several."""
    path = tmp_path / "messages.po"
    path.write_text(f'{written}\n#, fuzzy\nmsgctxt "door"\nmsgid "New."\nmsgstr "Nouvo."\n', encoding="utf-8")
    assert read_catalog(path, "ht").get("New.", "door").previous_id == english


@pytest.mark.parametrize("code", SAID)
def test_a_new_sentence_never_borrows_the_translation_of_a_like_one(answers: Path, locales: Path, code: str) -> None:
    """Babel guesses by likeness; a new phrase starts without a translation and is shown in English with a notice."""
    write_phrases(answers, {**PHRASES, "brand_new": f"{CALL}!"})
    update(answers, locales, list(SAID))
    message = messages(locales, code)["brand_new", f"{CALL}!"]
    assert not message.string
    assert not message.fuzzy


@pytest.mark.parametrize("code", SAID)
def test_translations_of_unchanged_english_stay_letter_for_letter(answers: Path, locales: Path, code: str) -> None:
    """What is not touched stays as the translator wrote it, and stays good, while other sentences come and go."""
    write_phrases(answers, {"new": "Is this page safe?", **PHRASES, "said_in": "Said on {date}."})
    update(answers, locales, list(SAID))
    found = messages(locales, code)
    kept = [found["door", CALL], found["empty", PHRASES["empty"]]]
    assert tuple(m.string for m in kept) == SAID[code]
    assert not any(m.fuzzy for m in kept)


@pytest.mark.parametrize("code", SAID)
def test_one_sentence_in_two_places_is_two_translations(locales: Path, code: str) -> None:
    """The same English under another key is translated for itself and takes nothing over as good."""
    message = messages(locales, code)["page", CALL]
    assert message.fuzzy or not message.string


def test_a_sentence_that_is_gone_leaves_the_catalogues(answers: Path, locales: Path) -> None:
    """A phrase that no longer exists is in no catalogue, not even as a comment."""
    write_phrases(answers, {k: v for k, v in PHRASES.items() if k != "empty"})
    update(answers, locales, list(SAID))
    assert not [name for name, raw in contents(locales).items() if b"Please write your question" in raw]


def test_updating_twice_changes_nothing(answers: Path, locales: Path) -> None:
    """A second update writes the very same bytes, so that a diff shows only what a translator did."""
    before = contents(locales)
    written = update(answers, locales, list(SAID))
    assert {str(p.relative_to(locales)) for p in written} == set(before)
    assert contents(locales) == before


def test_no_file_holds_the_day_of_its_making(locales: Path) -> None:
    """The dates in the headers are fixed; another day's update gives the same file."""
    day = NO_DATE.strftime("%Y-%m-%d %H:%M").encode()
    for name, raw in contents(locales).items():
        assert (raw.count(b"-Date: "), raw.count(b"-Date: " + day)) == (2, 2), name


def test_a_new_language_gets_every_sentence_untranslated(answers: Path, locales: Path) -> None:
    """A language that had no folder gets catalogues with all sentences, none of them translated, none fuzzy."""
    update(answers, locales, ["so"])
    found = messages(locales, "so")
    assert {context for context, _ in found} == set(PHRASES)
    assert not any(m.string or m.fuzzy for m in found.values())


def test_a_translation_stands_on_one_line(answers: Path, locales: Path) -> None:
    """However another editor wrapped it, an update writes a sentence on one line, where a message can point to."""
    path = catalog_path(locales, "pl", "messages")
    call = SAID["pl"][0]
    raw = path.read_text(encoding="utf-8")
    assert f'msgstr "{call}"\n' in raw
    path.write_text(raw.replace(f'msgstr "{call}"', f'msgstr ""\n"{call[:9]}"\n"{call[9:]}"'), encoding="utf-8")
    update(answers, locales, ["pl"])
    assert path.read_text(encoding="utf-8") == raw


def test_the_template_holds_each_sentence_with_its_place(answers: Path) -> None:
    """The template names the file of each sentence and holds no translation."""
    found = [m for m in template("messages", answers) if m.id]
    assert [(m.context, m.id) for m in found] == list(PHRASES.items())
    assert {(bool(m.string), m.locations[0][0]) for m in found} == {(False, "phrases.yml")}


@pytest.mark.parametrize("text, line", BROKEN.values(), ids=BROKEN)
def test_a_broken_catalogue_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """A catalogue that cannot be read is named with the line of the mistake and a remedy."""
    path = tmp_path / "answers.po"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"answers\.po:{line}: .*; mend that line"):
        read_catalog(path, "ht")


def test_a_catalogue_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A catalogue that is not UTF-8 is refused with the remedy, never read as other letters."""
    path = tmp_path / "answers.po"
    path.write_bytes('msgid "Hello"\nmsgstr "Cześć, miło Cię widzieć"\n'.encode("iso-8859-2"))
    with pytest.raises(ContentError, match=r"answers\.po.*pl.*UTF-8"):
        read_catalog(path, "pl")


def test_a_missing_catalogue_says_how_it_is_made(tmp_path: Path) -> None:
    """A catalogue that is not there is named with the command that makes it."""
    with pytest.raises(ContentError, match=r"ht/LC_MESSAGES/answers\.po: .*missing; run `make strings`"):
        read_catalog(catalog_path(tmp_path, "ht", "answers"), "ht")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_a_translation_in_any_script_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever letters a translation has, the catalogue gives them back unchanged."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    catalog.add(CALL, text, context="door")
    path = tmp_path_factory.mktemp("po") / "messages.po"
    with path.open("wb") as file:
        write_po(file, catalog, width=0)
    assert read_catalog(path, "any").get(CALL, "door").string == text
