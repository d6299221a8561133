"""One answer on the desk: what it is, what its form becomes, and everything its page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from bot.core.content import Content, Topic
from bot.core.errors import EditError, HistoryError
from bot.core.problems import KNOWN_BRACES, braces
from bot.doors.console import figures, refusals
from bot.doors.console.answerform import EMPTY_ROWS, TOWN, Row, Written, answer_of
from bot.doors.console.choices import Choices, Group, choices
from bot.doors.console.desk import Desk, beside, opened, repository
from bot.doors.console.preview import content_with
from bot.doors.console.words import say
from bot.edits import answers
from bot.edits.answers import SEVERITIES, Answer, sentences
from bot.history.files import Changes

KINDS = {"title": "title", "first": "first", "short": "short"}
PREVIEW_SEVERITY = "wording"


@dataclass(frozen=True)
class Sheet:
    """An answer that is open: on which desk, as it stands there."""

    topic: str
    desk: Desk
    answer: Answer

    @cached_property
    def content(self) -> Content:
        """The content of the desk."""
        return content_with(self.desk)

    @cached_property
    def choices(self) -> Choices:
        """What its form offers."""
        return choices(self.content, self.answer)

    @property
    def record(self) -> Topic:
        """The answer as residents' content has it."""
        return self.content.topics[self.topic]

    def wanted(self, written: Written) -> Answer:
        """Returns the answer that a form stands for; raises EditError."""
        wanted = answer_of(written, self.choices.known(), len(self.answer.steps))
        refuse_braces(wanted)
        return wanted

    def changes(self, written: Written) -> Changes:
        """Returns the changes that a form asks for; raises EditError beside the field that cannot stay so."""
        return answers.edit(self.desk.files, self.topic, self.wanted(written), written.texts.get("severity", ""))

    def preview(self, written: Written) -> Content:
        """Returns the content as the form would have it; where nothing is said of translations yet, they count as outdated."""
        wanted = self.wanted(written)
        if wanted == self.answer:
            return self.content
        severity = written.texts.get("severity") or PREVIEW_SEVERITY
        return content_with(self.desk, answers.edit(self.desk.files, self.topic, wanted, severity))


def desk_of(request: HttpRequest) -> tuple[Desk, EditError | None]:
    """Returns the desk of a form. One that is gone (its draft was published) becomes what is live, with an error: no word is lost."""
    try:
        return opened(request), None
    except HistoryError as error:
        return desk_now(), EditError("", str(error))


def desk_now() -> Desk:
    """Returns the desk of what is live at this moment."""
    repo = repository()
    head = repo.head()
    return Desk(repo.files(head), head)


def sheet(desk: Desk, topic: str) -> Sheet:
    """Returns the sheet of an answer; raises Http404 where there is none."""
    if not desk.files.has(answers.path_of(topic)):
        raise Http404
    return Sheet(topic, desk, answers.opened(desk.files, topic))


def refuse_braces(answer: Answer) -> None:
    """Raises EditError beside a sentence with a brace that nothing would fill."""
    for name, text, _ in sentences(answer):
        names = braces(text)
        if names is None or names - KNOWN_BRACES:
            raise EditError(name, say("brace_unknown", known=", ".join(f"{{{name}}}" for name in sorted(KNOWN_BRACES))))


def errors_of(error: EditError | None, written: Written) -> dict[str, str]:
    """Returns {field of the form: what is wrong}; "" is the whole form."""
    if error is None:
        return {}
    return {beside(error, written.searchable()): refusals.told(error)}


def form_of(content: Content, offered: Choices, written: Written, errors: Mapping[str, str]) -> dict[str, Any]:
    """Returns what the template of a form shows: boxes of texts, lists of rows, what is wrong with a link to its field."""
    def made(name: str, label: str = "") -> dict[str, Any]:
        return box(name, written.texts.get(name, ""), label or say(f"answer_{name}"), errors.get(name, ""))

    return {
        "boxes": [made(name) for name in ("title", "first", "short")], "caution": made("caution"),
        "town_boxes": [made(f"{TOWN}{id_}", say("answer_town", town=name)) for id_, name in offered.towns],
        "steps": list(_steps(written, errors)),
        "lists": [_list(name, offered.groups[name], written, errors) for name in offered.groups],
        "kinds": [{"id": id_, "ticked": id_ in written.kinds} for id_ in offered.kinds],
        "severities": [{"id": id_, "label": say(f"severity_{id_}"), "help": say(f"severity_{id_}_help"),
                        "chosen": id_ == written.texts.get("severity")} for id_ in SEVERITIES],
        "texts": written.texts, "errors": errors, "summary": list(errors.items()),
        "languages": content.languages.values(), "towns": offered.towns,
    }


def box(name: str, text: str, label: str, error: str) -> dict[str, Any]:
    """Returns a field of text with its figures."""
    kind = "short" if name.startswith(TOWN) else KINDS.get(name, "plain")
    return {"name": name, "id": f"id_{name}", "label": label, "text": text, "kind": kind, "error": error,
            "help": say(f"answer_{name}_help") if name in ("title", "first", "short", "caution") else "", **figures.told(text, kind)}


def _steps(written: Written, errors: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(_rows(written, "steps")):
        name = f"steps.{number}"
        shown = box(name, row.value, say("answer_step", number=number + 1), errors.get(name, ""))
        yield {**shown, "post": "steps", "lines": 2, "origin": row.mark}


def _list(name: str, groups: tuple[Group, ...], written: Written, errors: Mapping[str, str]) -> dict[str, Any]:
    rows = [{"value": row.value, "mark": row.mark, "what": say(f"answer_{name}_row", number=number)}
            for number, row in enumerate(_rows(written, name), 1)]
    return {"name": name, "groups": groups, "rows": rows, "error": errors.get(name, ""), "heading": say(f"answer_{name}"),
            "help": say(f"answer_{name}_help")}


def _rows(written: Written, name: str) -> tuple[Row, ...]:
    """The rows of a list, with empty ones at the end for more."""
    return (*written.filled(name), *[Row()] * EMPTY_ROWS[name])
