"""Targets on what people write: cleaning, keywords, towns, segments, pages, passages, masks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gsm0338 import Codec

from bot.core import passages, privacy
from bot.core.errors import DocumentError
from bot.core.keywords import INTENTS, named_language
from bot.core.pages import MOST_SEGMENTS, SMS, WHATSAPP, Face, Piece, Run, paginate, sentences
from bot.core.segments import AMONG, GSM, UCS2, count, forcing, plainer
from bot.core.spare import nearest_topic
from bot.core.text import clean, fold, script, tidy, words
from bot.core.wordtable import word_table
from tests.fuzz import inputs, world

MORE = "MORE"
LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
# A longer text costs the fuzzer more than it finds; that time does not run away is a test of its own.
LONG = 4000


@lru_cache(maxsize=70_000)
def _septets(char: str) -> int:
    return len(Codec().encode(char)[0])


def cleaning(data: bytes) -> None:
    """Cleaned once is clean; folded once is folded; no control character and no half character comes out."""
    text = inputs.text(data)
    cleaned, folded, tidied = clean(text), fold(text), tidy(text)
    assert clean(cleaned) == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs")]
    assert fold(folded) == folded
    assert tidy(tidied) == tidied
    assert script(text) in ("han", "arabic", "latin", "none")
    assert all(word.strip() == word and word for word in words(text))


def keywords(data: bytes) -> None:
    """A message means what its clean form means, and a keyword always stands for an intent."""
    text = clean(inputs.text(data)[:LONG])
    found = world.keywords().read(text)
    assert found is None or found.intent in INTENTS.values()
    assert world.keywords().read(f" {text} ") == found
    assert world.keywords().read(fold(text)) == found
    assert named_language(text, world.content()) in (None, *LANGUAGES)


def towns(data: bytes) -> None:
    """A town is found where its name stands, whatever the case and accents."""
    text = inputs.text(data)
    found = world.towns().find(text)
    if found:
        folded = fold(text)
        assert world.towns().town_of[folded[found.start : found.end]] == found.town
        assert world.towns().find(folded) == found
    nearest = nearest_topic(text[:LONG], LANGUAGES[len(text) % len(LANGUAGES)], world.content())
    assert nearest is None or nearest in world.content().topics


def segments(data: bytes) -> None:
    """What a text message costs is what a phone company counts: by the codec's own table, septet by septet."""
    text = inputs.text(data)
    counted = count(text)
    sizes = _sizes(text)
    assert counted.encoding == (GSM if sizes else UCS2) or not text
    sizes = sizes or [len(c.encode("utf-16-le", "surrogatepass")) // 2 for c in text]
    assert counted.units == sum(sizes)
    assert counted.segments == _filled(sizes, counted.encoding)
    assert (not forcing(text)) == (counted.encoding == GSM)
    assert len(plainer(text)) >= len(text)
    assert plainer(plainer(text)) == plainer(text)


def _sizes(text: str) -> list[int]:
    """Returns each character's septets, or nothing where one is not in the table."""
    try:
        return [_septets(c) for c in text] if "\x1b" not in text else []
    except UnicodeError:
        return []


def _filled(sizes: list[int], encoding: str) -> int:
    if sum(sizes) <= {GSM: 160, UCS2: 70}[encoding]:
        return int(bool(sizes))
    filled, used = 1, 0
    for size in sizes:
        filled, used = (filled + 1, size) if used + size > AMONG[encoding] else (filled, used + size)
    return filled


def pages(data: bytes) -> None:
    """Pages are within what a phone shows, and put together they are the text: every letter, in order, quotations unchanged."""
    text = inputs.whole(data)[:LONG]
    pieces = tuple(p for n, part in enumerate(text.split("\n")) for p in sentences(part, own=n % 2 == 0))
    for face in (WHATSAPP, SMS):
        shown = paginate(pieces, face, MORE)
        assert all(map(face.fits, shown))
        assert _letters("".join(_bare(page, n, len(shown)) for n, page in enumerate(shown, 1)), face) == _letters(text, face)
    quoted = tuple(Piece((Run(part, own=False),)) for part in text.split("\n"))
    shown = paginate(quoted, SMS, MORE)
    assert "".join("".join(_bare(page, n, len(shown)) for n, page in enumerate(shown, 1)).split()) == "".join(text.split())
    assert all(count(page).segments <= MOST_SEGMENTS[count(page).encoding] for page in shown)


def _letters(text: str, face: Face) -> str:
    return "".join((plainer(text) if face is SMS else text).split())


def _bare(page: str, number: int, of: int) -> str:
    """Takes the number of the page away."""
    note = f"{number}/{of} {MORE}" if number < of else f"{number}/{of}"
    assert of == 1 or page.endswith(note)
    return page[: -len(note)] if of > 1 else page


def passage(data: bytes) -> None:
    """What is selected becomes a piece of the document that holds it, is found there again, and stays as it is."""
    places, raw = inputs.parts(data, 2)
    text = inputs.whole(raw)
    start, end = sorted((inputs.number(places[:4], len(text) + 1), inputs.number(places[4:8], len(text) + 1)))
    try:
        chosen = passages.passage(text, start, end)
    except DocumentError:
        assert not text[start:end].strip()
        return
    assert text[start:end].strip() in chosen
    assert chosen in text
    span = passages.find(text, chosen)
    assert span is not None
    assert passages.spaced(text[slice(*span)]) == passages.spaced(chosen)


def masks(data: bytes) -> None:
    """No digit of any script leaves a masked question, and masking once more takes nothing but words away."""
    text = inputs.text(data)[:LONG]
    vocabulary = world.vocabulary(LANGUAGES[len(data) % len(LANGUAGES)])
    masked = privacy.redact(text, vocabulary)
    assert not privacy.has_digit(masked)
    assert not [c for c in masked if unicodedata.category(c) in ("Cc", "Cs", "Co")]
    assert privacy.words_kept(privacy.redact(masked, vocabulary)) <= privacy.words_kept(masked)


def wordtable(data: bytes) -> None:
    """A table changes the words that it has and keeps the others, in order."""
    raw_rows, raw_text = inputs.parts(data, 2)
    rows = dict(line.split("\t", 1) for line in inputs.text(raw_rows).splitlines() if "\t" in line)
    table = word_table(rows, arabizi=len(data) % 2 == 0)
    text = inputs.text(raw_text)[:LONG]
    assert word_table({}).apply(text).split() == word_table({}).apply(word_table({}).apply(text)).split()
    table.apply(text)
