"""The verdict on a new model, checked against points counted by hand."""

from __future__ import annotations

import pytest

from bot.core.doubt import FALLBACK, OUT_OF_SCOPE
from bot.core.errors import ContentError
from bot.core.scores import Judged
from bot.core.verdict import Change, compare, points

RIGHT, BACK, WRONG = "trust_act", FALLBACK, "sanctuary"


def judged(given: str, intent: str = RIGHT, language: str = "ht", text: str = "Èske lapolis ka mande papye m?") -> Judged:
    return Judged(language, intent, "plain", text, language, given, given)


def rows(given: list[str], language: str = "ht") -> list[Judged]:
    return [judged(name, language=language, text=str(number)) for number, name in enumerate(given)]


def change(before: list[str], after: list[str]) -> Change:
    """Both models on the same messages; forty more that both answer rightly stand around them."""
    same = [RIGHT] * 40
    return compare(rows(before + same), rows(after + same)).languages["ht"]


@pytest.mark.parametrize("given, intent, worth", [
    pytest.param(RIGHT, RIGHT, 1, id="answered rightly"),
    pytest.param(BACK, RIGHT, 0, id="asked back"),
    pytest.param(OUT_OF_SCOPE, RIGHT, 0, id="sent away, but with someone to call"),
    pytest.param(WRONG, RIGHT, -2, id="answered wrongly"),
    pytest.param(OUT_OF_SCOPE, OUT_OF_SCOPE, 1, id="none of our business, and said so"),
    pytest.param(BACK, OUT_OF_SCOPE, 1, id="none of our business, asked back"),
    pytest.param(RIGHT, OUT_OF_SCOPE, -2, id="none of our business, but answered"),
])
def test_what_an_outcome_is_worth(given: str, intent: str, worth: int) -> None:
    """A wrong answer costs more than a right one brings, and a question back costs nothing."""
    assert points(judged(given, intent)) == worth


@pytest.mark.parametrize("before, after, state", [
    pytest.param([], [], "same", id="nothing changed"),
    pytest.param([RIGHT] * 4, [BACK] * 4, "same", id="four right answers lost"),
    pytest.param([RIGHT] * 5, [BACK] * 5, "worse", id="five right answers lost"),
    pytest.param([RIGHT] * 4, [WRONG] * 4, "same", id="four turned wrong"),
    pytest.param([RIGHT] * 5, [WRONG] * 5, "worse", id="five turned wrong"),
    pytest.param([BACK] * 5, [WRONG] * 5, "worse", id="five answers dared and wrong"),
    pytest.param([RIGHT] * 8 + [BACK] * 2, [BACK] * 8 + [RIGHT] * 2, "same", id="eight lost, two gained"),
    pytest.param([RIGHT] * 9 + [BACK] * 2, [BACK] * 9 + [RIGHT] * 2, "worse", id="nine lost, two gained"),
    pytest.param([BACK] * 5, [RIGHT] * 5, "better", id="five gained"),
    pytest.param([WRONG] * 5, [BACK] * 5, "better", id="five wrong answers withheld"),
    pytest.param([RIGHT] * 9 + [BACK] * 9, [BACK] * 9 + [RIGHT] * 9, "same", id="as many lost as gained"),
])
def test_loss_is_told_from_chance(before: list[str], after: list[str], state: str) -> None:
    """A language is worse only where it loses more than its changed messages explain by chance."""
    assert change(before, after).state == state


def test_more_answers_do_not_outweigh_wrong_ones() -> None:
    """A model that answers all that it asked back before, every second time wrongly, is worse, though it answers more rightly."""
    assert change([BACK] * 60, [RIGHT, WRONG] * 30).state == "worse"


def test_a_change_is_counted() -> None:
    """Points a message before and after, and how many messages gained and lost some."""
    counted = compare(rows([RIGHT, BACK, WRONG, RIGHT]), rows([BACK, RIGHT, BACK, RIGHT])).languages["ht"]
    assert counted == Change(before=0.0, after=0.5, gained=2, lost=1, state="same")


def test_one_worse_language_is_enough() -> None:
    """A model that is better in seven languages and worse in one stays a draft."""
    better = [(code, [BACK] * 9, [RIGHT] * 9) for code in ("ar", "en", "es", "fr", "pl", "pt", "zh")]
    all_of_them = [*better, ("ht", [RIGHT] * 5, [WRONG] * 5)]
    before = [row for code, old, _ in all_of_them for row in rows(old, code)]
    after = [row for code, _, new in all_of_them for row in rows(new, code)]
    verdict = compare(before, after)
    assert verdict.worse == ("ht",) and not verdict.allowed
    assert verdict.better == ("ar", "en", "es", "fr", "pl", "pt", "zh")


def test_small_losses_everywhere_add_up() -> None:
    """Two right answers lost in each language are chance in each, but no chance in all."""
    codes = ("ar", "en", "es", "fr")
    verdict = compare([r for c in codes for r in rows([RIGHT] * 50, c)], [r for c in codes for r in rows([RIGHT] * 48 + [BACK] * 2, c)])
    assert verdict.worse == () and verdict.overall.state == "worse" and not verdict.allowed


def test_a_language_without_messages_is_not_let_through() -> None:
    """What was not measured cannot be said to be no worse."""
    verdict = compare(rows([RIGHT]), rows([RIGHT]), ["ht", "vi"])
    assert verdict.unmeasured == ("vi",) and not verdict.allowed
    assert compare(rows([RIGHT]), rows([RIGHT]), ["ht"]).allowed


@pytest.mark.parametrize("before, after", [
    pytest.param([], [], id="none"),
    pytest.param(rows([RIGHT]), rows([RIGHT, RIGHT]), id="one more"),
    pytest.param(rows([RIGHT], "ar"), rows([RIGHT], "zh"), id="other languages"),
    pytest.param([judged(RIGHT, text="你好")], [judged(RIGHT, text="您好")], id="other words"),
])
def test_only_like_is_compared_with_like(before: list[Judged], after: list[Judged]) -> None:
    """Two models that were measured on different messages, or on none, get no verdict."""
    with pytest.raises(ContentError):
        compare(before, after)
