"""The crowd is drawn with a seed: the same one every time, with exactly as many people and messages as were asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from raid.crowd import LANGUAGES, SMS, Person, crowd, scripts
from tables import SHIPPED, read

from bot.core.content import Content


def drawn(content: Content, people: int = 300, messages: int = 1000, seed: int = 1) -> Sequence[Person]:
    return crowd(scripts(read(SHIPPED), content, 2, seed), people, messages, 60.0, seed)


def test_the_same_seed_is_the_same_crowd(content: Content) -> None:
    """So that a run can be repeated; another seed is another crowd."""
    assert drawn(content) == drawn(content)
    assert drawn(content) != drawn(content, seed=2)


def test_all_are_there(content: Content) -> None:
    """As many people and messages as asked for, in every language, by phone and web, within the time."""
    people = drawn(content)
    assert len(people) == len({person.phone for person in people}) == 300
    assert sum(len(person.times) for person in people) == 1000
    assert {person.script.language for person in people} == set(LANGUAGES)
    assert all(0 <= at <= 60 for person in people for at in person.times)
    assert all(list(person.times) == sorted(person.times) for person in people)


def test_manners(content: Content) -> None:
    """Somebody is impatient, somebody's messages come twice, somebody is slow, somebody leaves: each on the channel where it happens."""
    people = drawn(content)
    assert {person.script.channel == SMS for person in people if person.copies or not person.waits} == {True}
    assert {person.manner for person in people if person.script.channel != SMS} == {"plain", "slow", "broken"}


@pytest.mark.parametrize("people, messages", [(10, 9), (10, 61)])
def test_what_cannot_be_is_said(content: Content, people: int, messages: int) -> None:
    """One to six messages each."""
    with pytest.raises(ValueError, match="people cannot say"):
        drawn(content, people, messages)
