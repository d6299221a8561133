"""Which passages stand under an answer: own town first, newest first, never torn from what belongs to them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.core.content import Content, Quote
from bot.core.quotes import MOST_LAWS, MOST_QUOTES, WIDE, Evidence, choose_evidence
from tests.core.builders import make_law, make_quote, make_topic, with_only

PILE = (
    make_quote("own-old", "norwalk", "2006-12"), make_quote("own-new", "norwalk", "2025-08-20"),
    make_quote("other-old", "westport", "2019-07"), make_quote("other-new", "new-haven", "2026-01"),
    make_quote("state", "connecticut", "2026-05"), make_quote("federal", "federal", "2026-06"),
    make_quote("own-report", "norwalk", "2025-08-01", kind="paraphrase"),
    make_quote("pair-a", "norwalk", "2025-09"), make_quote("pair-b", "norwalk", "2025-09"),
    make_quote("west-pair-a", "westport", "2018-01"), make_quote("west-pair-b", "westport", "2018-01"),
)

# name: (town, groups of the topic, ids shown in order)
ORDERS: dict[str, tuple[str | None, tuple[str, ...], list[str]]] = {
    "own town, state, federal": ("norwalk", ("federal", "state", "own-old"), ["own-old", "state", "federal"]),
    "newest first inside one town": ("norwalk", ("own-old", "own-new"), ["own-new", "own-old"]),
    "a quotation before a report of the same month": ("norwalk", ("own-report", "own-new"), ["own-new", "own-report"]),
    "a newer report before an older quotation": ("norwalk", ("own-old", "own-report"), ["own-report", "own-old"]),
    "other towns are left out where the own has spoken": ("norwalk", ("other-new", "own-old"), ["own-old"]),
    "the newest of other towns where the own is silent": ("stamford", ("other-old", "other-new", "state"), ["other-new", "state"]),
    "without a town, newest first": (None, ("other-old", "federal", "own-new"), ["federal", "own-new", "other-old"]),
    "without a town, one of each first": (None, ("own-new", "own-old", "own-report", "other-old"), ["own-new", "other-old", "own-report"]),
    "at most three": ("norwalk", ("own-new", "own-old", "own-report", "state"), ["own-new", "own-report", "own-old"]),
    "no passages": ("norwalk", (), []),
}

# name: (town, groups with pairs, ids shown in order)
PAIRS = {
    "a pair first": ("norwalk", (("own-new",), ("pair-a", "pair-b")), ["pair-a", "pair-b", "own-new"]),
    "a pair that does not fit gives way to a single": (
        "westport", (("other-old",), ("west-pair-a", "west-pair-b"), ("state",)), ["other-old", "west-pair-a", "west-pair-b"]),
    "a pair after two singles is left out whole": (
        None, (("federal",), ("state",), ("west-pair-a", "west-pair-b"), ("own-old",)), ["federal", "state", "own-old"]),
}


def _choose(content: Content, town: str | None, groups: tuple[tuple[str, ...], ...], **topic: object) -> Evidence:
    return choose_evidence(make_topic(quotes=groups, **topic), town, with_only(content, PILE))


def _ids(passages: tuple[Quote, ...]) -> list[str]:
    return [p.id for p in passages]


@pytest.mark.parametrize("town, names, expected", ORDERS.values(), ids=ORDERS.keys())
def test_own_town_comes_first_then_wide_then_newest(
    content: Content, town: str | None, names: tuple[str, ...], expected: list[str],
) -> None:
    """Own town before state before federal, newest first by month, quotations before reports, three at the most."""
    assert _ids(_choose(content, town, tuple((n,) for n in names)).quotes) == expected


@pytest.mark.parametrize("town, groups, expected", PAIRS.values(), ids=PAIRS.keys())
def test_a_pair_is_shown_whole_or_not_at_all(
    content: Content, town: str | None, groups: tuple[tuple[str, ...], ...], expected: list[str],
) -> None:
    """Passages of one group stand together in their order, or none of them stands."""
    assert _ids(_choose(content, town, groups).quotes) == expected


@pytest.mark.parametrize("town, names, other", [
    ("stamford", ("other-old", "state"), "westport"), ("norwalk", ("own-old", "other-new"), None),
    ("stamford", ("state", "federal"), None), (None, ("other-old",), None),
], ids=["another town's", "own town's", "wide only", "no town named"])
def test_another_towns_statement_is_marked(content: Content, town: str | None, names: tuple[str, ...], other: str | None) -> None:
    """Where the reader's town has said nothing, the evidence names the town that speaks instead."""
    assert _choose(content, town, tuple((n,) for n in names)).other_town == other


