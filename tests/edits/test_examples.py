"""How people ask: an example more, and a whole new topic."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import EditError
from bot.edits.answers import Answer, Step
from bot.edits.examples import add_example, add_topic, path_of_examples
from bot.history.candidate import judge, read_content
from bot.history.files import Files
from bot.yamlfile import read_yaml

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")


@pytest.mark.parametrize(("language", "text"), [
    ("ht", "eske lapolis ap mande m papye si m pral chache pitit mwen lekol"),
    ("ar", "الشرطة بتسألني عن الاقامة اذا رحت عالمدرسة؟"),
    ("zh", "去学校接孩子警察会查身份吗"),
])
def test_one_line_more(files: Files, language: str, text: str) -> None:
    """An example becomes one line more, under its topic, and the check passes."""
    changes = add_example(files, language, "police_ask_status", f"  {text} ")
    old, new = files.read(path_of_examples(language)).splitlines(), (changes[path_of_examples(language)] or "").splitlines()
    assert len(new) == len(old) + 1
    place = new.index(f"    - {text}")
    assert [line for line in new[:place] if line.startswith("- intent")][-1] == "- intent: police_ask_status"
    assert not judge(files.changed(changes))


REFUSED = [
    pytest.param("", id="nothing"),
    pytest.param("Do the police in Norwalk ask people about their immigration status?", id="already there"),
    pytest.param("hello", id="means something else already"),
    pytest.param("my ▢ was taken", id="masked words"),
    pytest.param("[norwalk](town)", id="markup"),
    pytest.param("/forget", id="a command"),
    pytest.param("x" * 501, id="too long"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused_examples(files: Files, text: str) -> None:
    """What teaches nothing, or two things, is refused."""
    with pytest.raises(EditError):
        add_example(files, "en", "police_ask_status", text)


def answer() -> Answer:
    return Answer("May I pick up my child?", "Yes. School is for all children.", date(2027, 2, 28), steps=(Step("Go in calmly."),),
                  kinds=("legal_aid",), next=("sensitive_places",))


def ways(language: str) -> tuple[str, ...]:
    return tuple(f"{word} pickup {language} school zone question" for word in ("one", "two", "three", "four", "five"))


def test_a_new_topic(files: Files) -> None:
    """A new topic brings its answer, its intent, its rule and examples in every language, and the check passes."""
    changed = files.changed(add_topic(files, "school_pickup", "C", answer(), {code: ways(code) for code in LANGUAGES}))
    assert not judge(changed)
    assert read_content(changed).topics["school_pickup"].steps == ("Go in calmly.",)
    rule = "- rule: school_pickup\n  steps:\n    - intent: school_pickup\n    - action: action_answer\n"
    assert changed.read("data/stories/rules.yml").endswith(rule)
    assert changed.read("domain.yml").count("school_pickup") == 1
    for code in LANGUAGES:
        assert "- intent: school_pickup" in changed.read(path_of_examples(code))


def test_a_new_topic_needs_every_language(files: Files) -> None:
    """A topic that some residents could not ask for is refused beside the language that is missing."""
    with pytest.raises(EditError) as refused:
        add_topic(files, "school_pickup", "C", answer(), {code: ways(code) if code != "ht" else () for code in LANGUAGES})
    assert refused.value.field == "examples.ht"


@pytest.mark.parametrize("name", ["trust_act", "choose", "School", "x", "a-b", "../x"])
def test_refused_names(files: Files, name: str) -> None:
    """A topic's name is new and simple."""
    with pytest.raises(EditError) as refused:
        add_topic(files, name, "C", answer(), {code: ways(code) for code in LANGUAGES})
    assert refused.value.field == "id"


def test_blocks_are_read_as_rasa_reads_them(files: Files, root: object) -> None:
    """The text-level reader of examples finds the same topics as YAML does."""
    from bot.edits.examples import _BLOCK

    for code in LANGUAGES:
        found = [match["intent"] for match in _BLOCK.finditer(files.read(path_of_examples(code)))]
        assert found == [block["intent"] for block in read_yaml(root / path_of_examples(code))["nlu"]]
