"""What is wrong with content, found before anybody reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.content import DRAFT, Content, Line, Notice, Off, Said
from bot.core.problems import Problem, problems
from tests.core.builders import make_contact, make_law, make_notice, make_quote, make_topic, with_only, with_topic

HIDDEN = "860-505-5751"  # stands for any number that contacts.yml does not let residents see


def _small(content: Content, contacts: Iterable = (), quotes: Iterable = (), laws: Iterable = (), **topic: Any) -> Content:
    """Content of one topic, without translations and with one phrase."""
    bare = replace(with_only(content, quotes, laws, contacts), topics={}, phrases={"key": "Said."}, translations={})
    return with_topic(bare, make_topic(**topic))


def _translated(content: Content, english: str, foreign: str, **topic: Any) -> Content:
    return replace(_small(content, **topic), translations={"pl": {("subject", english): Said(foreign, DRAFT)}})


def _noticed(content: Content, *notices: Notice) -> Content:
    return replace(_small(content), notices=notices)


LINE = Line("text", "+12032340001", "203-234-0001")

# name: (content, something the message says)
BROKEN: dict[str, tuple[Callable[[Content], Content], str]] = {
    "an unknown quotation": (lambda c: replace(_small(c), topics={"t": make_topic(quotes=(("gone",),))}), "unknown quotation 'gone'"),
    "an unknown law": (lambda c: replace(_small(c), topics={"t": make_topic(laws=("gone",))}), "unknown law 'gone'"),
    "an unknown next topic": (lambda c: _small(c, next=("gone",)), "unknown topic 'gone'"),
    "an unknown town": (lambda c: _small(c, towns={"atlantis": "Here."}), "unknown town 'atlantis'"),
    "a title too long": (lambda c: _small(c, title="x" * 71), "71 characters, at most 70"),
    "a first line too long": (lambda c: _small(c, first="x" * 161), "161 characters, at most 160"),
    "an answer too long": (lambda c: _small(c, short="x" * 301), "301 characters, at most 300"),
    "a town's answer too long": (lambda c: _small(c, towns={"norwalk": "x" * 301}), "301 characters, at most 300"),
    "a translated first line too long": (lambda c: _translated(c, "Go.", "x" * 161, first="Go."), "161 characters, at most 160"),
    "a translated answer too long": (lambda c: _translated(c, "A short answer.", "x" * 381), "381 characters, at most 380"),
    "a passage without its companion": (
        lambda c: replace(_small(c, quotes=(make_quote("q", requires=("other",)),)), topics={"t": make_topic(quotes=(("q",),))}),
        "'q' may not stand without 'other'"),
    "an edited quotation": (lambda c: _small(c, quotes=(replace(make_quote("q"), text="Words of q"),)), "'q' are not those"),
    "an edited law": (lambda c: _small(c, laws=(make_law("law", text="edited", sha256="0"),)), "'law' are not those"),
    "words of a law that nobody verified": (lambda c: _small(c, laws=(make_law("law", text="words"),)), "'law' are not those"),
    "an unknown word in braces": (lambda c: _small(c, short="See {address}."), "a brace is alone or holds an unknown word"),
    "a brace that is not closed": (lambda c: _small(c, steps=("See {url.",)), "a brace is alone or holds an unknown word"),
    "a brace around nothing": (lambda c: _small(c, towns={"norwalk": "See {}."}), "a brace is alone or holds an unknown word"),
    "talk about the service switched off": (
        lambda c: _small(c, section="E", off=Off("Ana", date(2026, 12, 1), "why")), "cannot be switched off"),
    "a notice that says nothing": (lambda c: _noticed(c, make_notice(text=" ")), "it says nothing"),
    "a notice too long": (lambda c: _noticed(c, make_notice(text="x" * 161)), "161 characters, at most 160"),
    "a notice that ends before it starts": (lambda c: _noticed(c, make_notice(ends=date(2026, 11, 20))), "before it starts"),
    "a notice for an unknown town": (lambda c: _noticed(c, make_notice(towns=("norwalk", "atlantis"))), "unknown town 'atlantis'"),
    "a notice with braces": (lambda c: _noticed(c, make_notice(text="On {date}.")), "there is a brace in it"),
    "a notice with a lone brace": (lambda c: _noticed(c, make_notice(text="On date}.")), "there is a brace in it"),
    "two notices of one name": (lambda c: _noticed(c, make_notice(), make_notice(text="Another.")), "two notices roads"),
    "a translated notice too long": (
        lambda c: replace(_noticed(c, make_notice()), translations={
            "ar": {("notice.roads", "Route 7 is closed."): Said("ط" * 201, DRAFT)}}), "201 characters, at most 200"),
    "braces lost in translation": (lambda c: _translated(c, "See {url}.", "Zobacz."), "the words in braces differ"),
    "braces renamed in translation": (lambda c: _translated(c, "See {url}.", "Zobacz {adres}."), "the words in braces differ"),
}

# Every place where a resident could read a number.
PLACES: dict[str, Callable[[Content, str], Content]] = {
    "the short answer": lambda c, n: _small(c, short=f"Call {n}."),
    "the first line": lambda c, n: _small(c, first=f"Call {n}."),
    "a step": lambda c, n: _small(c, steps=("Stay calm.", f"Call {n}.")),
    "the caution": lambda c, n: _small(c, caution=f"Call {n}."),
    "a town's answer": lambda c, n: _small(c, towns={"norwalk": f"Call {n}."}),
    "a title": lambda c, n: _small(c, title=f"Call {n}"),
    "a phrase": lambda c, n: replace(_small(c), phrases={"key": f"Call {n}."}),
    "a contact's note": lambda c, n: _small(c, contacts=(make_contact("helper", note=f"Or call {n}."),)),
    "a contact's hours": lambda c, n: _small(c, contacts=(make_contact("helper", hours=f"9-12, then {n}"),)),
    "a label of a contact's line": lambda c, n: _small(c, contacts=(make_contact("helper", lines=(replace(LINE, label=f"or {n}"),)),)),
    "what a law says": lambda c, n: _small(c, laws=(make_law("law", says=f"Call {n}."),)),
    "a law's place": lambda c, n: _small(c, laws=(make_law("law", cite=f"page {n}"),)),
    "a quotation's context": lambda c, n: _small(c, quotes=(make_quote("q", context=f"He meant {n}."),)),
    "a notice": lambda c, n: _noticed(c, make_notice(text=f"Call {n}.")),
    "a translation": lambda c, n: _translated(c, "A short answer.", f"Proszę dzwonić: {n}."),
}

WRITTEN = {
    "dashes": "860-505-5751", "brackets": "(860) 505-5751", "full stops": "860.505.5751", "one run": "8605055751",
    "with the country": "+1 860 505 5751", "with a one": "1-860-505-5751", "spaces": "860 505 5751",
    "no-break spaces": "860\u00a0505\u00a05751", "no-break hyphens": "860\u2011505\u20115751", "long dashes": "860 – 505 – 5751",
    "slashes": "860/505/5751", "Arabic digits": "٨٦٠-٥٠٥-٥٧٥١", "Persian digits": "۸۶۰ ۵۰۵ ۵۷۵۱",
    "full-width digits": "８６０-５０５-５７５１",
}

NO_NUMBERS = {
    "a law's number": "8 USC 1326(a) and Public Act 26-14", "a date": "2019-07-11", "a year": "In 2025", "911": "Call 911",
    "2-1-1": "dial 2-1-1", "a longer run of digits": "case 123456789012345",
}


def _found(content: Content, forbidden: Iterable[str] = ()) -> list[Problem]:
    return list(problems(content, forbidden))


def test_the_real_content_has_no_problem(content: Content) -> None:
    """What we publish is in order."""
    assert _found(content) == []


def test_sound_content_has_no_problem(content: Content) -> None:
    """The small content of these tests is in order before it is broken, up to the last character that fits."""
    sound = _small(content, contacts=(make_contact("helper"),), quotes=(make_quote("q"),), title="x" * 70, first="x" * 160, short="x" * 300)
    assert _found(sound) == []
    assert _found(_noticed(content, make_notice(text="x" * 160, ends=make_notice().starts, towns=("norwalk",)))) == []
    assert _found(_small(content, section="E", contact_kinds=("emergency",), off=Off("Ana", date(2026, 12, 1), "why"))) == []
    assert _found(_small(content, off=Off("Ana", date(2026, 12, 1), "why"))) == []
    assert _found(_translated(content, "A short answer.", "x" * 380)) == []
    assert _found(_translated(content, "See {url} in {town}.", "W {town}: {url}.")) == []


@pytest.mark.parametrize("broken, message", BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_is_found_with_a_remedy(content: Content, broken: Callable[[Content], Content], message: str) -> None:
    """A fault yields one problem that says what is wrong and what to do."""
    found = _found(broken(content))
    assert len(found) == 1
    assert message in found[0].message and found[0].remedy


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_no_text_may_hold_a_number_of_its_own(content: Content, place: Callable[[Content, str], Content]) -> None:
    """A number that no contact shows is found wherever a resident could read it."""
    found = _found(place(content, HIDDEN))
    assert [HIDDEN in problem.message for problem in found] == [True]


@pytest.mark.parametrize("number", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_number_is_found_however_it_is_written(content: Content, number: str) -> None:
    """Brackets, dashes, spaces and the country's code hide no number."""
    assert len(_found(_small(content, short=f"Call {number}."))) == 1


