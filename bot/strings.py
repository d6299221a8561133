"""What is to be translated: walks data/answers and yields every sentence that residents read.

Three domains: `messages` (phrases around an answer), `answers` (topics, contacts, towns) and `sources`
(quotations, posts, laws). English is the msgid; the msgctxt is the id of the piece, so that one English sentence
may be said differently in two places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from bot.core.errors import ContentError
from bot.history.files import Files
from bot.yamlfile import Loader, read_yaml

DOMAINS = ("messages", "answers", "sources")
SHOWN_MARKS = ("ok", "ok_after_test_call", "ok_url_only")


@dataclass(frozen=True)
class Segment:
    """One sentence to translate: msgctxt, msgid, a comment for the translator, the file it stands in."""

    context: str
    text: str
    comment: str
    file: str


class Answers(Protocol):
    """Where the English is read from; names are those within data/answers."""

    def record(self, name: str) -> Any:
        """Returns what a YAML file holds; raises ContentError where it cannot be read."""

    def names(self, folder: str) -> list[str]:
        """Returns the YAML files of a folder, sorted."""


@dataclass(frozen=True)
class AnswerFolder:
    """The English in a folder of this machine."""

    path: Path

    def record(self, name: str) -> Any:
        return read_yaml(self.path / name)

    def names(self, folder: str) -> list[str]:
        return [f"{folder}/{path.name}" for path in sorted((self.path / folder).glob("*.yml"))]


@dataclass(frozen=True)
class AnswerFiles:
    """The English of a moment: what a draft says, for example."""

    files: Files
    root: str = "data/answers"

    def record(self, name: str) -> Any:
        try:
            return yaml.load(self.files.read(f"{self.root}/{name}"), Loader=Loader)  # noqa: S506  (a safe loader)
        except yaml.YAMLError as error:
            raise ContentError(f"{self.root}/{name}: not valid YAML; check quotes, colons and indents") from error

    def names(self, folder: str) -> list[str]:
        paths = self.files.list(f"{self.root}/{folder}", ".yml")
        return [path.removeprefix(f"{self.root}/") for path in paths if path.count("/") == self.root.count("/") + 2]


def segments(domain: str, answers: Path | Answers) -> Iterator[Segment]:
    """Yields the segments of one domain in file order. answers: the folder data/answers, or the files of a moment."""
    walkers = {"messages": _phrases, "answers": _answers, "sources": _sources}
    yield from walkers[domain](AnswerFolder(answers) if isinstance(answers, Path) else answers)


def _phrases(answers: Answers) -> Iterator[Segment]:
    for key, text in answers.record("phrases.yml").items():
        yield Segment(key, text, "", "phrases.yml")
    for notice in answers.record("notices.yml"):
        comment = f"shown from {notice['starts']} to {notice['ends']}; keep it short"
        yield Segment(f"notice.{notice['id']}", notice["text"], comment, "notices.yml")
    for name in answers.names("pages"):
        yield from _page(answers.record(name), name)


def _page(page: dict[str, Any], file: str) -> Iterator[Segment]:
    context = f"page.{page['id']}"
    for field in ("title", "intro", "pulpit", "message"):
        if page.get(field):
            yield Segment(context, page[field], field, file)
    headings: set[str] = set()
    for part in page["parts"]:
        if part["heading"] not in headings:  # parts that depend on a switch share theirs
            yield Segment(context, part["heading"], "heading", file)
        headings.add(part["heading"])
        yield from (Segment(context, line, "line", file) for line in part["lines"])


def _answers(answers: Answers) -> Iterator[Segment]:
    for name in answers.names("topics"):
        yield from _topic(answers.record(name), name)
    for contact in answers.record("contacts.yml"):
        yield from _contact(contact)
    for town in answers.record("towns.yml"):
        yield Segment("town", town["name"], "name of a town; keep it unless your language has its own", "towns.yml")


def _topic(topic: dict[str, Any], file: str) -> Iterator[Segment]:
    for field in ("title", "first", "short", "caution"):
        if topic.get(field):
            yield Segment(topic["id"], topic[field], field, file)
    for town, text in (topic.get("towns") or {}).items():
        yield Segment(topic["id"], text, f"short answer for {town}", file)
    for step in topic.get("steps") or []:
        yield Segment(topic["id"], step, "step", file)


def _contact(contact: dict[str, Any]) -> Iterator[Segment]:
    if contact["publish"] not in SHOWN_MARKS:
        return
    context = f"contact.{contact['id']}"
    yield Segment(context, contact["note"], contact["name"], "contacts.yml")
    if contact.get("hours"):
        yield Segment(context, contact["hours"], "opening hours", "contacts.yml")
    for extra in contact.get("extra_phones") or []:
        yield Segment(context, extra["label"], "label of a second number", "contacts.yml")
    if contact.get("text"):
        yield Segment(context, contact["text"]["how"], "how to send a text message", "contacts.yml")


def _sources(answers: Answers) -> Iterator[Segment]:
    for name in answers.names("sources"):
        source = answers.record(name)
        yield Segment(source["id"], source["changed"], "what has changed since the source was printed", name)
        for quote in source["quotes"]:
            yield from _quote(quote, name)
    for law in answers.record("laws.yml"):
        yield Segment("law", law["citation"], "name of the law", "laws.yml")
        for point in law["points"]:
            yield from _point(point)


def _quote(quote: dict[str, Any], file: str) -> Iterator[Segment]:
    yield Segment(quote["id"], quote["text"], f"unofficial translation; {quote.get('note') or ''}".strip(), file)
    if quote.get("context"):
        yield Segment(quote["id"], quote["context"], "shown with the quotation", file)
    yield Segment("speaker", quote["speaker"], "who said it", file)
    yield Segment("role", quote["role"], "the speaker's post at that time", file)
    yield Segment("short", quote["short"], "who said it, in a text message: as short as you can", file)


def _point(point: dict[str, Any]) -> Iterator[Segment]:
    yield Segment(point["id"], point["says"], f"caution: {point['caution']}", "laws.yml")
    if point.get("text"):
        yield Segment(point["id"], point["text"], "unofficial translation of the law's own words", "laws.yml")
    yield Segment(point["id"], point["cite"], "citation", "laws.yml")
