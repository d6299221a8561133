"""docs/threats.md claims nothing without a test that exists, or a reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.content import Content

PAGE = "docs/threats.md"
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
UNTESTED = re.compile(r"^not tested: \w.{10,}")
HEADING = "| we say | test |"


def claims(page: str) -> Iterator[tuple[str, str]]:
    """Yields claim and proof of each row of the tables of claims."""
    within = False
    for line in page.splitlines():
        within = line == HEADING or (within and line.startswith("|"))
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if within and line != HEADING and set(cells[0]) != {"-"}:
            assert len(cells) == 2, line
            yield cells[0], cells[1]


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / PAGE).read_text(encoding="utf-8")


def test_every_claim_has_a_test_that_exists(page: str, root: Path) -> None:
    """Each row names tests, and a test of that name is in that file; or it says openly that there is none, and why."""
    found = list(claims(page))
    assert len(found) > 30
    for claim, proof in found:
        named = TEST.findall(proof)
        assert named or UNTESTED.match(proof), claim
        for path, name in named:
            assert (root / path).is_file() and f"\ndef {name}(" in (root / path).read_text(encoding="utf-8"), f"{path}::{name}"
        assert TEST.sub("", proof).strip(", ") == "" or not named, claim


def test_no_test_is_named_elsewhere_only(page: str) -> None:
    """All tests of the page stand in its tables, where they are looked at."""
    assert TEST.findall(page) == [test for _, proof in claims(page) for test in TEST.findall(proof)]


@pytest.mark.parametrize("who", ["paper", "seized", "phone in hand", "flood", "poisoned", "provider", "machine"])
def test_everybody_of_the_model_is_there(page: str, who: str) -> None:
    """Each whom we fear has a chapter."""
    assert [line for line in page.splitlines() if line.startswith("## ") and who in line.lower()]


def test_residents_are_told_who_else_keeps_records(content: Content) -> None:
    """The first text message, the answer to FORGET and the page about privacy name the phone company and the text service."""
    page = " ".join(line for part in content.pages["privacy"].parts for line in part.lines)
    for told in (content.phrase("en", "sms_first"), content.phrase("en", "sms_forgotten"), page):
        assert "phone company and our text service" in told
    assert "WhatsApp also has records" in page
