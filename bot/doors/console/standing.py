"""How things stand beside the content: drafts and questions that wait, and where the bot does worst."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count

from bot.core.care import ENOUGH_HELPED, Weak, least, weakest
from bot.core.content import Content
from bot.core.tally import Tables, tables
from bot.counts import read_weeks
from bot.doors.console import desk
from bot.doors.console.drafts import may_approve
from bot.doors.console.explaining import percent
from bot.doors.console.models import Question
from bot.doors.console.questions import take_in
from bot.doors.console.roles import APPROVER, EDITOR, EVERYONE, TRANSLATOR
from bot.doors.console.tasks import Group, Task, to
from bot.doors.console.words import say
from bot.history.drafts import Draft
from bot.learning.modelreports import Report
from bot.learning.models import LIVE, Models

CONFUSIONS = 3


def of_drafts(user: Any) -> Group:
    """Returns the drafts that this person has something to do with: to approve, given back, one's own that wait."""
    rows = [(_order(user, draft), draft) for draft in desk.drafts().all()]
    mine = sorted(((order, draft) for order, draft in rows if order), key=lambda row: row[0])
    tasks = (Task(draft.title, to("draft", draft.id), _asked(order, draft)) for order, draft in mine)
    others = sum(not order for order, _ in rows)
    return Group("drafts", (EVERYONE,), to("drafts"), tuple(tasks), say("care_other_drafts", count=others) if others else "")


def _order(user: Any, draft: Draft) -> int:
    """1: to approve, 2: given back to this person, 3: this person's own, 0: neither."""
    if may_approve(user, draft):
        return 1
    if not draft.by(user.get_username()):
        return 0
    return 2 if draft.returned else 3


def _asked(order: int, draft: Draft) -> str:
    who = ", ".join(author.name for author in draft.authors)
    if order == 2 and draft.returned:
        return say("care_draft_returned", who=draft.returned.author.name)
    return say("care_draft_approve", who=who) if order == 1 else say("care_draft_waits")


def of_questions(content: Content) -> Group:
    """Returns the questions without an answer, by language, the most first. Takes in what the public door has written since."""
    take_in()
    if settings.CONFIANZA.console.inbox:
        waiting = Question.objects.filter(done="").values("language").annotate(number=Count("id")).order_by("-number", "language")
        rows, note = tuple(_asked_in(row["language"], row["number"], content) for row in waiting), ""
    else:
        rows, note = _left_over(), say("care_inbox_off")
    return Group("questions", (EDITOR, APPROVER, TRANSLATOR), to("questions"), rows, note, closed=True)


def _asked_in(language: str, number: int, content: Content) -> Task:
    return Task(_language(language, content), f"{to('questions')}?language={language}", say("care_questions", count=number))


def _left_over() -> tuple[Task, ...]:
    """Residents are told that no question is kept: those from before the switch have to go."""
    number = Question.objects.count()
    return (Task(say("care_questions_left"), to("questions"), say("care_questions_kept", count=number)),) if number else ()


def of_weak_spots(root: Path, state: Path, content: Content) -> Group:
    """Returns where the bot does worst: by the live model's last measurement, and by the newest week's numbers."""
    model = Models(root).reports().get(LIVE)
    report, weeks = model.report if model else None, read_weeks(state / "counts")
    rows = [*(_measured(report, content) if report else ()), *(_counted(tables(weeks[0]), content) if weeks else ())]
    note = say("care_measured", day=report.day) if report and report.day else "" if report else say("care_never_measured")
    return Group("weak", (EDITOR, APPROVER), to("training"), tuple(rows), note, closed=True)


def _measured(report: Report, content: Content) -> Iterator[Task]:
    for weak in weakest(report.figures):
        yield Task(_language(weak.name, content), to("training"), say("care_weak_language", part=percent(weak.part)))
    confusions = report.figures.get("confusions") or ()
    for row in [row for row in confusions if row["intent"] in content.topics][:CONFUSIONS]:
        note = say("care_confused", other=_title(row["taken_for"], content), count=row["count"])
        yield Task(_title(row["intent"], content), to("answer", row["intent"]), note)


def _counted(week: Tables, content: Content) -> Iterator[Task]:
    for weak in least((share.language, share.part) for share in week.shares):
        yield Task(_language(weak.name, content), to("counts"), say("care_answered", part=percent(weak.part), week=week.week))
    for weak in _unhelpful(week):
        if weak.name in content.topics:
            note = say("care_helped", part=percent(weak.part), week=week.week)
            yield Task(_title(weak.name, content), to("answer", weak.name), note)


def _unhelpful(week: Tables) -> tuple[Weak, ...]:
    return tuple(weak for weak in least((vote.topic, vote.part) for vote in week.votes) if weak.part < ENOUGH_HELPED)


def _language(code: str, content: Content) -> str:
    return content.languages[code].name if code in content.languages else code


def _title(topic: str, content: Content) -> str:
    return content.topics[topic].title if topic in content.topics else topic
