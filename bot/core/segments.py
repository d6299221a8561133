"""How a text message is counted: GSM-7 with its extension table, or UCS-2; the segments that a phone company bills.

Figures: 3GPP TS 23.038 and 23.040 (160 or 153 septets, 70 or 67 UTF-16 units a segment).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gsm0338 import Codec

GSM, UCS2 = "GSM-7", "UCS-2"
# Units that fit in one segment: of a message that has one only, and of a message that has several.
ALONE = {GSM: 160, UCS2: 70}
AMONG = {GSM: 153, UCS2: 67}
_ESCAPE = 0x1B
_TABLE = "".join(Codec().decode(bytes([code]))[0] for code in range(128) if code != _ESCAPE)
# Characters of the extension table take two septets.
_EXTENSION = "^{}\\[]~|€\f"
_NOT_GSM = re.compile(f"[^{re.escape(_TABLE + _EXTENSION)}]")
_DOUBLE = {GSM: re.compile(f"[{re.escape(_EXTENSION)}]"), UCS2: re.compile("[\U00010000-\U0010ffff]")}
# How our own words may be written to stay within GSM-7. Letters with a mark lose it where the bare letter is ASCII.
_PLAINER = {
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "…": "...",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "•": "-", "·": "-", "ł": "l", "Ł": "L", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D",
}


@dataclass(frozen=True)
class Count:
    """How a text is sent: encoding, units (septets or UTF-16 units), segments (0 for an empty text)."""

    encoding: str
    units: int
    segments: int


def count(text: str) -> Count:
    """Counts a text as it stands; a character that needs two units is never divided between segments."""
    encoding = UCS2 if _NOT_GSM.search(text) else GSM
    doubled = len(_DOUBLE[encoding].findall(text))
    units = len(text) + doubled
    if units <= ALONE[encoding]:
        return Count(encoding, units, int(units > 0))
    room = AMONG[encoding]
    return Count(encoding, units, _walked(text, encoding) if doubled else -(-units // room))


def _walked(text: str, encoding: str) -> int:
    segments, used = 1, 0
    for char in text:
        size = 2 if _DOUBLE[encoding].match(char) else 1
        if used + size > AMONG[encoding]:
            segments, used = segments + 1, 0
        used += size
    return segments


def forcing(text: str) -> tuple[str, ...]:
    """Returns the characters that force UCS-2, each once, in order."""
    return tuple(dict.fromkeys(_NOT_GSM.findall(text)))


def plainer(text: str) -> str:
    """Returns our own words in GSM-7 as far as that is possible; other scripts and joiners stay as they are."""
    return _NOT_GSM.sub(lambda found: _plainer(found.group()), text)


def _plainer(char: str) -> str:
    if char in _PLAINER:
        return _PLAINER[char]
    bare = unicodedata.normalize("NFD", char)[0]
    return bare if bare.isascii() else char
