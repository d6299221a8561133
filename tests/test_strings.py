"""What is to be translated: every sentence a resident can read, and nothing of what is hidden."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.compose import compose
from bot.core.content import Content, Said
from bot.strings import DOMAINS, Segment, segments
from bot.yamlfile import read_yaml

TOWNS = (None, "westport", "norwalk", "new-haven", "danbury")


class Asked(Mapping[tuple[str, str], Said]):
    """A table of translations that has none and keeps what it was asked for."""

    def __init__(self) -> None:
        self.pairs: set[tuple[str, str]] = set()

    def get(self, key: tuple[str, str], default: Said | None = None) -> Said | None:  # type: ignore[override]
        self.pairs.add(key)
        return default

    def __getitem__(self, key: tuple[str, str]) -> Said:
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture(scope="module")
def answers(root: Path) -> Path:
    return root / "data" / "answers"


@pytest.fixture(scope="module")
def found(answers: Path) -> dict[str, list[Segment]]:
    return {domain: list(segments(domain, answers)) for domain in DOMAINS}


def test_every_sentence_of_every_answer_is_to_be_translated(content: Content, found: dict[str, list[Segment]], today: date) -> None:
    """Whatever an answer asks to be said in another language is among the segments, under the same key."""
    asked = Asked()
    heard = replace(content, translations={"ht": asked})
    for topic in content.topics:
        for town in TOWNS:
            compose(topic, "ht", town, heard, today, {"url": "", "town": ""})
    known = {(s.context, s.text) for domain in found.values() for s in domain}
    assert len(asked.pairs) > 300
    assert not asked.pairs - known


def test_every_phrase_is_to_be_translated(content: Content, found: dict[str, list[Segment]]) -> None:
    """The phrases around an answer are one domain, each under its own key."""
    assert {s.context: s.text for s in found["messages"] if not s.context.startswith(("page.", "notice."))} == content.phrases


def test_notices_are_to_be_translated_and_why_an_answer_is_off_is_not(answers: Path, tmp_path: Path) -> None:
    """A notice stands under its own key, with the days on which it is shown; who switched an answer off is for editors."""
    copy = tmp_path / "answers"
    shutil.copytree(answers, copy)
    notice = '- {id: roads, text: "Route 7 is closed.", starts: 2026-12-01, ends: 2026-12-03, by: Ana}\n'
    (copy / "notices.yml").write_text(notice, encoding="utf-8")
    with (copy / "topics" / "trust_act.yml").open("a", encoding="utf-8") as file:
        file.write("off: {by: Ana, on: 2026-12-01, why: Ana is not sure}\n")
    given = [segment for domain in DOMAINS for segment in segments(domain, copy)]
    assert [s.context for s in given if s.text == "Route 7 is closed." and "2026-12-03" in s.comment] == ["notice.roads"]
    assert not [s for s in given if "Ana" in s.text]


def test_every_sentence_of_every_page_is_to_be_translated(content: Content, found: dict[str, list[Segment]]) -> None:
    """Title, introduction, headings and lines of each page, under the page's own context."""
    given = {(s.context, s.text) for s in found["messages"]}
    for page in content.pages.values():
        lines = [line for part in page.parts for line in (part.heading, *part.lines)]
        assert {(page.context, text) for text in (page.title, page.intro, *lines)} <= given


def test_contacts_that_may_not_be_shown_are_not_given_to_translators(answers: Path, found: dict[str, list[Segment]]) -> None:
    """A contact that residents may not see is in no catalogue; one that they may see is."""
    shown = {f"contact.{r['id']}" for r in read_yaml(answers / "contacts.yml") if str(r["publish"]).startswith("ok")}
    given = {s.context for s in found["answers"] if s.context.startswith("contact.")}
    assert given == shown


def test_editors_notes_are_no_sentences_to_translate(answers: Path, found: dict[str, list[Segment]]) -> None:
    """What editors write for each other is never a msgid."""
    notes = {r.get(field) for r in read_yaml(answers / "contacts.yml") for field in ("verify", "editor_notes")} - {None}
    notes |= {law.get("currency") for law in read_yaml(answers / "laws.yml")} - {None}
    assert len(notes) > 50
    assert not notes & {s.text for domain in found.values() for s in domain}


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_segment_has_a_key_a_text_and_a_file_that_holds_it(answers: Path, found: dict[str, list[Segment]], domain: str) -> None:
    """A translator finds each sentence: it is not blank, has a key, and its file is there."""
    assert found[domain]
    for segment in found[domain]:
        assert segment.context.strip() and segment.text.strip(), segment
        assert (answers / segment.file).is_file(), segment


def test_no_sentence_is_in_two_domains(found: dict[str, list[Segment]]) -> None:
    """A sentence is translated once: the same key and text never stand in two catalogues."""
    keys = [{(s.context, s.text) for s in domain} for domain in found.values()]
    assert sum(map(len, keys)) == len(set.union(*keys))
