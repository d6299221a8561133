"""`confianza check`: every mistake in content is one line that leads to it, and quotations are held against their documents."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks import check, verify_documents
from bot.core.content import Content, Document, Quote

PL, AR, HT = "data/nlu/pl.yml", "data/nlu/ar.yml", "data/nlu/ht.yml"
TOPIC = "data/answers/topics/greet.yml"
BLOCK = r"^- intent: thanks\n(?:(?!- intent:).*\n)+"

# name -> (file, pattern, replacement, what each line about it says after the file)
BREAKS = {
    "examples that are no YAML": (AR, r"^- intent: thanks$", "- intent: thanks: شكرا", r":\d+: not valid YAML"),
    "an intent that nobody knows": (PL, r"^- intent: thanks$", "- intent: thankz", r":\d+: the intent 'thankz' is not in domain\.yml"),
    "examples of another language": (AR, r"language: ar", "language: fa", r":\d+: metadata must say language: ar"),
    "an example in brackets": (HT, r"^    - (.+)$", r"    - \1 [Norwalk](town)", r":\d+: an example holds brackets"),
    "an intent without examples": (PL, BLOCK, "", r":\d+: .*thanks"),
    "a topic that is no YAML": (TOPIC, r"^short:", "\tshort:", r":\d+: not valid YAML"),
    "a topic without a title": (TOPIC, r"^title: .*$", "", ":1: a field is missing"),
    "a town without spellings": ("data/answers/towns.yml", r"spellings: .*\}$", "}", ":"),
    "a forbidden number": (TOPIC, r'^(short: ".*)"$', r'\1 866-347-2423"', r":\d+: the number 866-347-2423"),
}

TEXT = "The chief said: “We don’t ask about status.”\nThe end. Nou pa mande papye.\n"
QUOTED = "We don’t ask about status."


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """All that is checked once more, to be broken."""
    for folder in ("data", "locales"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copy(root / "domain.yml", tmp_path)
    return tmp_path


def edit(path: Path, pattern: str, replacement: str) -> None:
    text, times = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert times == 1, f"{path} holds nothing like {pattern}"
    path.write_text(text, encoding="utf-8")


def told(root: Path) -> list[str]:
    return [line.replace(f"{root}/", "") for line in check(root)]


def test_our_own_content_is_in_order(root: Path) -> None:
    """What is committed has no problem."""
    assert check(root) == []


@pytest.mark.parametrize("file, pattern, replacement, said", BREAKS.values(), ids=BREAKS)
def test_a_mistake_is_one_line_with_its_file(copy: Path, file: str, pattern: str, replacement: str, said: str) -> None:
    """Each mistake is told in a line that begins with its file and says what is wrong."""
    edit(copy / file, pattern, replacement)
    found = told(copy)
    assert any(re.match(re.escape(file) + said, line) for line in found), found


def test_the_line_of_a_wrong_example_is_the_example_s_own(copy: Path) -> None:
    """The number in the message is the line on which the wrong example stands."""
    edit(copy / HT, r"^    - (.+)$", r"    - \1 {norwalk}")
    lines = (copy / HT).read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines, 1) if "{norwalk}" in line)
    assert [line.split(": ")[0] for line in told(copy)] == [f"{HT}:{place}"]


def test_an_example_stands_under_one_intent_only(copy: Path) -> None:
    """The same words under two intents are told with both, since a model cannot learn both."""
    path = copy / AR
    example = re.search(r"^    - (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert example
    edit(path, r"^(- intent: thanks\n(?:  metadata: .*\n)?  examples: \|\n)", rf"\1    - {example[1]}\n")
    (line,) = told(copy)
    assert line.startswith(f"{AR}:") and "thanks" in line and "keep one" in line


def test_a_language_without_examples_is_told(copy: Path) -> None:
    """A language whose example file is gone would never be understood; that is a problem, not silence."""
    (copy / PL).unlink()
    assert [line for line in told(copy) if line.startswith(PL)]


def test_new_english_is_missing_from_every_language_s_catalogue(copy: Path, content: Content) -> None:
    """A sentence that no catalogue knows is told once a language, with the command that adds it."""
    edit(copy / "data/answers/phrases.yml", r"^menu: .*$", 'menu: "Where to begin"')
    found = told(copy)
    assert {line.split("/")[1] for line in found} == set(content.languages) - {"en"}
    assert all(re.match(r"locales/\w+/LC_MESSAGES/messages\.po: 1 English .*Where to begin.*make strings", line) for line in found)


def test_several_mistakes_are_all_told(copy: Path) -> None:
    """An editor sees all mistakes at once, not one a run."""
    edit(copy / TOPIC, r'^(short: ".*)"$', r'\1 866-347-2423"')
    edit(copy / TOPIC, r"^next: \[", "next: [no_such_topic, ")
    edit(copy / AR, r"language: ar", "language: fa")
    found = "\n".join(told(copy))
    assert all(word in found for word in ("866-347-2423", "no_such_topic", "language: ar"))


def quote(name: str, text: str, document: Document) -> Quote:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Quote(name, text, digest, "The chief", "chief", "chief", "spoken", "norwalk", None, (), document)


def content_of(text: str, *quoted: str) -> Content:
    """Content that quotes passages of one document."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document("norwalk", None, "P", "2025", "norwalk", None, "norwalk.txt", digest)
    quotes = {f"q{n}": quote(f"q{n}", words, document) for n, words in enumerate(quoted, 1)}
    return Content({}, {}, {}, quotes, {}, {}, {})


