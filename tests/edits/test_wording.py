"""What a translation must keep of its English."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogs import catalog_path, read_catalog
from bot.edits.entries import Entry, entry_of
from bot.edits.wording import fault, limit, numbers, phones, tidied, unequal_numbers
from bot.strings import DOMAINS

ENTRY = Entry("answers", "door", "", "", "missing", "", "", "", "step", "topics/door.yml")
PHONE, PLACE, DATE = "Call 203-234-0000.", "Go to {town}.", "On 14 August 2025 two men came."
LINK, TWO_LINES = "See https://ctlawhelp.org/ice.", "Call us:\n{phone}"

REFUSED = [
    pytest.param(PLACE, "Ale nan {vil}.", "braces", id="another word in braces"),
    pytest.param(PLACE, "Ale nan vil la.", "braces", id="no braces"),
    pytest.param(PLACE, "Ale nan {town.", "braces", id="a brace alone"),
    pytest.param(PHONE, "Rele 203-234-0001.", "phone", id="another phone number"),
    pytest.param(PHONE, "اتصلوا بالرقم ٢٠٣-٢٣٤-٠٠٠١.", "phone", id="another phone number in Arabic digits"),
    pytest.param(PHONE, "请打２０３-２３４-０００９。", "phone", id="another phone number in wide digits"),
    pytest.param("Call 911 now.", "Rele 912 kounye a.", "phone", id="another emergency number"),
    pytest.param("Dial 2-1-1.", "Rele 2-1-2.", "phone", id="another short number"),
    pytest.param(LINK, "Gade https://ctlawhelp.com/ice.", "links", id="another link"),
    pytest.param(LINK, "Gade ctlawhelp.org.", "links", id="a shorter link"),
    pytest.param("Write to help@ciri.org.", "Ekri help@cirl.org.", "links", id="another e-mail address"),
    pytest.param(DATE, "14 out 2026, de mesye te vini.", "numbers", id="another year"),
    pytest.param(DATE, "٤ أغسطس ٢٠٢٥ جاء رجلان.", "numbers", id="another day in Arabic digits"),
    pytest.param(DATE, "2025年9月14日来了两个人。", "numbers", id="another month as a number"),
    pytest.param("Stay calm.", "", "Write", id="nothing"),
    pytest.param("Stay calm.", "Stay calm.", "English", id="still English"),
    pytest.param("Stay calm.", "Rete \u202ekal.", "U\\+202E", id="a sign that turns the line round"),
    pytest.param("Stay calm.", "ابقوا \u2067هادئين.", "U\\+2067", id="an isolate that never ends"),
    pytest.param("Stay calm.", "Rete\x07 kal.", "U\\+0007", id="a bell"),
    pytest.param("Stay calm.", "Rete \ud800kal.", "U\\+D800", id="half a character"),
    pytest.param("Stay calm.", "Rete kal. " * 20, "at most 100", id="much too long"),
]
TAKEN = [
    pytest.param(PHONE, "اتصلوا بالرقم ٢٠٣-٢٣٤-٠٠٠٠.", id="the number in Arabic digits"),
    pytest.param(PHONE, "اتصلوا بالرقم \u200e203-234-0000\u200e.", id="a mark before a number in Arabic"),
    pytest.param(PHONE, "请打203-234-0000。", id="a number between Chinese characters"),
    pytest.param(DATE, "2025年8月14日来了两个人。", id="a month that became a number"),
    pytest.param(DATE, "W dniu 14 sierpnia 2025 przyszło dwóch mężczyzn.", id="a month by name"),
    pytest.param(LINK, "见https://ctlawhelp.org/ice。", id="a link before a Chinese full stop"),
    pytest.param(TWO_LINES, "Rele nou:\n{phone}", id="a line break where the English has one"),
    pytest.param("ICE", "ICE", id="a name stays"),
    pytest.param("{speaker}, {role}.", "{speaker}, {role}.", id="nothing but places"),
    pytest.param("fax", "fax", id="a word that is the same"),
]


@pytest.mark.parametrize(("english", "text", "reason"), REFUSED)
def test_a_translation_that_lost_something_is_refused(english: str, text: str, reason: str) -> None:
    """Numbers, links, braces, room and readable characters are kept, and the reason names which was not."""
    found = fault(replace(ENTRY, msgid=english), text)
    assert found is not None
    assert re.search(reason, found)


@pytest.mark.parametrize(("english", "text"), TAKEN)
def test_a_right_translation_is_taken(english: str, text: str) -> None:
    """Each language may write in its own digits, order and signs."""
    assert fault(replace(ENTRY, msgid=english), tidied(english, text)) is None


def test_numbers_may_be_confirmed_but_never_a_phone_number() -> None:
    """A translator may say that "24/7" is "24 heures sur 24"; whom to call is never a matter of words."""
    hours = replace(ENTRY, msgid="24/7")
    assert fault(hours, "24 h/24, 7 j/7") is not None
    assert fault(hours, "24 h/24, 7 j/7", numbers_ok=True) is None
    assert fault(replace(ENTRY, msgid=PHONE), "Rele 203-234-0001.", numbers_ok=True) is not None


@pytest.mark.parametrize(("context", "comment"), [("town", ""), ("speaker", "who said it"), ("x", "citation")])
def test_names_of_towns_people_and_laws_may_stay_english(context: str, comment: str) -> None:
    """What has one name everywhere is not refused for being English."""
    name = "City of Norwalk or of Norwalk"
    assert fault(replace(ENTRY, context=context, comment=comment, msgid=name), name) is None


@pytest.mark.parametrize(("comment", "room"), [
    ("title", 70), ("first", 160), ("short", 380), ("short answer for norwalk", 380), ("title step", 70),
])
def test_the_room_of_an_answer_is_that_of_the_check(comment: str, room: int) -> None:
    """A translation of a topic's field may be as long as `confianza check` allows, and no longer."""
    assert limit(replace(ENTRY, comment=comment, msgid="x" * 300)) == room


@pytest.mark.parametrize(("english", "typed", "kept"), [
    pytest.param("One line.", " Yon\r\n liy. ", "Yon liy.", id="a line break of a form"),
    pytest.param("Two\nlines.", "De\r\nliy.\n", "De\nliy.", id="a line break that belongs there"),
    pytest.param("Door", "po\u0300t", "p\u00f2t", id="letters in two parts"),
])
def test_typed_text_is_tidied(english: str, typed: str, kept: str) -> None:
    """What a form or a keyboard adds is taken away before anything is judged."""
    assert tidied(english, typed) == kept


def test_digits_of_every_script_are_read() -> None:
    """A number is the same number in any script."""
    assert numbers("٢٠٢٥ 2025 २०२५ ２０２５") == {"2025": 4}
    assert phones("+1 (203) 234-0000, 2-1-1, 911 and 898211") == {"2032340000": 1, "211": 1, "911": 1, "898211": 1}


@pytest.mark.parametrize("language", ["es", "pt", "fr", "ht", "zh", "ar", "pl"])
def test_what_is_live_would_be_taken(root: Path, language: str) -> None:
    """The rules are no stricter than the translations we have; a confirmation of numbers is needed for a few only."""
    confirmed = 0
    for domain in DOMAINS:
        for message in read_catalog(catalog_path(root / "locales", language, domain), language):
            if message.id and message.string and not message.fuzzy:
                entry = entry_of(message, domain)
                assert tidied(entry.msgid, entry.msgstr) == entry.msgstr
                assert fault(entry, entry.msgstr, numbers_ok=True) is None, entry
                confirmed += unequal_numbers(entry.msgid, entry.msgstr) is not None
    assert confirmed < 20
