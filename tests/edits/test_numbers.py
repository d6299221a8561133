"""Forbidden numbers are found however people write them, and a contact's number wherever an answer says it."""

from __future__ import annotations

import pytest

from bot.core.errors import EditError
from bot.edits.contactbook import find
from bot.edits.numbers import answers_with, plain, refuse_forbidden
from bot.history.files import Files

FOUND = [
    pytest.param("8663472423", id="digits alone"),
    pytest.param("Call (866) 347-2423 now", id="as people write it"),
    pytest.param("+1 866.347.2423", id="points"),
    pytest.param("1 - 866 - 347 - 2423", id="spaced hyphens"),
    pytest.param("866–347–2423", id="dashes"),
    pytest.param("8 6 6 3 4 7 2 4 2 3", id="digit by digit"),
    pytest.param("1-866-DHS-2-ICE", id="letters of the keys"),
    pytest.param("1-866-dhs-2ice", id="small letters of the keys"),
    pytest.param("٨٦٦-٣٤٧-٢٤٢٣", id="Arabic digits"),
    pytest.param("۸۶۶۳۴۷۲۴۲۳", id="Persian digits"),
    pytest.param("电话:866-347-2423。", id="full width"),
    pytest.param("866\u200b347\u20602423", id="characters that nobody sees"),
    pytest.param("866\n347\u00a02423", id="over a line"),
]


@pytest.mark.parametrize("text", FOUND)
def test_a_forbidden_number_is_refused_with_its_reason(files: Files, text: str) -> None:
    """It is found in any spelling, and the field and the reason are named."""
    with pytest.raises(EditError, match="ICE tip line") as refused:
        refuse_forbidden(files, {"name": "Norwalk Help", "note": text})
    assert refused.value.field == "note"


@pytest.mark.parametrize("text", [
    pytest.param("Call 203-853-1122, Mon-Fri 8:00-16:00", id="another number"),
    pytest.param("866-347-24", id="a part of it"),
    pytest.param("They help at 866 Main Street, since 1947, 2423 people", id="its digits among words"),
    pytest.param("", id="nothing"),
])
def test_other_words_pass(files: Files, text: str) -> None:
    """Only a whole forbidden number is refused."""
    refuse_forbidden(files, {"note": text})


def test_the_phones_letters_need_the_area_code_in_digits() -> None:
    """Letters stand for digits only behind an area code, so that no word becomes a number by chance."""
    assert plain("Ｔel. ٨٦٦\u200e") == "tel. 866"


@pytest.mark.parametrize(("contact", "topics"), [
    pytest.param("statewide-legal-services-ct", ["local_help", "need_lawyer"], id="in two answers"),
    pytest.param("aclu-connecticut", [], id="without a number"),
])
def test_answers_that_say_a_number(files: Files, contact: str, topics: list[str]) -> None:
    """Every answer with the number in its English is named."""
    phone = find(files, contact).contact.phone
    assert answers_with(files, [phone] if phone else []) == topics
