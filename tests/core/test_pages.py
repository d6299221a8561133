"""Pages: nothing lost, nothing cut that must stay whole, no page larger than a phone takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.pages import MOST_SEGMENTS, SMS, WHATSAPP, Piece, Run, paginate, sentences
from bot.core.segments import count

MORE = "Send MORE to read on."

DIVIDED = {
    "three sentences": ("One. Two? Three!", ["One.", "Two?", "Three!"]),
    "a quotation's mark stays with its sentence": ("Say: “Go.” Then wait.", ["Say: “Go.”", "Then wait."]),
    "brackets stay with their sentence": ("Diga: “Váyase.” (“Go.”) Espere.", ["Diga: “Váyase.” (“Go.”)", "Espere."]),
    "Chinese": ("不要开门。问是谁。", ["不要开门。", "问是谁。"]),
    "Chinese quotation": ("请说：“我不同意。”然后等。", ["请说：“我不同意。”", "然后等。"]),
    "Arabic question mark": ("من أنت؟ ابق هادئاً.", ["من أنت؟", "ابق هادئاً."]),
    "numbers are no ends": ("Call 1.800.5 now. Wait.", ["Call 1.800.5 now.", "Wait."]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("text, parts", DIVIDED.values(), ids=DIVIDED)
def test_sentences(text: str, parts: list[str]) -> None:
    """A text is divided where its sentences end, in each script."""
    assert [piece.text for piece in sentences(text)] == parts


def plain(text: str, solid: bool = False, own: bool = True) -> Piece:
    return Piece((Run(text, own=own, solid=solid),))


def bare(pages: tuple[str, ...]) -> str:
    """All words of all pages without the page numbers."""
    return " ".join(re.sub(rf"\n\d/\d( {re.escape(MORE)})?$", "", page) for page in pages)


def test_a_short_answer_is_one_page_without_a_number() -> None:
    """What fits is sent as it is."""
    assert paginate(sentences("Keep the door shut."), SMS, MORE) == ("Keep the door shut.",)


def test_pages_are_numbered_and_say_how_to_go_on() -> None:
    """Each page but the last ends with its number and MORE, the last with its number."""
    pages = paginate(tuple(plain(f"Sentence {n} " + "x" * 140 + ".") for n in range(6)), SMS, MORE)
    assert [page.splitlines()[-1] for page in pages] == [f"1/3 {MORE}", f"2/3 {MORE}", "3/3"]


def test_a_citation_is_never_cut() -> None:
    """A quotation too long for a page is divided at words; its citation stays in one piece."""
    quote = Piece((Run("“"), Run("word " * 150, own=False), Run("” (Westport Police, July 2019)", solid=True)))
    pages = paginate((quote,), SMS, MORE)
    assert len(pages) > 1
    assert sum(" (Westport Police, July 2019)" in page for page in pages) == 1


def test_a_number_is_never_cut() -> None:
    """Whatever stands before it, a phone number arrives in one piece."""
    for length in range(380, 460):
        pages = paginate((plain("x" * 60 + " " + "y " * ((length - 60) // 2)), plain("Legal aid\n1-800-453-3320", solid=True)), SMS, MORE)
        assert sum("Legal aid\n1-800-453-3320" in page for page in pages) == 1


def test_a_quotation_keeps_its_letters_where_our_words_lose_theirs() -> None:
    """Only our own words become plainer to save a segment."""
    ours = "Não há resposta. " * 12
    pages = paginate((plain(ours), plain("“A person’s status”", own=False)), SMS, MORE)
    assert "“A person’s status”" in " ".join(pages)
    pages = paginate((plain(ours + "ok"), plain('"status"', own=False)), SMS, MORE)
    assert "Nao ha resposta." in pages[0]
    assert count(pages[0]).encoding == "GSM-7"


def test_accents_stay_where_they_cost_nothing() -> None:
    """A text that is one segment either way keeps its letters."""
    assert paginate(sentences("Elija: sí o no."), SMS, MORE) == ("Elija: sí o no.",)


def test_someone_to_call_comes_forward() -> None:
    """Where a long passage does not fit on the first page, the contact behind it fills the room."""
    contact = Piece((Run("Legal aid\n1-800-453-3320", solid=True),), forward=True)
    pages = paginate((plain("a" * 300), plain("b" * 300), contact), SMS, MORE)
    assert "1-800-453-3320" in pages[0]
    assert sum("1-800-453-3320" in page for page in pages) == 1


def test_whatsapp_takes_longer_pages_as_written() -> None:
    """No letter is changed, and a page may have 1,500 characters."""
    pages = paginate(tuple(sentences("Não há “resposta”. " * 200)), WHATSAPP, MORE)
    assert all(len(page) <= 1500 for page in pages)
    assert len(pages) == 3
    assert "Nao" not in "".join(pages)


WORDS = st.text(st.sampled_from("ab é ł “” .?! 中文。 شر 😀€{"), min_size=1, max_size=700)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_no_page_is_too_large_and_no_word_is_lost(texts: list[str]) -> None:
    """For any text in any script: each page within its segments, all letters there, in order."""
    pieces = tuple(Piece((Run(text, own=False),)) for text in texts)
    pages = paginate(pieces, SMS, MORE)
    for page in pages:
        counted = count(page)
        assert counted.segments <= MOST_SEGMENTS[counted.encoding]
    wanted = "".join("".join(texts).split())
    number = re.compile(rf"(^|\n)\d+/\d+( {re.escape(MORE)})?$")
    texts = [number.sub("", page) for page in pages] if len(pages) > 1 else list(pages)
    assert "".join("".join(texts).split()) == wanted
