"""What is counted by week, and that nothing below ten is kept or shown, nor follows from what is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.tally import LEAST, Row, Week, merged, monday_of, sound, tables, turn_cells, vote_cells, week_of

WEEK = Week("2026-W47", {
    "topic/trust_act": 37, "topic/need_lawyer": 12, "language/en": 31, "language/es": 24,
    "topic_language/trust_act/en": 23, "topic_language/trust_act/es": 14, "topic_language/need_lawyer/en": 9,
    "answered/en": 20, "asked_back/en": 10, "answered/es": 15, "helped/trust_act/yes": 30, "helped/trust_act/no": 10,
    "helped/need_lawyer/yes": 11, "channel/web": 41,
})


@pytest.mark.parametrize("day, week", [
    pytest.param(date(2026, 11, 22), "2026-W47", id="a Sunday ends its week"),
    pytest.param(date(2026, 11, 23), "2026-W48", id="a Monday begins one"),
    pytest.param(date(2027, 1, 2), "2026-W53", id="January may belong to the old year"),
    pytest.param(date(2024, 12, 30), "2025-W01", id="December may belong to the new one"),
])
def test_weeks_are_iso_weeks(day: date, week: str) -> None:
    """A week goes from Monday to Sunday and belongs to the year of its Thursday."""
    assert week_of(day) == week
    assert monday_of(week) <= day and (day - monday_of(week)).days < 7


@pytest.mark.parametrize("name", ["2026-W54", "2026-W00", "2026", "../2026-W47", "２０２６-W47x"])
def test_what_is_no_week_is_refused(name: str) -> None:
    """A name that is no week raises ValueError; it may come from a file's name."""
    with pytest.raises(ValueError, match="week"):
        monday_of(name)


def test_a_turn_raises_its_cells() -> None:
    """Language, channel, topic and both together; whether a question was answered only where one was asked."""
    assert set(turn_cells("trust_act", "es", "sms", True)) == {
        "language/es", "channel/sms", "topic/trust_act", "topic_language/trust_act/es", "answered/es"}
    assert set(turn_cells(None, "ht", "web", False)) == {"language/ht", "channel/web", "asked_back/ht"}
    assert not [cell for cell in turn_cells("greet", "pl", "web", None) if cell.startswith(("answered", "asked_back"))]
    assert vote_cells("trust_act", False) == ("helped/trust_act/no",)


def test_only_ten_is_kept() -> None:
    """Nine wait; ten are kept; after that each one more is."""
    assert merged({}, {"language/ar": 9}) == ({}, {"language/ar": 9})
    assert merged({}, {"language/ar": 10}) == ({"language/ar": 10}, {})
    assert merged({"language/ar": 10}, {"language/ar": 1, "language/pl": 1}) == ({"language/ar": 11}, {"language/pl": 1})


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 12), max_size=3), max_size=8))
def test_nothing_is_lost_and_nothing_small_is_kept(rounds: list[dict[str, int]]) -> None:
    """However it comes in, what is kept and what waits is all that was counted, and no kept cell is below ten."""
    kept: dict[str, int] = {}
    waiting: dict[str, int] = {}
    for added in rounds:
        waiting = {cell: waiting.get(cell, 0) + added.get(cell, 0) for cell in {*waiting, *added}}
        kept, waiting = merged(kept, waiting)
    assert all(count >= LEAST for count in kept.values())
    for cell in "abc":
        assert kept.get(cell, 0) + waiting.get(cell, 0) == sum(added.get(cell, 0) for added in rounds)


@pytest.mark.parametrize("cells", [
    pytest.param([], id="no table"), pytest.param({"language/es": 9}, id="below ten"), pytest.param({"language/es": "12"}, id="a text"),
    pytest.param({"language/es": True}, id="a truth"), pytest.param({"language/es/web": 12}, id="too many names"),
    pytest.param({"who/es": 12}, id="unknown kind"), pytest.param({"language/203 555": 12}, id="no name"),
    pytest.param({3: 12}, id="a number"),
])
def test_unsound_cells_are_left_out(cells: object) -> None:
    """A file that somebody else wrote shows nothing that we would not have written."""
    assert sound(cells) == {}


def test_the_grid_hides_small_cells_and_sums_only_what_it_shows() -> None:
    """A cell of nine is None, and no total counts it."""
    grid = tables(WEEK).grid
    assert (grid.rows, grid.columns) == (("trust_act",), ("en", "es"))
    assert grid.cells == ((23, 14),)
    assert (grid.row_totals, grid.column_totals, grid.total) == ((37,), (23, 14), 37)


def test_lists_are_in_full_tens() -> None:
    """The lists count the same turns in other ways, so they say "at least thirty"; the largest comes first."""
    shown = tables(WEEK)
    assert shown.languages == (Row("en", 30), Row("es", 20))
    assert shown.topics == (Row("trust_act", 30), Row("need_lawyer", 10))
    assert shown.channels == (Row("web", 40),)


def test_a_share_needs_both_parts() -> None:
    """Where one of two parts is hidden, the share would give it away."""
    english, spanish = tables(WEEK).shares
    assert (english.answered, english.asked_back, english.part) == (20, 10, pytest.approx(2 / 3))
    assert (spanish.answered, spanish.asked_back, spanish.part) == (15, None, None)
    lawyer, trust = tables(WEEK).votes
    assert (lawyer.yes, lawyer.no, lawyer.part) == (11, None, None)
    assert trust.part == pytest.approx(0.75)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["en", "ht"]), st.sampled_from(["web", "sms"])), max_size=80))
def test_no_hidden_cell_follows_by_subtraction(turns: list[tuple[str, str, str]]) -> None:
    """For a language, what its list shows beyond the shown topics leaves more than one possible rest."""
    counted: dict[str, int] = {}
    for topic, language, channel in turns:
        for cell in turn_cells(topic, language, channel, None):
            counted[cell] = counted.get(cell, 0) + 1
    shown = tables(Week("2026-W47", sound(counted)))
    for row in shown.languages:
        assert row.count % LEAST == 0 and row.count <= counted[f"language/{row.name}"]
        if row.name not in shown.grid.columns:
            continue
        column = shown.grid.columns.index(row.name)
        hidden = counted[f"language/{row.name}"] - shown.grid.column_totals[column]
        rests = {rest for rest in range(20) if (shown.grid.column_totals[column] + rest) // LEAST * LEAST == row.count}
        assert hidden in rests and (len(rests) > 1 or rests == {0})
    assert shown == tables(Week("2026-W47", {cell: count for cell, count in counted.items() if count >= LEAST}))