@pytest.mark.parametrize("town, expected", [("norwalk", ["own-new"]), ("westport", []), (None, [])], ids=["own", "another's", "none named"])
def test_service_talk_cites_only_the_own_town(content: Content, town: str | None, expected: list[str]) -> None:
    """A greeting carries no citation but one of the reader's own town, and never another town's."""
    evidence = _choose(content, town, (("own-new",), ("state",)), section="E")
    assert (_ids(evidence.quotes), evidence.other_town) == (expected, None)


LAWS = (
    make_law("state-law"), make_law("federal-law", "federal"), make_law("norwalk-law", "norwalk"), make_law("westport-law", "westport"),
    make_law("third"), make_law("needed", "federal"), make_law("needed-too", "federal"), make_law("elsewhere", "westport"),
)
CHOSEN_LAWS: dict[str, tuple[str | None, tuple[str, ...], tuple[str, ...], list[str]]] = {
    "the own town's first": ("norwalk", ("state-law", "norwalk-law"), (), ["norwalk-law", "state-law"]),
    "never another town's": ("norwalk", ("westport-law", "state-law"), (), ["state-law"]),
    "all where no town is named": (None, ("westport-law", "state-law"), (), ["westport-law", "state-law"]),
    "at most four": (None, ("state-law", "federal-law", "third", "norwalk-law", "westport-law"), (),
                     ["state-law", "federal-law", "third", "norwalk-law"]),
    "what a quotation requires is never cut off": (
        "norwalk", ("norwalk-law", "state-law", "federal-law", "third", "needed-too"), ("needed", "needed-too"),
        ["needed", "needed-too", "norwalk-law", "state-law"]),
    "what a quotation requires need not be the topic's": ("norwalk", (), ("needed",), ["needed"]),
    "what is required stands once": ("norwalk", ("needed", "state-law"), ("needed",), ["needed", "state-law"]),
    "what a quotation requires stands whatever its town": ("norwalk", ("state-law",), ("elsewhere",), ["elsewhere", "state-law"]),
}


@pytest.mark.parametrize("town, laws, requires, expected", CHOSEN_LAWS.values(), ids=CHOSEN_LAWS.keys())
def test_required_laws_then_own_then_wide(
    content: Content, town: str | None, laws: tuple[str, ...], requires: tuple[str, ...], expected: list[str],
) -> None:
    """Laws that a shown quotation must not stand without come first, then the own town's, then the rest; four at the most."""
    quote = make_quote("leaning", requires=requires)
    evidence = choose_evidence(make_topic(quotes=(("leaning",),), laws=laws), town, with_only(content, (quote,), LAWS))
    assert [law.id for law in evidence.laws] == expected


def _every(content: Content) -> list[tuple[str, str | None, Evidence]]:
    pairs = product(content.topics, (None, *content.towns))
    return [(topic, town, choose_evidence(content.topics[topic], town, content)) for topic, town in pairs]


def test_no_answer_shows_too_much(content: Content) -> None:
    """No real topic shows more than three quotations or four laws for any town."""
    assert (MOST_QUOTES, MOST_LAWS) == (3, 4)
    assert [(t, w) for t, w, e in _every(content) if len(e.quotes) > 3 or len(e.laws) > 4] == []


def test_no_answer_mixes_towns(content: Content) -> None:
    """A reader who named a town sees that town, the state and the federal level, or one other town that is named as such."""
    mixed = [
        (topic, town, q.id)
        for topic, town, evidence in _every(content) if town
        for q in evidence.quotes if q.scope not in (town, evidence.other_town, *WIDE)
    ]
    assert mixed == []


def test_no_real_passage_stands_without_what_it_requires(content: Content) -> None:
    """Wherever a passage is shown, the passages and laws it requires are shown too."""
    torn = [
        (topic, town, q.id, needed)
        for topic, town, e in _every(content) for q in e.quotes for needed in q.requires
        if needed not in {p.id for p in (*e.quotes, *e.laws)}
    ]
    assert torn == []


@pytest.mark.parametrize("town", [None, "westport", "norwalk", "bridgeport"], ids=str)
def test_civil_not_criminal_never_stands_without_the_crimes(content: Content, town: str | None) -> None:
    """"Not criminal law" is never shown without the laws on entry and on coming back, however many laws the topic has."""
    topic = content.topics["undocumented_crime"]
    crowded = replace(topic, laws=(*list(content.laws)[:6], *topic.laws))
    for shown in (choose_evidence(topic, town, content), choose_evidence(crowded, town, content)):
        assert "westport-chief-2019-reported-civil-not-criminal" in _ids(shown.quotes)
        assert {"usc-1325-a-entry", "usc-1326-a-reentry"} <= {law.id for law in shown.laws}
