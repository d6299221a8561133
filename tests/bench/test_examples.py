from __future__ import annotations

from pathlib import Path

import examples
from examples import Example

SAID = ("هل تسأل الشرطة عن الإقامة؟", "警察会问身份吗", "èske polis ap mande papye?",
        "czy policja pyta o wizę?", "off", "yes: or no", "a police question")


def some(count: int, language: str = "ht", intent: str = "ask") -> list[Example]:
    return [Example(language, intent, f"kesyon {number}") for number in range(count)]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Examples of any script, and words that YAML could take for something else, come back as they were."""
    lessons = [Example("ar", "ask", text) for text in SAID] + some(3)
    examples.write(lessons, tmp_path / "deep" / "nlu.yml")
    assert set(examples.read([tmp_path / "deep" / "nlu.yml"])) == set(lessons)


def test_draws_a_few_of_each_intent_and_language() -> None:
    """Each intent and language gives four examples, or all that it has."""
    drawn = examples.draw([*some(9), *some(9, "zh"), *some(2, "ht", "menu")])
    counts = {(language, intent): sum((e.language, e.intent) == (language, intent) for e in drawn)
              for language, intent in (("ht", "ask"), ("zh", "ask"), ("ht", "menu"))}
    assert counts == {("ht", "ask"): 4, ("zh", "ask"): 4, ("ht", "menu"): 2}


def test_the_draw_does_not_depend_on_order() -> None:
    """The same examples in another order give the same draw."""
    assert examples.draw(some(30)) == examples.draw(some(30)[::-1])


def test_another_seed_draws_others() -> None:
    """The seed decides what is drawn."""
    assert examples.draw(some(30)) != examples.draw(some(30), seed="another")


def test_a_new_example_moves_at_most_one() -> None:
    """Adding an example changes the draw of its intent by one at most, and no other intent's."""
    before = set(examples.draw([*some(30), *some(30, "zh")]))
    for number in range(20):
        after = set(examples.draw([*some(30), *some(30, "zh"), Example("ht", "ask", f"nouvo {number}")]))
        assert len(before - after) <= 1
        assert {e for e in before if e.language == "zh"} <= after


def test_the_digest_names_the_set() -> None:
    """The digest is the same in any order, and another for another set."""
    assert examples.digest(some(5)) == examples.digest(some(5)[::-1]) != examples.digest(some(6))


def test_reads_all_of_the_project(root: Path) -> None:
    """Every intent of the project's examples is drawn in every language."""
    drawn = examples.draw(examples.read_all(root))
    assert len({(e.language, e.intent) for e in drawn}) == len({e.language for e in drawn}) * len({e.intent for e in drawn})
    assert len({e.language for e in drawn}) == 8
