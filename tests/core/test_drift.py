"""What a visit means: flagged is what an editor should look at, until an editor did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.content import Content
from bot.core.drift import (
    BARRED,
    CHANGED,
    FAILED,
    FORBIDDEN,
    GONE,
    MOVED,
    PAGE,
    PASSAGE_GONE,
    SAME,
    UNREACHABLE,
    VANISHED,
    Link,
    Seen,
    Visit,
    accepted,
    alike,
    flagged,
    judge,
    links,
    page_digest,
)

LINK = Link("https://norwalk.example/order", ("source:norwalk-2025",), {
    "ask": "We don’t ask about status.", "papye": "Nou pa mande papye.",
})
BOTH = "The chief: “We don’t ask about status.” Nou pa mande papye."
DAYS = [date(2026, 11, day) for day in range(1, 9)]


def page(text: str, moved_to: str = "") -> Visit:
    return Visit(PAGE, 200, page_digest(text), text, moved_to)


FAIL, NOT_FOUND, NO_ENTRY = Visit(FAILED, trouble="no connection"), Visit(GONE, 404), Visit(BARRED, 403)
PDF = Visit(PAGE, 200, "0" * 64, None)


def after(*visits: Visit, link: Link = LINK, before: Seen | None = None) -> Seen:
    """What is known after visits on one day after the other."""
    for day, visit in zip(DAYS, visits):
        before = judge(link, visit, before, day)
    assert before
    return before


@pytest.mark.parametrize("visits, verdict, is_flagged", [
    pytest.param([page(BOTH)], SAME, False, id="seen for the first time"),
    pytest.param([page("Nothing of ours")], SAME, False, id="passages that never stood there are not gone"),
    pytest.param([page(BOTH), page(BOTH.replace(" ", " \n"))], SAME, False, id="white space"),
    pytest.param([page(BOTH), page(BOTH.replace("’", "'").replace("“", '"').replace("”", '"'))], SAME, False, id="straight quotes"),
    pytest.param([page(BOTH), page(BOTH + " Updated.")], CHANGED, True, id="more words"),
    pytest.param([page(BOTH), page(BOTH.replace("don’t", "do"))], PASSAGE_GONE, True, id="a passage changed"),
    pytest.param([page(BOTH), page(BOTH + "x"), page(BOTH)], SAME, False, id="changed back"),
    pytest.param([page(BOTH), page(BOTH, "https://new.example/")], MOVED, True, id="moved"),
    pytest.param([page(BOTH, "https://new.example/")], MOVED, True, id="moved on the first visit"),
    pytest.param([page(BOTH), page("gone", "https://new.example/")], PASSAGE_GONE, True, id="a lost passage is graver than a move"),
    pytest.param([NOT_FOUND], VANISHED, True, id="not found at once"),
    pytest.param([page(BOTH), FAIL], UNREACHABLE, False, id="down once"),
    pytest.param([page(BOTH), FAIL, FAIL], UNREACHABLE, False, id="down twice"),
    pytest.param([page(BOTH), FAIL, FAIL, FAIL], VANISHED, True, id="down on three days"),
    pytest.param([FAIL, FAIL, page(BOTH), FAIL], UNREACHABLE, False, id="failures before a page are forgotten"),
    pytest.param([page(BOTH), page("other"), FAIL], PASSAGE_GONE, True, id="a failed visit hides nothing"),
    pytest.param([page(BOTH), NOT_FOUND, FAIL], VANISHED, True, id="vanished and then down"),
    pytest.param([page(BOTH), NO_ENTRY], FORBIDDEN, True, id="we may not read it"),
    pytest.param([page(BOTH), NOT_FOUND, page(BOTH)], SAME, False, id="came back"),
    pytest.param([page(BOTH), PDF], CHANGED, True, id="no text any more: passages are not judged"),
])
def test_verdicts(visits: list[Visit], verdict: str, is_flagged: bool) -> None:
    """Each history of visits has one verdict, and only what needs an editor is flagged."""
    seen = after(*visits)
    assert (seen.verdict, seen.is_flagged) == (verdict, is_flagged)


def test_three_failures_on_one_day_are_one() -> None:
    """A site that is down all afternoon has not vanished."""
    seen: Seen | None = None
    for _ in range(5):
        seen = judge(LINK, FAIL, seen, DAYS[0])
    assert seen and seen.verdict == UNREACHABLE and seen.failed == (DAYS[0],)


@pytest.mark.parametrize("visits", [
    pytest.param([page(BOTH), page(BOTH + "x")], id="changed"), pytest.param([page(BOTH), page("x")], id="passage gone"),
    pytest.param([page(BOTH, "https://new.example/")], id="moved"), pytest.param([NOT_FOUND], id="vanished"),
    pytest.param([NO_ENTRY], id="forbidden"), pytest.param([FAIL, FAIL, FAIL], id="down"),
])
def test_what_is_accepted_is_flagged_no_more(visits: list[Visit]) -> None:
    """After an editor's acceptance, and after further visits that find the same, nobody is asked again."""
    seen = accepted(after(*visits))
    assert not seen.is_flagged
    assert not judge(LINK, visits[-1], seen, DAYS[-1]).is_flagged


