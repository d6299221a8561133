"""A new topic: its answer and the ways to ask, in one draft; from a resident's question if there is one."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bot.core.faces import answered
from bot.doors.console.desk import drafts, repository, today
from bot.doors.console.models import Question
from bot.history.candidate import judge, read_content
from tests.doors.console.conftest import Console

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
WAYS = {
    "en": ("can i fetch my kid from school", "picking up my kid is it safe", "school pickup without papers",
           "may i go in to get my son", "who can fetch my child"),
    "ht": ("eske m ka pran pitit mwen lekol", "li pa gen danje pou chache timoun", "pran pitit lekol san papye",
           "m ka antre lekol la", "ki moun ka pran timoun nan"),
    "zh": ("我可以去学校接孩子吗", "接孩子安全吗", "没有身份能接孩子吗",
           "我能进学校接儿子吗", "谁可以接我的孩子"),
    "ar": ("ممكن اخذ ابني من المدرسة", "هل هو آمن اجيب ولدي", "بدون اوراق اقدر اروح المدرسة",
           "ادخل المدرسة اجيب بنتي", "مين يقدر ياخذ طفلي من المدرسة"),
}


def ways(language: str) -> str:
    others = (f"{word} pickup {language} school zone question" for word in ("un", "do", "tri", "kat", "sen"))
    return "\n".join(WAYS.get(language) or others)


def form(**changes: Any) -> dict[str, Any]:
    return {
        "do": "hand_in", "id": "school_pickup", "section": "C", "title": "May I pick up my child?", "first": "",
        "short": "Yes. School is for all children. You can pick up your child.", "caution": "", "steps": ["Go in calmly.", "", ""],
        "steps_origin": ["", "", ""], "laws": [""], "next": ["sensitive_places", ""], "kinds": ["legal_aid"], "review_by": "2027-02-28",
        "why": "Parents ask.", **{f"examples.{code}": ways(code) for code in LANGUAGES}, **changes,
    }


def test_a_whole_topic_in_one_draft(console: Console, checkout: Path) -> None:
    """Answer, intent, rule and examples pass the check together; nothing is live."""
    client = console.as_("editor")
    response = client.post(reverse("answer_new"), form())
    (draft,) = drafts().all()
    assert response.headers["Location"] == reverse("draft", args=[draft.id])
    assert (draft.kind, draft.about, draft.last.why) == ("topic", "school_pickup", "Parents ask.")
    files = drafts().files(draft)
    assert not judge(files) and "我可以去学校接孩子吗" in files.read("data/nlu/zh.yml")
    content = read_content(files)
    topic = content.topics["school_pickup"]
    assert (topic.section, topic.steps, topic.next, topic.contact_kinds) == ("C", ("Go in calmly.",), ("sensitive_places",), ("legal_aid",))
    assert answered(content, "school_pickup", "ht", None, today(), "").contacts
    assert not repository().files().has("data/answers/topics/school_pickup.yml")


@pytest.mark.parametrize(("changes", "field", "message"), [
    pytest.param({"id": "School pickup"}, "id", "small letters", id="a name with spaces"),
    pytest.param({"id": "police_ask_status"}, "id", "already here", id="a name that is taken"),
    pytest.param({"id": "new"}, "id", "address of the console", id="a name that is an address of ours"),
    pytest.param({"section": "Z"}, "section", "choose the part", id="no such part"),
    pytest.param({"short": ""}, "short", "may not be empty", id="no answer"),
    pytest.param({"short": "Call {name}."}, "short", "in braces", id="a brace"),
    pytest.param({"examples.ar": "سؤال واحد"}, "examples.ar", "at least 5", id="too few ways in Arabic"),
    pytest.param({"examples.zh": ways("zh") + "\n[纽黑文](town)"}, "examples.zh", "brackets", id="markup in Chinese"),
    pytest.param({"examples.ht": ways("ht") + "\nyo pran ▢"}, "examples.ht", "masked", id="masked words in Creole"),
    pytest.param({"review_by": ""}, "review_by", "2027-02-28", id="no date"),
    pytest.param({"why": ""}, "why", "Say why", id="no reason"),
    pytest.param({"next": ["nothing"]}, "next", "nothing", id="a next topic that is none"),
])
def test_what_cannot_stay_is_said_beside_its_field(
    console: Console, checkout: Path, changes: dict[str, Any], field: str, message: str,
) -> None:
    """Status 400, a link to the field, every word still there, nothing saved."""
    response = console.as_("editor").post(reverse("answer_new"), form(caution="Do not lie.") | changes)
    text = html.unescape(response.content.decode())
    assert response.status_code == 400 and drafts().all() == []
    assert re.search(rf'<a href="#id_{re.escape(field)}">[^<]*{re.escape(message)}', text), re.findall(r'<a href="#id.*', text)
    assert f'id="id_{field}"' in text and "Do not lie." in text and ways("pl").splitlines()[0] in text


@pytest.mark.parametrize(("language", "direction", "question"), [
    ("ar", "rtl", "ممكن اخذ ابني من المدرسة"), ("zh", "ltr", "我可以去学校接孩子吗"), ("ht", "ltr", "eske m ka pran pitit mwen"),
])
def test_it_may_begin_with_a_question(console: Console, checkout: Path, language: str, direction: str, question: str) -> None:
    """A resident's question stands in the box of its language, written in its direction."""
    kept = Question.objects.create(day=date(2026, 11, 20), language=language, text=question)
    text = console.as_("editor").get(reverse("answer_new"), {"pick": kept.pk}).content.decode()
    box = re.search(rf'<textarea name="examples.{language}"[^>]*dir="{direction}"[^>]*>([^<]*)<', text)
    assert box and box.group(1) == question and text.count(question) == 1


def test_rows_move_without_a_script(console: Console, checkout: Path) -> None:
    """The form comes back in the new order, with its examples."""
    response = console.as_("editor").post(reverse("answer_new"), form(do="down.steps.0", steps=["One.", "Two."], steps_origin=["", ""]))
    text = response.content.decode()
    assert response.status_code == 200 and text.index(">Two.<") < text.index(">One.<") and ways("zh").splitlines()[0] in text
    assert drafts().all() == []
