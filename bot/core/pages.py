"""Pages of a long answer: pieces go in, messages come out that each fit a phone; the rest waits for MORE."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.core.segments import UCS2, count, plainer

MOST_SEGMENTS = {"GSM-7": 3, UCS2: 4}
MOST_WHATSAPP_CHARACTERS = 1500
# A sentence ends at its sign, with the closing quotation mark that may follow it.
# What follows in brackets (the same words in English) belongs to it.
_SENTENCE = re.compile(
    r"(?:(?<=[.!?؟])|(?<=[.!?؟][”\"’»)])|(?<=[.!?؟][”\"’»)][”\"’»)]))(?=\s(?!\())"
    r"|(?:(?<=[。！？])(?![”」])|(?<=[。！？][”」]))(?![（(])"
)
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Run:
    """A stretch of text. own: our own words, which may be written with plainer letters (a quotation never may).

    solid: never divided (a number, a link, a citation).
    """

    text: str
    own: bool = True
    solid: bool = False


@dataclass(frozen=True)
class Piece:
    """What is not divided where it fits on a page: a sentence, a quotation with its citation, a contact with its number.

    glue: what stands between it and the piece before it, where both are on one page.
    forward: may come forward to fill the first page, where a longer piece before it has no room there.
    """

    runs: tuple[Run, ...]
    glue: str = "\n"
    forward: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Face:
    """A channel's way to show a page: what it looks like, and whether that fits."""

    write: Callable[[tuple[Piece, ...]], str]
    fits: Callable[[str], bool]


def sentences(text: str, own: bool = True, glue: str = "\n") -> tuple[Piece, ...]:
    """Divides a text into one piece a sentence; they go on in one line."""
    parts = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
    between = "" if text[:1] and not any(c.isspace() for c in text) else " "
    return tuple(Piece((Run(part, own),), glue if n == 0 else between) for n, part in enumerate(parts))


def paginate(pieces: tuple[Piece, ...], face: Face, more: str) -> tuple[str, ...]:
    """Packs pieces into as few pages as they need, in order; each but the last ends with "1/3" and the sentence `more`.

    Nothing is lost, and nothing but a piece marked `forward` changes its place; a piece too long for a page is divided at words.
    """
    if face.fits(face.write(pieces)):
        return (face.write(pieces),)
    pages = _packed(pieces, face, Piece((Run(f"9/9 {more}"),)))
    if len(pages) > 9:  # the numbers of pages need more room than was left for them
        pages = _packed(pieces, face, Piece((Run(f"99/99 {more}"),)))
    return tuple(_numbered(page, number, len(pages), face, more) for number, page in enumerate(pages, 1))


def _packed(pieces: tuple[Piece, ...], face: Face, reserve: Piece) -> list[list[Piece]]:
    """Packs the pieces in order; on each page there is room for `reserve` as well."""
    waiting = [part for whole in pieces for part in _fitting(whole, face, reserve)]
    pages: list[list[Piece]] = [[]]
    while waiting:
        piece = waiting.pop(0)
        if pages[-1] and not face.fits(face.write((*pages[-1], piece, reserve))):
            _bring_forward(pages, waiting, face, reserve)
            pages.append([])
        pages[-1].append(piece)
    return pages


def _bring_forward(pages: list[list[Piece]], waiting: list[Piece], face: Face, reserve: Piece) -> None:
    """Moves the pieces that may come forward onto the first page, as far as they fit."""
    for piece in [p for p in waiting if p.forward and len(pages) == 1]:
        if face.fits(face.write((*pages[0], piece, reserve))):
            pages[0].append(piece)
            waiting.remove(piece)


def _numbered(page: list[Piece], number: int, pages: int, face: Face, more: str) -> str:
    note = f"{number}/{pages} {more}" if number < pages else f"{number}/{pages}"
    return face.write((*page, Piece((Run(note),)))) if pages > 1 else face.write(tuple(page))


def _fitting(piece: Piece, face: Face, reserve: Piece) -> Iterator[Piece]:
    """Yields the piece, or its parts where it alone is too long for a page."""
    if face.fits(face.write((piece, reserve))):
        yield piece
        return
    part = replace(piece, runs=())
    for word in (bit for run in piece.runs for bit in _words(run)):
        longer = replace(part, runs=(*part.runs, word))
        if part.runs and not face.fits(face.write((longer, reserve))):
            yield part
            longer = replace(part, runs=(word,))
        part = longer
    yield part


def _words(run: Run) -> list[Run]:
    """Divides at spaces; a stretch without spaces as long as a sentence (Chinese) at every character."""
    if run.solid:
        return [run]
    return [replace(run, text=bit) for word in _WORD.findall(run.text) for bit in (word if len(word) > 100 else [word])]


def _joined(pieces: tuple[Piece, ...], change: Callable[[str], str]) -> str:
    text = ""
    for piece in pieces:
        text += piece.glue if text else ""
        text += "".join(change(run.text) if run.own else run.text for run in piece.runs)
    return text.strip()


def _cheaper(pieces: tuple[Piece, ...]) -> str:
    """As it is written, or with plainer letters where that saves a segment."""
    written, plain = _joined(pieces, str), _joined(pieces, plainer)
    return plain if count(plain).segments < count(written).segments else written


def _few_segments(text: str) -> bool:
    counted = count(text)
    return counted.segments <= MOST_SEGMENTS[counted.encoding]


def _as_written(pieces: tuple[Piece, ...]) -> str:
    return _joined(pieces, str)


SMS = Face(write=_cheaper, fits=_few_segments)
WHATSAPP = Face(write=_as_written, fits=lambda text: len(text) <= MOST_WHATSAPP_CHARACTERS)