@pytest.mark.parametrize("then", [NO_ENTRY, page(BOTH + "x"), page("x")], ids=["another refusal", "changed", "passage gone"])
def test_acceptance_of_a_vanished_page_covers_only_that(then: Visit) -> None:
    """A page that comes back is compared with what was known before it vanished."""
    seen = accepted(after(page(BOTH), NOT_FOUND))
    assert judge(LINK, then, seen, DAYS[5]).is_flagged


def test_a_page_that_vanishes_again_is_told_again() -> None:
    """Acceptance ends when the page has been back."""
    seen = judge(LINK, page(BOTH), accepted(after(page(BOTH), NOT_FOUND)), DAYS[5])
    assert judge(LINK, NOT_FOUND, seen, DAYS[6]).is_flagged


def test_the_lost_passage_is_named() -> None:
    """The editor is told which quotation no longer stands there, until it is accepted."""
    seen = after(page(BOTH), page("The chief: “We don’t ask about status.”"))
    assert seen.gone == ("papye",) and seen.standing == ("ask",) and accepted(seen).gone == ()


def test_a_quotation_added_later_is_watched_too() -> None:
    """A passage that was quoted after the first visit is known from the next visit on; one no longer quoted is forgotten."""
    before = after(page(BOTH), link=replace(LINK, passages={"papye": LINK.passages["papye"]}))
    only_ask = replace(LINK, passages={"ask": LINK.passages["ask"]})
    seen = after(page(BOTH + " "), link=only_ask, before=before)
    assert seen.verdict == SAME and seen.known.passages == ("ask",)
    assert judge(only_ask, page("x"), seen, DAYS[2]).gone == ("ask",)


@pytest.mark.parametrize("one, other, equal", [
    pytest.param("don’t", "don't", True, id="apostrophes"), pytest.param("“a” «b»", '"a" "b"', True, id="quotation marks"),
    pytest.param("a \n\u00a0b", "a b", True, id="white space"), pytest.param("immi\u00adgrant", "immigrant", True, id="soft hyphen"),
    pytest.param("cafe\u0301", "café", True, id="composed"), pytest.param("1990–2000", "1990-2000", False, id="dashes"),
    pytest.param("May", "may", False, id="case"), pytest.param("نسألُ", "نسأل", False, id="arabic vowel sign"),
])
def test_what_counts_as_alike(one: str, other: str, equal: bool) -> None:
    """Typography may differ between a page and our copy; letters, dashes and case may not."""
    assert (alike(one) == alike(other)) is equal


def test_flagged_ones_come_gravest_first() -> None:
    """The console's first page lists what vanished before what merely changed."""
    watch = {name: replace(after(*visits), address=name) for name, visits in {
        "changed": [page(BOTH), page(BOTH + "x")], "same": [page(BOTH)], "vanished": [NOT_FOUND], "gone": [page(BOTH), page("x")]}.items()}
    assert [seen.address for seen in flagged(watch)] == ["vanished", "gone", "changed"]


def test_our_links_are_those_of_documents_and_laws(content: Content) -> None:
    """Every address stands there once, with all who name it and all that is quoted of it."""
    found = {link.address: link for link in links(content)}
    named = {q.document.url for q in content.quotes.values()} | {law.url for law in content.laws.values()}
    assert set(found) == named - {None, ""} and len(found) == len(links(content))
    quote = next(q for q in content.quotes.values() if q.document.url)
    link = found[str(quote.document.url)]
    assert f"source:{quote.document.id}" in link.names and link.passages[quote.id] == quote.text
    law = next(law for law in content.laws.values() if law.url and law.text)
    assert found[str(law.url)].passages[law.id] == law.text
