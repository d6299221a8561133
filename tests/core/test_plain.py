"""The plain-text face of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.compose import compose
from bot.core.content import Content
from bot.core.direction import END_ISOLATE, ISOLATE
from bot.core.plain import plain
from bot.core.reply import Reply


@pytest.fixture
def full(content: Content, today: date) -> Reply:
    return compose("report_crime", "en", "norwalk", content, today)


def test_parts_stand_in_the_order_of_use(full: Reply, content: Content) -> None:
    """The answer comes first, then notices, steps, quotations, laws, caution, contacts and what to ask next."""
    text = plain(replace(full, notices=("A notice.",)), content)
    keys = ("heading_steps", "heading_quotes", "heading_laws", "heading_caution", "heading_contacts", "heading_next")
    places = [text.index(part) for part in (full.text, "A notice.", *(content.phrase("en", key).upper() for key in keys))]
    assert places == sorted(places) and places[0] == 0


@pytest.mark.parametrize("town", ["norwalk", "westport"])
def test_nothing_of_the_answer_is_lost(content: Content, today: date, town: str) -> None:
    """Every step, quotation with its age, law, status, number, address and choice of the answer is in the text."""
    full = compose("report_crime", "en", town, content, today)
    text = plain(full, content)
    parts = [*full.steps, full.caution, *(s.label for s in full.suggestions)]
    parts += [p for q in full.quotes for p in (q.text, q.attribution, q.context, q.said_in, q.url)]
    parts += [p for law in full.laws for p in (law.text, law.label, law.status_text, law.url)]
    parts += [p for c in full.contacts for p in (c.name, c.phone_display, c.url, c.hours, c.notes, c.checked_text)]
    parts += [p for c in full.contacts for line in c.lines for p in (line[0], line[2])]
    assert [part for part in parts if part and part not in text] == []


def test_empty_parts_leave_no_heading(content: Content) -> None:
    """Where there is nothing to list, no heading stands."""
    assert plain(Reply("en", "ltr", None, "Hello."), content) == "Hello."


def test_steps_and_choices_are_numbered_from_one(full: Reply, content: Content) -> None:
    """The numbers shown are those that a resident sends back."""
    lines = plain(full, content).splitlines()
    assert all(f"{n}. {s}" in lines for n, s in enumerate(full.steps, 1))
    assert all(f"{n}. {s.label}" in lines for n, s in enumerate(full.suggestions, 1))


def test_only_quotations_stand_in_quotation_marks(content: Content, today: date) -> None:
    """An official's words stand in quotation marks, a reporter's words never."""
    reply = compose("local_incident", "en", "norwalk", content, today)
    both = (compose("plate_readers", "en", "westport", content, today), reply)
    marked = {q.kind == "paraphrase": f"“{q.text}”" in plain(r, content) for r in both for q in r.quotes}
    assert marked == {True: False, False: True}


def test_an_unofficial_translation_is_called_so(content: Content, today: date) -> None:
    """Beside the English original the translation stands under its name, in the reader's language."""
    reply = compose("police_ask_status", "es", "westport", content, today)
    label = content.phrase("es", "unofficial_translation")
    assert all(f"{label}: {q.translation}" in plain(reply, content) and f"“{q.text}”" in plain(reply, content) for q in reply.quotes)


@pytest.mark.parametrize("language, isolated", [("ar", True), ("pl", False)])
def test_numbers_and_addresses_stay_in_one_piece(content: Content, today: date, language: str, isolated: bool) -> None:
    """In right-to-left text each number, address and English quotation is kept apart; elsewhere no such sign is needed."""
    reply = compose("report_crime", language, "westport", content, today)
    text = plain(reply, content)
    pieces = [c.phone_display for c in reply.contacts] + [c.url for c in reply.contacts] + [q.url for q in reply.quotes]
    pieces += [f"“{q.text}”" for q in reply.quotes if q.kind != "paraphrase"]
    assert all((f"{ISOLATE}{piece}{END_ISOLATE}" in text) is isolated for piece in pieces if piece)
    assert text.count(ISOLATE) == text.count(END_ISOLATE) and (ISOLATE in text) is isolated
