"""The kit for clergy: link, code, papers. Codes are read back and PDF text is taken out again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from html import unescape

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

from bot.core.content import Content
from bot.doors.public import flyers
from bot.doors.public.codes import code_png
from bot.settings import Operator
from tests.doors.conftest import ADDRESS, Door

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")


def read(picture: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level == "Q"
    return str(found.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_leads_to_the_link_and_nothing_else(language: str, door: Door) -> None:
    """Language and town are in it; it is larger than 2 cm at 300 dots an inch and has a quiet zone of four modules."""
    picture = door.client.get(f"/{language}/share/code.png?town=norwalk").content
    assert read(picture) == f"{ADDRESS}/{language}/?town=norwalk"
    image = Image.open(io.BytesIO(picture)).convert("L")
    assert image.width / 300 * 2.54 > 2
    quiet = 4 * 12
    assert min(image.crop((0, 0, image.width, quiet)).getextrema()) == 255
    assert min(image.crop((0, 0, quiet, image.height)).getextrema()) == 255


def test_a_copied_code_is_still_read() -> None:
    """A fifth of the code's middle blackened, as by a copier's dirt, does not matter."""
    image = Image.open(io.BytesIO(code_png(f"{ADDRESS}/ht/?town=norwalk&made=2026-11-22"))).convert("L")
    side = image.width // 6
    image.paste(0, (image.width // 2, image.height // 2, image.width // 2 + side, image.height // 2 + side))
    written = io.BytesIO()
    image.save(written, "PNG")
    assert read(written.getvalue()).endswith("made=2026-11-22")


@pytest.mark.parametrize("name, codes", [("letter", 1), ("a4", 1), ("insert", 1), ("cards", 8)])
def test_the_codes_on_paper_are_read(name: str, codes: int, door: Door, content: Content) -> None:
    """The PDF, drawn in black and white as a copier would, at 200 dots an inch: every code is read and is 2 cm or more."""
    pdf = flyers.draw(flyers.written(flyers.Flyer("ar", None, "new-haven", name), content))
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72, grayscale=True).to_pil().point(lambda v: 255 * (v > 128))
    found = zxingcpp.read_barcodes(drawn)
    assert [code.text for code in found] == [f"{ADDRESS}/ar/?town=new-haven&made=2026-11-22"] * codes
    assert all((c.position.top_right.x - c.position.top_left.x) / 200 * 2.54 >= 2 for c in found)


def test_the_code_as_lines(door: Door) -> None:
    """The SVG is an SVG with the same code, without scripts."""
    svg = door.client.get("/es/share/code.svg").content.decode()
    assert svg.startswith("<svg")
    assert "script" not in svg


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


PAGES = {"letter": 1, "a4": 1, "insert": 1, "cards": 2}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_in_every_language(language: str, name: str, door: Door, content: Content) -> None:
    """One page (cards two), with address, date, 911 and the notice of a draft; its code leads to language, town and day."""
    pdf = flyers.draw(flyers.written(flyers.Flyer(language, None, "norwalk", name), content))
    pages = text_of(pdf)
    assert len(pages) == PAGES[name]
    assert f"confianza.example/{language}/" in pages[0]
    assert "911" in pages[0]
    assert "2026" in pages[0]
    if name == "cards":
        assert pages[1].count("I wish to remain silent.") == flyers.CARDS


@pytest.mark.parametrize("name", ["letter", "a4", "cards"])
@pytest.mark.parametrize("second", ["ar", "zh", "pl"])
def test_two_languages_on_one_paper(name: str, second: str, door: Door, content: Content) -> None:
    """Both fit, each with its own address, also with our numbers, our name and a town on it."""
    operator = Operator(name="Iglesia San Mateo y Centro de Inmigrantes", sms="+12035550100", whatsapp="+12035550101")
    settings.CONFIANZA = replace(door.settings, operator=operator)
    pages = text_of(flyers.draw(flyers.written(flyers.Flyer("fr", second, "new-haven", name), content)))
    assert len(pages) == PAGES[name]
    assert "confianza.example/fr/" in pages[0]
    assert f"confianza.example/{second}/" in pages[0]
    assert "+12035550100" in pages[0]


@pytest.mark.parametrize("language, script", [("ar", ("\u0600", "\ufefc")), ("zh", ("\u4e00", "\u9fff"))])
def test_other_scripts_are_drawn_with_letters(language: str, script: tuple[str, str], door: Door, content: Content) -> None:
    """Arabic and Chinese come out as letters of a font that has them, not as boxes."""
    pdf = flyers.draw(flyers.written(flyers.Flyer(language, None, None, "letter"), content))
    text = text_of(pdf)[0]
    assert sum(script[0] <= c <= script[1] for c in text) > 40
    fonts = {str(f.get_object()["/BaseFont"]) for p in pypdf.PdfReader(io.BytesIO(pdf)).pages for f in p["/Resources"]["/Font"].values()}
    assert any({"ar": "Arabic", "zh": "CJK"}[language] in font for font in fonts)


def test_a_paper_comes_over_http(door: Door) -> None:
    """Two taps: the page, then the PDF; a second wish for the same is not drawn again."""
    first = door.client.get("/ht/share/letter.pdf?town=norwalk&second=fr")
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert door.client.get("/ht/share/letter.pdf?town=norwalk&second=fr").content == first.content


def test_too_many_papers_at_once_are_refused(door: Door, content: Content) -> None:
    """One is drawn and two wait; the next is told to come again, so that people who ask find a free thread."""
    for _ in range(3):
        assert flyers._waiting.acquire(blocking=False)
    try:
        response = door.client.get("/pl/share/letter.pdf?town=bridgeport")
        assert response.status_code == 429
    finally:
        for _ in range(3):
            flyers._waiting.release()


FLYERS = {
    "of today": ("2026-11-22", False),
    "before its words changed": ("2026-11-21", True),
    "of last year": ("2025-10-01", True),
    "no date": ("soon", False),
    "of tomorrow": ("2026-12-24", False),
    "none": ("", False),
}


@pytest.mark.parametrize("made, is_old", FLYERS.values(), ids=FLYERS)
def test_an_old_flyer_says_that_a_newer_one_is_there(made: str, is_old: bool, door: Door, content: Content) -> None:
    """The link on paper has the day it was made; where that is old, the page says so in its language."""
    html = door.client.get("/es/", {"made": made, "town": "norwalk"}).content.decode()
    words = content.phrases and content.say("es", "newer_flyer", content.phrases["newer_flyer"]).text.split("{date}")[1].strip(" .")
    assert (words in html) == is_old
    assert '<option value="norwalk" selected>' in html


def test_flyers_know_when_their_words_changed(content: Content) -> None:
    """The day is in the file, and not in the future."""
    assert content.pages["flyer"].changed is not None
    assert content.pages["flyer"].changed <= date.today()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_to_read_aloud_takes_about_a_minute(language: str, content: Content) -> None:
    """At 2.2 words a second, or 4.5 Chinese characters, between 40 and 90 seconds."""
    text = content.say(language, "page.sharing", content.pages["sharing"].pulpit).text
    seconds = sum("\u4e00" <= c <= "\u9fff" for c in text) / 4.5 if language == "zh" else len(text.split()) / 2.2
    assert 40 <= seconds <= 90


def test_the_share_page_has_everything(door: Door, content: Content) -> None:
    """Link, code, papers, message with the link, pulpit text, what to say and what not, how to report."""
    html = unescape(door.client.get("/en/share?town=norwalk&second=ht").content.decode())
    page = content.pages["sharing"]
    assert f"{ADDRESS}/en/?town=norwalk" in html
    assert all(f'href="/en/share/{name}.pdf?town=norwalk&second=ht"' in html for name in flyers.FORMATS)
    assert page.pulpit in html
    assert all(line in html for part in page.parts for line in part.lines)
    assert content.phrases["report_to_group"] in html
    assert "https://wa.me/?text=" in html
    assert "sms:?&body=" in html