def problems_of(folder: Path, text: str | bytes, content: Content) -> list[str]:
    (folder / "norwalk.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(verify_documents(content, folder))


def test_true_quotations_give_no_problem(tmp_path: Path) -> None:
    """Passages that stand in their document letter for letter are in order, in any language."""
    assert problems_of(tmp_path, TEXT, content_of(TEXT, QUOTED, "Nou pa mande papye.", "The end.")) == []


@pytest.mark.parametrize("text, told_of", [
    (TEXT.replace("don’t", "do not"), ["norwalk.txt: this is not the file", "'q1' does not stand in norwalk.txt"]),
    (TEXT.replace("The end", "An end"), ["norwalk.txt: this is not the file"]),
    (TEXT.encode("cp1252"), ["norwalk.txt: this is not the file", "'q1' does not stand in norwalk.txt"]),
    (b"", ["norwalk.txt: this is not the file", "'q1' does not stand in norwalk.txt"]),
], ids=["in the quoted words", "elsewhere", "saved in another encoding", "emptied"])
def test_a_changed_document_is_told(tmp_path: Path, text: str | bytes, told_of: list[str]) -> None:
    """A document that is not the one that was quoted is told, and each passage that no longer stands in it."""
    found = problems_of(tmp_path, text, content_of(TEXT, QUOTED))
    assert len(found) == len(told_of)
    assert all(words in line for words, line in zip(told_of, found))


def test_a_missing_document_is_told_once(tmp_path: Path) -> None:
    """A document that is not there is one problem, however many passages it has."""
    (line,) = verify_documents(content_of(TEXT, QUOTED, "The end."), tmp_path)
    assert line.startswith(f"{tmp_path / 'norwalk.txt'}: ") and "folder" in line


@pytest.mark.parametrize("quoted", [
    "We do not ask about status.", "We don't ask about status.", "we don’t ask about status.", "We don’t ask about  status!",
    "We don’t ask … status.", "chief: We don’t ask",
], ids=["other words", "straight apostrophe", "small letter", "other end", "cut in the middle", "without its mark"])
def test_a_changed_quotation_is_told_with_its_file(tmp_path: Path, quoted: str) -> None:
    """A quotation is exact: any other letter, mark or cut is told with the passage and the file to mend."""
    (line,) = problems_of(tmp_path, TEXT, content_of(TEXT, quoted, "The end."))
    assert line.startswith("data/answers/sources/norwalk.yml: 'q1' ") and line.endswith("restore its words")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(" \n\t\r\u00a0\u2009\u3000", min_size=1, max_size=4), min_size=4, max_size=4))
def test_white_space_is_the_one_thing_that_may_differ(tmp_path_factory: pytest.TempPathFactory, gaps: list[str]) -> None:
    """Line breaks and no-break spaces between the words of a document do not make a quotation wrong."""
    words = QUOTED.split(" ")
    text = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:]))
    assert problems_of(tmp_path_factory.mktemp("documents"), text, content_of(text, QUOTED)) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(QUOTED) - 1), st.sampled_from("xyzé请س.,’'"))
def test_one_other_letter_anywhere_is_found(tmp_path_factory: pytest.TempPathFactory, place: int, letter: str) -> None:
    """Wherever one letter of a quotation is another, it is found."""
    changed = QUOTED[:place] + letter + QUOTED[place + 1 :]
    found = problems_of(tmp_path_factory.mktemp("documents"), TEXT, content_of(TEXT, changed))
    assert bool(found) == (changed != QUOTED)


def test_our_quotations_stand_in_their_documents(content: Content, shared: Path) -> None:
    """Every real quotation stands in its real document."""
    assert list(verify_documents(content, shared / "sources" / "documents")) == []


def test_a_real_quotation_with_one_other_word_is_found(content: Content, shared: Path) -> None:
    """Against the real documents too, one changed word is found, and only that one."""
    name, real = next((n, q) for n, q in content.quotes.items() if " police " in q.text)
    quotes = {**content.quotes, name: replace(real, text=real.text.replace(" police ", " Police "))}
    (line,) = verify_documents(replace(content, quotes=quotes), shared / "sources" / "documents")
    assert f"'{name}'" in line


def test_check_reports_the_documents_too(root: Path, tmp_path: Path, content: Content) -> None:
    """Given a folder, the check adds what is wrong with the documents; an empty folder lacks all of them."""
    found = check(root, tmp_path)
    assert len(found) == len({q.document.file for q in content.quotes.values()})
    assert all(line.startswith(str(tmp_path)) for line in found)
