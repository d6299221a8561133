"""Things to print: flyers, bulletin inserts, pocket cards, as PDF with WeasyPrint (Pango shapes Arabic and Chinese)."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from bot.core.content import Content, Page, Topic
from bot.core.errors import FlyerError
from bot.core.states import notice_keys
from bot.doors.public.codes import code_svg
from bot.doors.public.frame import words, written_page, written_today
from bot.doors.public.links import link

# name -> page size for CSS, template
FORMATS = {
    "letter": ("8.5in 11in", "public/print/flyer.html"),
    "a4": ("210mm 297mm", "public/print/flyer.html"),
    "insert": ("5.5in 8.5in", "public/print/flyer.html"),
    "cards": ("8.5in 11in", "public/print/cards.html"),
}
CARDS = 8
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
MOST_KEPT = 40
# Drawing a PDF takes a processor for a second or two: one at a time, and only two may wait, so that people who ask find a thread.
_drawing = threading.Lock()
_waiting = threading.BoundedSemaphore(3)
_kept: dict[bytes, bytes] = {}


@dataclass(frozen=True)
class Flyer:
    """What to print: a language, a second one or None, a town or None, a format of FORMATS."""

    language: str
    second: str | None
    town: str | None
    format: str


def made(flyer: Flyer, content: Content) -> bytes | None:
    """Returns a flyer as PDF, kept until newer ones take its place; None where too many people want others now."""
    html = written(flyer, content)
    key = hashlib.sha256(html.encode()).digest()
    if key in _kept:
        return _kept[key]
    if not _waiting.acquire(blocking=False):
        return None
    try:
        with _drawing:
            if key not in _kept:
                _kept[key] = draw(html)
                _kept.pop(next(iter(_kept))) if len(_kept) > MOST_KEPT else None
            return _kept[key]
    finally:
        _waiting.release()


def written(flyer: Flyer, content: Content) -> str:
    """Returns the flyer as HTML."""
    size, template = FORMATS[flyer.format]
    codes = [flyer.language, *([flyer.second] if flyer.second else [])]
    sheets = [_sheet(code, flyer.town, content) for code in codes]
    # Cards stand in two columns, one a language; on the back the columns change sides, so that both sides meet.
    rows = [(sheets[0], sheets[-1])] * (CARDS // 2)
    return str(render_to_string(template, {"size": size, "format": flyer.format, "sheets": sheets, "rows": rows,
                                           "several": len(sheets) > 1, "main": content.languages[flyer.language],
                                           "title": " / ".join(str(sheet["page"]["title"]) for sheet in sheets)}))


def _sheet(code: str, town: str | None, content: Content) -> dict[str, Any]:
    """What stands on paper in one language."""
    address = link(code, town, settings.CONFIANZA.today())
    door = content.topics["ice_at_door"]
    card, english = (written_page(content.pages["card"], language, content) for language in (code, "en"))
    lines = list(zip(english["parts"][0]["lines"], card["parts"][0]["lines"], strict=True))
    page = content.pages["flyer"]
    spoken = words(code, content)
    return {
        "language": content.languages[code], "page": written_page(page, code, content), "words": spoken, "code": code_svg(address),
        "address": settings.CONFIANZA.public_url.split("://")[-1] + f"/{code}/", "operator": settings.CONFIANZA.operator,
        "word": content.languages[code].name, "door": _door(code, door, content), "card": card, "lines": lines,
        "notice": _notice(code, page, door, content),
        "made": spoken["printed_on"].format(date=written_today(code, content)),
        "town": content.say(code, "town", content.towns[town].name).text if town else "",
    }


def _door(code: str, topic: Topic, content: Content) -> dict[str, str] | None:
    """The box about the door; none where that answer is switched off, for paper cannot be corrected."""
    if not topic.is_offered:
        return None
    return {name: content.say(code, topic.id, english).text for name, english in (("title", topic.title), ("first", topic.first or ""))}


def _notice(code: str, page: Page, topic: Topic, content: Content) -> str:
    """The gravest thing to be said of a paper's translation, or "". There is room for one."""
    sentences = [(p.context, line) for p in (page, content.pages["card"]) for line in _lines(p)]
    sentences += [(topic.id, text) for text in (topic.title, topic.first) if text and topic.is_offered]
    keys = notice_keys({content.say(code, context, english).state for context, english in sentences})
    return content.phrase(code, keys[0]) if keys else ""


def _lines(page: Page) -> list[str]:
    return [page.title, page.intro, *(line for part in page.parts for line in part.lines)]


def draw(html: str) -> bytes:
    """Returns HTML as PDF; raises FlyerError where Pango is missing. Nothing is fetched while drawing."""
    try:
        from weasyprint import HTML  # noqa: PLC0415  (needs Pango, which only printing needs)
    except OSError as error:
        raise FlyerError(f"Pango is missing. On Debian or Ubuntu: apt install {PANGO}") from error
    return bytes(HTML(string=html, url_fetcher=_fetch_nothing).write_pdf())


def _fetch_nothing(url: str) -> dict[str, Any]:
    raise FlyerError("a flyer needs nothing from outside")
