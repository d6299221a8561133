"""How a resident's text is made comparable: case, accents, Arabic letter variants, Arabizi, controls."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 2000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئڤگچپژکی", "اااايهويفكجبزكي")
_DROPPED_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
# Arabic-Indic and Persian digits, so that "٢" is a choice as "2" is.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def clean(text: str) -> str:
    """Returns the text without control characters and with single spaces; letters stay as they are."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text)
    return " ".join(kept.split())


def fold(text: str) -> str:
    """Returns the text in lower case, without accents, with one form for each Arabic letter.

    Two ways of typing the same words give the same result: "QUÉ" and "que", "أوراق" and "اوراق".
    """
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    lowered = unicodedata.normalize("NFKD", plain.casefold()).translate(_APOSTROPHES)
    bare = "".join(c for c in lowered if not unicodedata.combining(c))
    bare = _DROPPED_MARKS.sub("", bare.translate(_ARABIC_LETTERS)).translate(_DIGITS)
    return " ".join(bare.replace("ł", "l").split())


def tidy(text: str) -> str:
    """Returns the text with one kind of apostrophe, composed letters and no Arabic vowel signs; words stay readable."""
    return _DROPPED_MARKS.sub("", unicodedata.normalize("NFC", text).translate(_APOSTROPHES))


def words(text: str) -> list[str]:
    """Returns the words of a text in order; an apostrophe inside a word stays."""
    return _WORD.findall(text.translate(_APOSTROPHES))


def script(text: str) -> str:
    """Names the script most letters are in: "han", "arabic", "latin", or "none" where there are no letters."""
    counts = {"han": 0, "arabic": 0, "latin": 0}
    for char in text:
        code = ord(char)
        if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF:
            counts["han"] += 2  # one Han character carries about as much as two letters
        elif 0x0600 <= code <= 0x08FF or 0xFB50 <= code <= 0xFEFC:
            counts["arabic"] += 1
        elif char.isalpha():
            counts["latin"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "none"