@pytest.mark.parametrize("text", NO_NUMBERS.values(), ids=NO_NUMBERS.keys())
def test_what_is_no_telephone_number_may_stand(content: Content, text: str) -> None:
    """Laws, dates, cases and short emergency numbers are no telephone numbers."""
    assert _found(_small(content, short=text)) == []


@pytest.mark.parametrize("contact", [
    make_contact("helper", phone="+18605055751"), make_contact("helper", lines=(replace(LINE, phone="+18605055751"),)),
], ids=["its number", "a further line"])
def test_a_number_that_a_contact_shows_may_stand(content: Content, contact: Any) -> None:
    """Texts may repeat the numbers that contacts show; but a forbidden number not even a contact may have."""
    shown = _small(content, contacts=(contact,), short=f"Call {HIDDEN}.")
    assert _found(shown) == []
    assert {p.message for p in _found(shown, ["8605055751"])} == {
        "the number 8605055751 must never be shown", "a number in it must never be shown", f"the number {HIDDEN} may not be shown here"}


def test_a_fault_of_a_topic_names_its_file(content: Content) -> None:
    """Whoever mends it is sent to the topic's file, also where the same words stand in several."""
    for broken in (_small(content, short="x" * 301), _small(content, next=("gone",)), _small(content, title=f"Call {HIDDEN}")):
        assert [p.file for p in _found(broken)] == ["subject.yml"]


def test_a_fault_of_a_translation_names_its_language(content: Content) -> None:
    """The problem says in which language's files to look; a fault of the English says none."""
    assert [p.language for p in _found(_translated(content, "A short answer.", f"Tel. {HIDDEN}"))] == ["pl"]
    assert [p.language for p in _found(_small(content, short=f"Call {HIDDEN}."))] == [""]


@pytest.mark.parametrize("topic", [
    make_topic(quotes=(("q", "other"),)), make_topic(quotes=(("q",),), laws=("other",)),
], ids=["in its group", "among the laws"])
def test_a_companion_may_stand_in_the_group_or_among_the_laws(content: Content, topic: Any) -> None:
    """A passage that must not stand alone is in order where its companion is beside it."""
    passages = (make_quote("q", requires=("other",)), make_quote("other"))
    sound = replace(_small(content, quotes=passages, laws=(make_law("other"),)), topics={"t": topic})
    assert _found(sound) == []
