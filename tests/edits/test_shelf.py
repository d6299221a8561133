"""The shelf: every document with its passages as the files say, those without a passage too."""

from __future__ import annotations

from bot.edits.shelf import held, shelf, source_of, users
from bot.edits.sources import Source, add_source
from bot.history.candidate import read_content
from bot.history.files import Files

NEW = Source("norwalk-2026", "“No questions”", "The Hour", "2026-11", "norwalk", "", "norwalk-2026.txt", "0" * 64, "Nothing has changed.")


def test_our_documents(files: Files) -> None:
    """Every passage that residents can see stands on the shelf, with the same words and the same document."""
    quotes = read_content(files).quotes
    found = {name: (passage.words, one.source.id) for one in shelf(files) for name, passage in one.passages.items()}
    assert found == {name: (quote.text, quote.document.id) for name, quote in quotes.items()}


def test_a_document_without_passages(files: Files) -> None:
    """A new document is there before anything is quoted from it, as it was entered."""
    changed = files.changed(add_source(files, NEW, ("norwalk",)))
    assert len(shelf(changed)) == len(shelf(files)) + 1
    one = held(changed, "norwalk-2026")
    assert one is not None and (one.source, one.passages) == (NEW, {}) and one.key == ("norwalk-2026.txt", "0" * 64)


def test_what_is_not_there(files: Files) -> None:
    """An unknown id is no document; a document without a title has the publisher's name."""
    assert held(files, "nowhere-1999") is None
    one = held(files, "norwalk-2025")
    assert one is not None and one.source.title == "" and one.name == one.source.publisher


def test_passages_stand_in_their_text(files: Files) -> None:
    """Spans are where the words stand; one that is not in a text is left out."""
    one = held(files, "westport-2019")
    assert one is not None
    name, passage = next(iter(one.passages.items()))
    assert one.spans(f"Dear all: {passage.words}") == {name: (10, 10 + len(passage.words))}


def test_source_of() -> None:
    """Only a source's own file names a source."""
    assert source_of("data/answers/sources/norwalk-2025.yml") == "norwalk-2025"
    assert source_of("data/answers/laws.yml") == source_of("locales/sources.pot") == ""


def test_users(files: Files) -> None:
    """A passage knows the answers that show it, each once, groups included."""
    content = read_content(files)
    found = users(content)
    assert "local_incident" in found["norwalk-2025-walsh-deters"]
    assert all(len(set(topics)) == len(topics) for topics in found.values()) and found.keys() <= content.quotes.keys()
