"""Sources: the words of a passage come from the document and are never typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import EditError
from bot.core.passages import digest
from bot.edits.sources import Passage, Source, add_passage, add_source, describe
from bot.history.candidate import judge, read_content
from bot.history.files import Files

DOCUMENT = "The chief said:\n“We  treat everyone\u00a0the same,” and “ask no one’s status.”\nThe town\tagreed.\n"
TOWNS = ("westport", "norwalk", "new-haven")
SOURCE = Source("norwalk-2026", "Police: “No questions”", "The Hour", "2026-11", "norwalk", "https://example.org/a?b=c&d",
                "norwalk-2026.txt", digest(DOCUMENT), "Nothing has changed that we know of.", "A. Writer")
PASSAGE = Passage("We  treat everyone\u00a0the same,", "A. Chief", "Norwalk police chief", "Police chief of Norwalk (2026)",
                  "spoken", "norwalk")


@pytest.fixture
def with_source(files: Files) -> Files:
    return files.changed(add_source(files, SOURCE, TOWNS))


def test_a_source_and_two_passages(with_source: Files) -> None:
    """A new document with two passages passes the check, and each passage is exact to the letter."""
    changes, first = add_passage(with_source, "norwalk-2026", DOCUMENT, PASSAGE)
    beside = {"context": "The reporter's words.", "requires": (first,), "note": "#1: “x”"}
    second = replace(PASSAGE, words="The town\tagreed.", kind="paraphrase", **beside)
    more, other = add_passage(with_source.changed(changes), "norwalk-2026", DOCUMENT, second)
    files = with_source.changed(changes).changed(more)
    assert not judge(files)
    quote = read_content(files).quotes[first]
    assert (quote.text, quote.document.title, quote.document.url) == (PASSAGE.words, SOURCE.title, SOURCE.url)
    assert read_content(files).quotes[other].requires == (first,)
    assert (first, other) == ("norwalk-2026-we-treat-everyone-the-same", "norwalk-2026-the-town-agreed")


REFUSED_SOURCES = [
    pytest.param({"id": "Norwalk 2026"}, "id", id="a name with spaces"),
    pytest.param({"id": "../evil"}, "id", id="a path"),
    pytest.param({"id": "westport-2019"}, "id", id="already here"),
    pytest.param({"date": "Nov 2026"}, "date", id="a date in words"),
    pytest.param({"url": "javascript:alert(1)"}, "url", id="a script as link"),
    pytest.param({"town": "paris"}, "town", id="an unknown town"),
    pytest.param({"title": " "}, "title", id="no title"),
]


@pytest.mark.parametrize(("edited", "field"), REFUSED_SOURCES)
def test_refused_sources(files: Files, edited: dict, field: str) -> None:
    """A source that cannot be cited is refused beside its field."""
    with pytest.raises(EditError) as refused:
        add_source(files, replace(SOURCE, **edited), TOWNS)
    assert refused.value.field == field


REFUSED_PASSAGES = [
    pytest.param({"words": "We treat nobody the same"}, "words", id="other words"),
    pytest.param({"words": " "}, "words", id="no words"),
    pytest.param({"speaker": ""}, "speaker", id="nobody said it"),
    pytest.param({"kind": "hearsay"}, "kind", id="unknown kind"),
    pytest.param({"short": "x" * 41}, "short", id="short name too long"),
]


@pytest.mark.parametrize(("edited", "field"), REFUSED_PASSAGES)
def test_refused_passages(with_source: Files, edited: dict, field: str) -> None:
    """Words that do not stand in the document, and passages without a speaker, are refused."""
    with pytest.raises(EditError) as refused:
        add_passage(with_source, "norwalk-2026", DOCUMENT, replace(PASSAGE, **edited))
    assert refused.value.field == field


def test_only_the_entered_document_counts(with_source: Files) -> None:
    """A passage cannot be taken from another text than the one whose hash is kept; nor twice."""
    with pytest.raises(EditError, match="SHA-256"):
        add_passage(with_source, "norwalk-2026", DOCUMENT + " ", PASSAGE)
    changes, _ = add_passage(with_source, "norwalk-2026", DOCUMENT, PASSAGE)
    with pytest.raises(EditError, match="already"):
        add_passage(with_source.changed(changes), "norwalk-2026", DOCUMENT, PASSAGE)


def test_what_stands_beside_a_passage_can_change(files: Files) -> None:
    """The speaker's post can be mended, its words cannot; whoever shares the old post keeps it."""
    id_ = "new-haven-2006-destefano-dv"
    changed = files.changed(describe(files, "new-haven-2006", id_, role="Mayor of New Haven (1994 to 2013)", text="other words"))
    assert not judge(changed)
    before, after = (read_content(f).quotes for f in (files, changed))
    assert after[id_].role == "Mayor of New Haven (1994 to 2013)"
    assert after[id_].text == before[id_].text
    assert after["new-haven-2006-destefano-safer"].role == before["new-haven-2006-destefano-safer"].role
