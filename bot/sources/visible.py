"""What a reader sees of a web page: its words, without scripts, styles and menus."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

from bot.core.passages import spaced

# Unseen, or the menu that stands on every page of a site.
_DROPPED = frozenset({"script", "style", "nav", "noscript", "template", "svg"})
# Tags within a word or a line; every other tag ends a word.
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "tt", "u", "var", "wbr",
})
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# The encodings of the web. "iso-8859-1" means windows-1252 there, as in every browser.
_ENCODINGS = re.compile(r"utf-?8|utf-?16-?([lb]e)?|(windows-|cp)125\d|iso-?8859-\d\d?|gbk|gb2312|gb18030|big5|shift_jis|euc-\w\w|koi8-\w")
# A tag that never ends costs the parser the square of what follows it: it gets pieces, and not the rest where that is long.
_CHUNK, _LAST = 65536, 4096
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "us-ascii"})


def visible(raw: bytes, declared: str = "", plain: bool = False) -> str:
    """Returns the words of a page in reading order, with single spaces. declared: the encoding of its header; plain: it is no HTML."""
    text = decoded(raw, declared)
    if plain:
        return spaced(text).strip()
    reader = _Reader()
    for start in range(0, len(text), _CHUNK):
        reader.feed(text[start : start + _CHUNK])
        if len(reader.rawdata) > 4 * _CHUNK:
            break
    if len(reader.rawdata) < _LAST:
        reader.close()
    return spaced("".join(reader.pieces)).strip()


def decoded(raw: bytes, declared: str = "") -> str:
    """Returns the characters of a page: in the encoding its header names, else the one it names itself, else UTF-8 or windows-1252."""
    found = _DECLARED.search(raw[:2048])
    for name in (declared.lower(), found.group(1).decode("ascii").lower() if found else ""):
        encoding = "windows-1252" if name in _LATIN else name
        if _ENCODINGS.fullmatch(encoding) and _known(encoding):
            return raw.decode(encoding, errors="replace").lstrip("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", errors="replace")


def _known(encoding: str) -> bool:
    try:
        return bool(codecs.lookup(encoding))
    except LookupError:
        return False


class _Reader(HTMLParser):
    """Collects text outside of dropped elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._within.append(tag)
        self._gap(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            while self._within.pop() != tag:  # what was left open inside ends with it
                pass
        self._gap(tag)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Reads `<![...]]>` of no known kind as browsers do: as a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # how older versions of Python say so
            return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.pieces.append(data)

    def _gap(self, tag: str) -> None:
        if tag not in _INLINE and not self._within:
            self.pieces.append(" ")
