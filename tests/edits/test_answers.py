"""Editing an answer: only what was changed is written, translations follow, and what cannot stay is refused beside its field."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date

import pytest

from bot.core.content import DRAFT, OUTDATED, WITHDRAWN
from bot.core.errors import EditError
from bot.edits.answers import Answer, Step, edit, opened, path_of
from bot.history.candidate import judge, read_content
from bot.history.files import Files

TOPIC = "police_ask_status"
HARD = ("Notwithstanding jurisdictional considerations, municipal representatives characteristically accommodate "
        "undocumented individuals irrespective of administrative determinations.")


def lines_changed(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


@pytest.fixture
def answer(files: Files) -> Answer:
    return opened(files, TOPIC)


def test_one_sentence_changes_one_line(files: Files, answer: Answer) -> None:
    """An edit of one sentence changes that line of the file and no other."""
    changes = edit(files, TOPIC, replace(answer, caution="Rules and people change. Do not lie."), "wording")
    changed = lines_changed(files.read(path_of(TOPIC)), changes[path_of(TOPIC)] or "")
    assert changed[1] == '+ caution: "Rules and people change. Do not lie."'
    assert len(changed) == 2


@pytest.mark.parametrize(("severity", "state"), [("typo", DRAFT), ("wording", OUTDATED), ("law", WITHDRAWN)])
def test_translations_follow(files: Files, answer: Answer, severity: str, state: str) -> None:
    """A typing error leaves translations valid; new wording marks them as outdated; a change of the law takes them back to English."""
    new = answer.short.replace("See below", "See belov") if severity == "typo" else "It depends on the town. Tell me your town."
    changed = files.changed(edit(files, TOPIC, replace(answer, short=new), severity))
    assert not judge(changed)
    content = read_content(changed)
    for language in ("es", "ht", "ar", "zh"):
        said = content.say(language, TOPIC, new)
        assert said.state == state
        assert (said.text == new) is (severity == "law")


def test_steps_keep_their_translations(files: Files, answer: Answer) -> None:
    """Steps that change places or stand beside a new one keep their translations; a step taken away is gone everywhere."""
    first, second, third = answer.steps
    wanted = replace(answer, steps=(third, Step("Ask for a paper."), first))
    content = read_content(files.changed(edit(files, TOPIC, wanted, "wording")))
    assert content.topics[TOPIC].steps == (third.text, "Ask for a paper.", first.text)
    assert content.say("es", TOPIC, third.text).state == DRAFT
    assert (TOPIC, second.text) not in content.translations["es"]
    assert content.say("es", TOPIC, "Ask for a paper.").text == "Ask for a paper."


def test_everything_can_be_changed(files: Files, answer: Answer) -> None:
    """Towns, quotations in groups, laws, contacts, next topics and the review date are written so that they are read back."""
    wanted = replace(
        answer, first="Stay calm.", towns={"norwalk": answer.towns["norwalk"]}, quotes=(("westport-2019-respect",),),
        laws=answer.laws[:2], kinds=("legal_aid",), prefer=("statewide-legal-services-ct",), next=("report_crime",),
        review_by=date(2027, 6, 1),
    )
    changed = files.changed(edit(files, TOPIC, wanted, "wording"))
    assert not judge(changed)
    assert opened(changed, TOPIC) == wanted


def test_a_group_of_quotations(files: Files) -> None:
    """Passages that must stand together are written as a group."""
    topic = next(t for t in read_content(files).topics.values() if any(len(g) > 1 for g in t.quotes))
    answer = opened(files, topic.id)
    changed = files.changed(edit(files, topic.id, replace(answer, quotes=answer.quotes[::-1]), "typo"))
    assert opened(changed, topic.id).quotes == answer.quotes[::-1]


REFUSED = [
    pytest.param({"title": " "}, "title", id="no title"),
    pytest.param({"short": ""}, "short", id="no answer"),
    pytest.param({"first": "x" * 161}, "first", id="first too long"),
    pytest.param({"towns": {"norwalk": "x " * 160}}, "towns.norwalk", id="town too long"),
    pytest.param({"short": HARD}, "short", id="too hard to read"),
]


@pytest.mark.parametrize(("edited", "field"), REFUSED)
def test_refusals_name_their_field(files: Files, answer: Answer, edited: dict, field: str) -> None:
    """What cannot stay so is refused with the field it stands in."""
    with pytest.raises(EditError) as refused:
        edit(files, TOPIC, replace(answer, **edited), "typo")
    assert refused.value.field == field


def test_nothing_changed_is_said(files: Files, answer: Answer) -> None:
    """Saving without a change makes no draft; an unknown kind of change is refused."""
    with pytest.raises(EditError, match="nothing"):
        edit(files, TOPIC, answer, "typo")
    with pytest.raises(EditError):
        edit(files, TOPIC, replace(answer, short="New."), "other")


def test_opened_is_what_is_written(files: Files) -> None:
    """Every answer of ours can be opened, and saving it unchanged writes nothing."""
    for path in files.list("data/answers/topics", ".yml"):
        topic = path.rsplit("/", 1)[1][:-4]
        with pytest.raises(EditError, match="nothing"):
            edit(files, topic, opened(files, topic), "typo")
