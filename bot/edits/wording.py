"""What a translation must keep of its English: braces, numbers, links, room. A fault is a sentence for the translator."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from bot.core.problems import FIRST_LIMIT, TITLE_LIMIT, TRANSLATED_SHORT_LIMIT, braces
from bot.edits.entries import Entry

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_GAP = r"[\s./\u2010-\u2015\u2212-]{0,3}"
_PHONE = re.compile(rf"(?<!\d)(?:\+?1{_GAP})?\(?([2-9]\d\d)\)?{_GAP}(\d{{3}}){_GAP}(\d{{4}})(?!\d)")
# 9-1-1 and its like, 988, and long numbers such as those one texts to.
_SHORT_NUMBER = re.compile(r"(?<![\d-])(?:([2-9])-?1-?1|988|\d{5,})(?![\d-])")
_LINK = re.compile(
    r"https?://[\w./~%#?=&+:@-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[a-z0-9-]+\.)+(?:com|edu|gov|info|net|org|us)\b(?:/[\w./~%#?=&+-]*)?",
    re.ASCII | re.IGNORECASE,
)
_LOWER_CASE_WORD = re.compile(r"(?<![\w-])[a-z][a-z']+(?![\w-])")
_HIDDEN = frozenset("\u200b\u2060\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_SAME_ANYWHERE = ("town", "speaker")
_NAMES_OF_LAWS = ("citation", "name of the law")
_ROOM, _ROOM_OF_SHORT_TEXTS = 4, 100


def tidied(english: str, text: str) -> str:
    """Returns a typed text as it is kept: composed letters, no space around it, line breaks only where the English has some."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip().split("\n")
    return ("\n" if "\n" in english else " ").join(line.strip() for line in lines)


def fault(entry: Entry, text: str, numbers_ok: bool = False) -> str | None:
    """Returns what is wrong with a translation of an entry, or None. text: as `tidied` gives it.

    numbers_ok: the translator has looked at the numbers ("2" that became "two"). Phone numbers and links are always the same.
    """
    return (
        _unreadable(text)
        or _too_long(entry, text)  # before anything that searches the text
        or _untranslated(entry, text)
        or unequal_contacts(entry.msgid, text)
        or (None if numbers_ok else unequal_numbers(entry.msgid, text))
    )


def _unreadable(text: str) -> str | None:
    if not text:
        return "Write the translation."
    hidden = [c for c in text if c in _HIDDEN or (c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn"))]
    if hidden:
        return f"There is a character that nobody can see (U+{ord(hidden[0]):04X}). Type the words anew instead of pasting them."
    return None


def _untranslated(entry: Entry, text: str) -> str | None:
    bare = re.sub(r"\{\w*\}", "", entry.msgid)
    may_stay = (
        entry.context in _SAME_ANYWHERE
        or entry.comment in _NAMES_OF_LAWS
        or not _LOWER_CASE_WORD.search(bare)
        or len(bare.split()) == 1
    )
    return None if may_stay or text != entry.msgid else "This is still the English. Write it in your language."


def unequal_contacts(english: str, text: str) -> str | None:
    """Says which word in braces, phone number or link is not in both, or None where all are."""
    if braces(english) != braces(text):
        return f"The words in braces must be the same: {_listed(f'{{{name}}}' for name in braces(english) or ())}."
    if phones(english) != phones(text):
        return f"The phone numbers must be the same: {_listed(phones(english))}."
    if links(english) != links(text):
        return f"The links must be the same: {_listed(links(english))}."
    return None


def unequal_numbers(english: str, text: str) -> str | None:
    """Says where the numbers of two texts differ, or None. A month's name may become its number."""
    wanted, written = numbers(english), numbers(text)
    months = Counter(str(_MONTHS.index(name) + 1) for name in _MONTH.findall(english))
    lost, new = wanted - written, written - wanted - months
    if not lost and not new:
        return None
    parts = [f"{what}: {_listed(found.elements())}" for what, found in (("missing", lost), ("not in the English", new)) if found]
    return f"The numbers differ ({'; '.join(parts)}). Correct them, or say that they are right."


def numbers(text: str) -> Counter[str]:
    """Counts the groups of digits of a text; digits of every script are read as 0 to 9."""
    return Counter(re.findall(r"[0-9]+", _western(text)))


def phones(text: str) -> Counter[str]:
    """Counts the phone numbers of a text, digits only: ten, or fewer for such as 211."""
    plain = _western(text)
    long = ["".join(match.groups()) for match in _PHONE.finditer(plain)]
    short = [match.group().replace("-", "") for match in _SHORT_NUMBER.finditer(_PHONE.sub(" ", plain))]
    return Counter([*long, *short])


def links(text: str) -> Counter[str]:
    """Counts the web and e-mail addresses of a text."""
    return Counter(found.rstrip(".,:;?-").lower() for found in _LINK.findall(text))


def _western(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)


def _too_long(entry: Entry, text: str) -> str | None:
    room = limit(entry)
    return f"{len(text)} characters, at most {room} fit. Say it shorter." if len(text) > room else None


def limit(entry: Entry) -> int:
    """Returns how many characters a translation of an entry may have."""
    room = max(_ROOM * len(entry.msgid), _ROOM_OF_SHORT_TEXTS)
    if entry.file.startswith("topics/"):
        fields = {"title": TITLE_LIMIT, "first": FIRST_LIMIT, "short": TRANSLATED_SHORT_LIMIT}
        room = min([room, *(fields[word] for word in entry.comment.split() if word in fields)])
    return room


def _listed(items: Iterable[str]) -> str:
    return ", ".join(sorted(items)) or "none"
