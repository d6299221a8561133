"""The content files: what is broken never goes live, and its message leads the editor to the line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.core.content import DRAFT, MISSING, OUTDATED, REVIEWED, WITHDRAWN, Content, Off, Said
from bot.core.errors import ContentError
from bot.core.states import reviewed_as
from bot.history import journal
from bot.library import Library, forbidden_numbers, load
from bot.yamlfile import read_yaml

GREET = "data/answers/topics/greet.yml"
WITH_ICE = "data/answers/topics/police_work_with_ice.yml"
ACCUSED = "data/answers/topics/accused_of_crime.yml"
CHIEF = "data/answers/sources/westport-chief-2019.yml"
LAWS = "data/answers/laws.yml"
CONTACTS = "data/answers/contacts.yml"
PL = "locales/pl/LC_MESSAGES/messages.po"
ZH = "locales/zh/LC_MESSAGES/messages.po"
AR = "locales/ar/LC_MESSAGES/messages.po"
HT = "locales/ht/LC_MESSAGES/answers.po"
EMPTY = "error_empty"
LONG = "bla " * 100

# name -> (file, what is found there, what it becomes, what stands in the line that the message must name)
BREAKS = {
    "a tab begins a line": (GREET, r"^short:", "\tshort:", "short:"),
    "a colon too many": (GREET, r'^title: "(.*)"$', r"title: Hello: \1", "title:"),
    "an unknown keyword in a catalogue": (HT, r'^msgstr "[^"]', 'mssgstr "K', "mssgstr"),
    "an unknown quotation": (WITH_ICE, r"^quotes: \[", "quotes: [nobody-ever-said-this, ", "nobody-ever-said-this"),
    "an unknown law": (WITH_ICE, r"^laws: \[", "laws: [no-such-law, ", "no-such-law"),
    "an unknown topic to go on with": (GREET, r"^next: \[", "next: [no_such_topic, ", "no_such_topic"),
    "an unknown town": (WITH_ICE, r"^  norwalk:", "  norwalc:", "norwalc"),
    "a changed word in a quotation": (CHIEF, "We treat everyone equally", "We treat everybody equally", "treat-equally"),
    "a straight apostrophe in a quotation": (CHIEF, "We’ve been taking", "We've been taking", "caretaker"),
    "a changed word of the law": (LAWS, "no Warrants shall issue", "no Warrant shall issue", "constitution-4-searches"),
    "a word in braces gone from the Polish": (
        PL, r'(msgid "Said in \{date\}.*"\nmsgstr "[^"]*)\{date\}', r"\1", 'msgstr "Data wypowiedzi'),
    "a word in braces translated": (PL, r'(msgid "Said in \{date\}.*"\nmsgstr "[^"]*)\{date\}', r"\1{data}", "{data}"),
    "a tip line in a topic": (GREET, r'^(short: ".*)"$', r'\1 Call 866-347-2423."', "866-347-2423"),
    "a tip line in a topic, with the country": (GREET, r'^(short: ".*)"$', r'\1 Call +1 866.347.2423."', "866.347.2423"),
    "a number to be verified first, in a topic": (GREET, r'^(short: ".*)"$', r'\1 (203) 388-1719"', "388-1719"),
    "a number of a contact whose link alone is shown": (GREET, r'^(short: ".*)"$', r'\1 203-946-4811"', "203-946-4811"),
    "a tip line in the opening hours": (CONTACTS, r"^  hours: .*$", '  hours: "Mon, or 866-347-2423"', "866-347-2423"),
    "a tip line in the Chinese": (ZH, rf'(msgctxt "{EMPTY}"\nmsgid .*\nmsgstr ".*)"', r'\1打8663472423"', "8663472423"),
    "a tip line in Arabic digits": (AR, rf'(msgctxt "{EMPTY}"\nmsgid .*\nmsgstr ".*)"', r'\1 ٨٦٦-٣٤٧-٢٤٢٣"', "٨٦٦-٣٤٧-٢٤٢٣"),
    "a tip line in full-width digits": (
        ZH, rf'(msgctxt "{EMPTY}"\nmsgid .*\nmsgstr ".*)"', r'\1打８６６３４７２４２３"', "８６６３４７２４２３"),
    "a short answer that is too long": (GREET, r'^short: ".*"$', f'short: "{LONG}"', "short:"),
    "a short answer for a town that is too long": (WITH_ICE, r'^  norwalk: ".*"$', f'  norwalk: "{LONG}"', "norwalk:"),
    "a translated short answer that is too long": (
        HT, r'(#\. short\n#: topics/greet.yml\nmsgctxt "greet"\nmsgid .*\nmsgstr) ".*"', rf'\1 "{LONG}"', "msgstr"),
    "a translation too long that opens with a quote": (
        HT, r'(#\. short\n#: topics/greet.yml\nmsgctxt "greet"\nmsgid .*\nmsgstr) ".*"', rf'\1 "\\"Bonjou\\" {LONG}"', "msgstr"),
    "a quotation without its companion": (
        ACCUSED, r"\[(westport-chief-2019-crime-status), westport-chief-2019-crime-consequences\]", r"\1", "crime-status"),
}

# name -> (file, pattern, replacement): a record that lacks a field, or has it in a wrong form
MISSHAPEN = {
    "a topic without a review date": (GREET, r"^review_by: .*$", ""),
    "a topic with a review date that is none": (GREET, r"^review_by: .*$", "review_by: spring"),
    "a topic that is a list": (GREET, r"\A[\s\S]*\Z", "- id: greet\n"),
    "a document without its hash": (CHIEF, r"^sha256: .*$", ""),
    "a contact without its note": (CONTACTS, r"^  note: .*$", ""),
    "a contact without the day it was taken in": (CONTACTS, r"^  added: .*$", ""),
    "a review without its words": ("locales/states.yml", r"^pl: \{\}$", "pl: {greet: {by: Zofia, on: 2026-12-01}}"),
    "a switch without a reason": (GREET, r"\n\Z", "\noff: {by: Ana, on: 2026-12-01}\n"),
    "notices that are no list": ("data/answers/notices.yml", r"^\[\]$", "id: a"),
    "a contact without its mark": (CONTACTS, r"^  publish: .*$", ""),
    "a language without months": ("data/answers/languages.yml", r"^  months: .*$", ""),
    "a town without spellings": ("data/answers/towns.yml", r"spellings: .*\}$", "}"),
    "a law without its caution": (LAWS, r"^    caution: .*$", ""),
    "contacts that are no list": (CONTACTS, r"\A[\s\S]*\Z", "emergency: 911\n"),
    "an empty phrase file": ("data/answers/phrases.yml", r"\A[\s\S]*\Z", ""),
    "an empty keyword file": ("data/answers/keywords.yml", r"\A[\s\S]*\Z", ""),
    "an empty file of reviews": ("locales/states.yml", r"\A[\s\S]*\Z", ""),
}

# name -> (file, pattern, replacement): what would only fail when a resident's answer is put together
BRACES = {
    "an unknown word in braces in a topic": ("data/answers/topics/share_link.yml", r"\{url\}", "{urll}"),
    "a brace left over in a topic": (GREET, r'^(short: ".*)"$', r'\1 }"'),
    "a brace left over in the Polish": (PL, r'(msgid "Said in \{date\}.*"\nmsgstr ".*)"', r'\1 }"'),
    "an empty pair of braces in the Chinese": (ZH, r'(msgid "Said in \{date\}.*"\nmsgstr ".*)"', r'\1{}"'),
}


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The content files once more, to be broken."""
    for folder in ("data/answers", "locales"):
        shutil.copytree(root / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def library(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library that looks at its files at every turn."""
    monkeypatch.setattr("bot.library.LOOK_EVERY_SECONDS", -1)
    return Library(copy)


def edit(path: Path, pattern: str, replacement: str) -> None:
    """Changes the first place that fits; a table row whose place is gone fails loudly."""
    text, times = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert times == 1, f"{path} holds nothing like {pattern}"
    path.write_text(text, encoding="utf-8")


def complaint(root: Path) -> str:
    """What loading complains of, with paths from the root."""
    with pytest.raises(ContentError) as caught:
        load(root)
    return str(caught.value).replace(f"{root}/", "")


@pytest.mark.parametrize("file, pattern, replacement, held", BREAKS.values(), ids=BREAKS)
def test_broken_content_is_named_with_file_line_and_remedy(copy: Path, file: str, pattern: str, replacement: str, held: str) -> None:
    """Whatever is broken, loading fails with the file to mend, the very line, and what to do."""
    edit(copy / file, pattern, replacement)
    named = re.fullmatch(r"([\w./-]+:\d+): .+; .+", complaint(copy))
    lines = (copy / file).read_text(encoding="utf-8").splitlines()
    places = [f"{file}:{number}" for number, line in enumerate(lines, 1) if held in line]
    assert named and named[1] in places, complaint(copy)


@pytest.mark.parametrize("file, pattern, replacement", MISSHAPEN.values(), ids=MISSHAPEN)
def test_a_misshapen_record_is_named_with_its_file(copy: Path, file: str, pattern: str, replacement: str) -> None:
    """A field that lacks, or a file of another form, is a message for the editor and no programmer's error."""
    edit(copy / file, pattern, replacement)
    assert complaint(copy).startswith(f"{file}:")


@pytest.mark.parametrize("file, pattern, replacement", BRACES.values(), ids=BRACES)
def test_words_in_braces_that_cannot_be_filled_are_found_on_loading(copy: Path, file: str, pattern: str, replacement: str) -> None:
    """Braces that no program fills are found by loading, not by the resident whose answer breaks."""
    edit(copy / file, pattern, replacement)
    assert complaint(copy).startswith(f"{file}:")


@pytest.mark.parametrize("file", ["data/answers/phrases.yml", "locales/states.yml", HT])
def test_a_missing_file_is_named_with_a_remedy(copy: Path, file: str) -> None:
    """A file that is gone is named together with the way to get it back."""
    (copy / file).unlink()
    assert re.match(rf"{file}: .*missing; (restore|run)", complaint(copy))


def test_the_library_keeps_the_last_good_content_until_the_file_is_mended(library: Library, copy: Path) -> None:
    """Broken files never go live: the last good content stays, `trouble` says why, and mending ends it."""
    good, whole = library.content, (copy / GREET).read_text(encoding="utf-8")
    edit(copy / GREET, r"^short:", "\tshort:")
    assert library.content is good
    assert library.trouble and f"{GREET}:" in library.trouble
    (copy / GREET).write_text(whole.replace("Hello.", "Good day.", 1), encoding="utf-8")
    assert library.content.topics["greet"].short.startswith("Good day.")
    assert library.trouble is None


def test_the_library_lives_on_with_a_misshapen_record(library: Library, copy: Path) -> None:
    """However a record is broken, asking for the content never fails, and `trouble` names the file."""
    good = library.content
    edit(copy / CONTACTS, r"^  note: .*$", "")
    assert library.content is good
    assert library.trouble and CONTACTS in library.trouble


def test_a_library_does_not_start_with_broken_content(copy: Path) -> None:
    """At the start there is no good content to keep, so broken content stops it."""
    edit(copy / WITH_ICE, r"^quotes: \[", "quotes: [nobody-ever-said-this, ")
    with pytest.raises(ContentError, match="nobody-ever-said-this"):
        Library(copy)


def test_a_new_translation_goes_live_without_a_restart(library: Library, copy: Path) -> None:
    """A translator's change is shown after the next look at the files."""
    before = library.content.phrase("zh", EMPTY)
    edit(copy / ZH, rf'(msgctxt "{EMPTY}"\nmsgid .*\nmsgstr) ".*"', r'\1 "请写下您的问题吧。"')
    assert before != library.content.phrase("zh", EMPTY) == "请写下您的问题吧。"


def test_files_are_not_looked_at_before_it_is_time(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two looks the content stays as it is, whatever happens to the files."""
    monkeypatch.setattr("bot.library.LOOK_EVERY_SECONDS", 3600)
    library = Library(copy)
    edit(copy / GREET, r"^short:", "\tshort:")
    assert library.content.topics["greet"].short
    assert library.trouble is None


def review(copy: Path, language: str, context: str, *words: tuple[str, str]) -> None:
    """Writes into states.yml that a speaker has checked these words."""
    entry = f"{language}:\n  {context}: {{by: Zofia, on: 2026-12-01, words: {[reviewed_as(*pair) for pair in words]}}}"
    edit(copy / "locales/states.yml", rf"^{language}: \{{\}}$", entry)


def test_a_translation_is_a_draft_until_a_person_is_named_for_its_words(copy: Path, content: Content) -> None:
    """Only the words listed in states.yml count as reviewed, not the rest of the piece, and only in their language."""
    title, short = ((t, content.say("ar", "greet", t).text) for t in (content.topics["greet"].title, content.topics["greet"].short))
    review(copy, "ar", "greet", title)
    found = load(copy)
    assert found.say("ar", "greet", title[0]).state == REVIEWED
    assert {found.say("ar", "greet", short[0]).state, found.say("pl", "greet", title[0]).state} == {DRAFT}


def test_a_reviewed_translation_that_changes_is_a_draft_again(copy: Path, content: Content) -> None:
    """A review is of words: whoever changes them in the catalogue loses it, by no more than a letter."""
    english = content.phrases[EMPTY]
    review(copy, "ar", EMPTY, (english, content.say("ar", EMPTY, english).text))
    assert load(copy).say("ar", EMPTY, english).state == REVIEWED
    edit(copy / AR, rf'(msgctxt "{EMPTY}"\nmsgid .*\nmsgstr "[^"]*)"', r'\1 ؟"')
    assert load(copy).say("ar", EMPTY, english).state == DRAFT


@pytest.mark.parametrize("words", ["123456789012", "true"], ids=["a number to YAML", "no hash"])
def test_a_hash_that_is_no_text_is_refused(copy: Path, words: str) -> None:
    """A hash of digits without quotation marks would lose its zeros; the file is named."""
    edit(copy / "locales/states.yml", r"^pl: \{\}$", f"pl:\n  greet: {{by: Zofia, on: 2026-12-01, words: [{words}]}}")
    assert complaint(copy).startswith("locales/states.yml:")


@pytest.mark.parametrize("string", [r"\1", r'msgstr ""'], ids=["with old words", "emptied"])
def test_a_withdrawn_translation_is_not_shown(copy: Path, string: str) -> None:
    """Fuzzy and withdrawn: the law changed, and the reader gets English, whatever the old words were."""
    edit(copy / AR, rf'^(msgctxt "{EMPTY}"\nmsgid .*\n)(msgstr ".*")', rf"#, fuzzy, withdrawn\n\1{string.replace('1', '2')}")
    content = load(copy)
    assert content.say("ar", EMPTY, content.phrases[EMPTY]) == Said(content.phrases[EMPTY], WITHDRAWN)


def test_a_new_translation_ends_the_withdrawal(copy: Path) -> None:
    """Programs for translators take `fuzzy` away and know nothing of `withdrawn`: the new words are shown."""
    edit(copy / AR, rf'^(msgctxt "{EMPTY}"\n)', r"#, withdrawn\n\1")
    content = load(copy)
    assert content.say("ar", EMPTY, content.phrases[EMPTY]).state == DRAFT


SWITCH = "\noff: {by: Ana, on: 2026-12-01, why: the law changed}\n"


def test_an_answer_is_switched_off_in_its_file(copy: Path) -> None:
    """The words `off` and `on` are read as they stand, though YAML once took them for truth values."""
    edit(copy / WITH_ICE, r"\n\Z", SWITCH)
    topics = load(copy).topics
    assert topics["police_work_with_ice"].off == Off("Ana", date(2026, 12, 1), "the law changed")
    assert topics["ice_at_door"].off is None


@pytest.mark.parametrize("notice, complaint_of", [
    ('- {id: a, text: "Route 7 is closed.", starts: 2026-12-01, ends: 2026-12-03, by: Ana, towns: [norwalk]}', None),
    ('- {id: a, text: "الطريق مغلق", starts: 2026-12-01, ends: 2026-12-01, by: Ana}', None),
    ('- {id: a, text: "Closed.", starts: 2026-12-03, ends: 2026-12-01, by: Ana}', "before it starts"),
    ('- {id: a, text: "Closed.", starts: 2026-12-01, ends: 2026-12-03, by: Ana, towns: [atlantis]}', "unknown town 'atlantis'"),
    ('- {id: a, text: "Call 866-347-2423.", starts: 2026-12-01, ends: 2026-12-03, by: Ana}', "must never be shown"),
    ('- {id: a, text: "Closed.", starts: soon, ends: 2026-12-03, by: Ana}', "wrong form"),
], ids=["for a town", "for one day", "ends too early", "an unknown town", "a forbidden number", "no date"])
def test_a_notice_is_read_or_named(copy: Path, notice: str, complaint_of: str | None) -> None:
    """A sound notice is among the content; a broken one is named with its file."""
    edit(copy / "data/answers/notices.yml", r"^\[\]$", notice)
    if complaint_of:
        assert complaint(copy).startswith("data/answers/notices.yml:") and complaint_of in complaint(copy)
    else:
        assert [n.id for n in load(copy).notices] == ["a"]


@pytest.mark.parametrize("pattern, replacement, state", [
    (rf'(msgctxt "{EMPTY}"\n)', r"#, fuzzy\n\1", OUTDATED),
    (rf'(msgctxt "{EMPTY}"\nmsgid .*\nmsgstr) ".*"', r'\1 ""', MISSING),
    (rf'(msgctxt "{EMPTY}"\nmsgid "[^"]*)"', r'\1 Thanks."', MISSING),
], ids=["marked fuzzy", "left empty", "English changed"])
def test_a_stale_translation_is_never_taken_for_a_good_one(copy: Path, pattern: str, replacement: str, state: str) -> None:
    """A fuzzy translation is outdated; an empty one, or one of another English sentence, is missing and English is shown."""
    edit(copy / AR, pattern, replacement)
    content = load(copy)
    english = content.phrases[EMPTY]
    said = content.say("ar", EMPTY, english)
    assert said.state == state
    assert (said.text == english) == (state == MISSING)


def test_no_hidden_number_is_anywhere_in_the_content(content: Content, root: Path) -> None:
    """The numbers of contacts that may not be shown, or by their link alone, and forbidden ones are nowhere in memory."""
    raw = read_yaml(root / CONTACTS)
    shown = {n for r in raw if r["publish"] in ("ok", "ok_after_test_call") for n in numbers(r)}
    hidden = {n for r in raw if r["publish"] not in ("ok", "ok_after_test_call") for n in numbers(r)} - shown
    hidden |= set(forbidden_numbers(root))
    held = [re.sub(r"\D", "", text) for text in strings(content)]
    assert len(hidden) > 30 and shown
    assert not {number for number in hidden for text in held if number in text}
    assert shown & {text[-10:] for text in held}


def test_contacts_that_may_not_be_shown_are_not_in_the_content(content: Content, root: Path) -> None:
    """A contact to verify first or not to publish is not loaded at all; one known by its link has no line."""
    raw = {r["id"]: r["publish"] for r in read_yaml(root / CONTACTS)}
    assert set(content.contacts) == {i for i, mark in raw.items() if mark in ("ok", "ok_after_test_call", "ok_url_only")}
    linked = [c for i, c in content.contacts.items() if raw[i] == "ok_url_only"]
    assert linked and not [c.id for c in linked if c.phone or c.phone_display or c.lines]


def numbers(record: dict[str, Any]) -> set[str]:
    """The ten-digit numbers of one raw contact, wherever they stand in it but in the editors' own notes."""
    public = {k: v for k, v in record.items() if k not in ("verify", "editor_notes", "evidence", "url", "id")}
    return {re.sub(r"\D", "", text)[-10:] for text in strings(public) if len(re.sub(r"\D", "", text)) >= 10}


def strings(value: Any) -> Iterator[str]:
    """Every piece of text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for piece in pair for text in strings(piece))
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from (text for piece in value for text in strings(piece))
    elif is_dataclass(value):
        yield from (text for field in fields(value) for text in strings(getattr(value, field.name)))


def test_half_a_publication_is_never_read(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While files are being put in their places the old content stays; what a dead process left is finished by the reader."""
    monkeypatch.setattr("bot.library.LOOK_EVERY_SECONDS", -1.0)
    library = Library(copy)
    path = "data/answers/topics/plate_readers.yml"
    old = library.content.topics["plate_readers"].title
    text = (copy / path).read_text(encoding="utf-8").replace(old, "May the cameras see me?")
    with journal.locked(copy):
        journal.prepare(copy, {path: text}, {})
        assert library.content.topics["plate_readers"].title == old
    assert library.content.topics["plate_readers"].title == "May the cameras see me?"


def test_a_file_that_vanishes_while_it_is_looked_at(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that goes away in the middle of a look leaves the last good content, and the next look finds the new one."""
    monkeypatch.setattr("bot.library.LOOK_EVERY_SECONDS", -1.0)
    library = Library(copy)
    before = library.content
    with monkeypatch.context() as patch:
        patch.setattr("bot.library._fingerprint", lambda root: (_ for _ in ()).throw(FileNotFoundError()))
        assert library.content is before
    (copy / "data/answers/phrases.yml").touch()
    assert library.content is not before
