"""The sentences of a translation page: each with its field, what was typed into it, and what is to be said about it.

A field is named after its sentence, not after its place, so that words never come to stand beside another sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from bot.core.segments import Count, count, plainer
from bot.core.states import OUTDATED, WITHDRAWN, hash12
from bot.edits.entries import Entry
from bot.edits.glossary import Term, glossary, terms_in
from bot.edits.pieces import Wish, is_new
from bot.edits.translations import advice
from bot.edits.wording import limit, tidied, unequal_numbers
from bot.history.comparison import marked
from bot.history.files import Files

TEXT, FITS, NUMBERS = "text.", "fits.", "numbers."


@dataclass(frozen=True)
class Sentence:
    """One sentence on the page.

    n: what its fields end with; text: what stands in its field; fits: "the old words fit" is ticked; sure: "the numbers are
    right" is ticked for these words; fault, advice: what is wrong, and what is worth a second look; terms: of the glossary.
    """

    entry: Entry
    n: str
    text: str
    terms: tuple[Term, ...] = ()
    fits: bool = False
    sure: bool = False
    fault: str = ""
    advice: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field for the translation."""
        return f"{TEXT}{self.n}"

    @property
    def wish(self) -> Wish:
        return Wish(self.text, self.fits, self.sure)

    @property
    def is_old(self) -> bool:
        """True where the English has changed since."""
        return self.entry.state in (OUTDATED, WITHDRAWN)

    @property
    def english(self) -> tuple[tuple[str, str], ...]:
        """The English that was translated and the English now, word by word; empty where that did not change."""
        return marked(self.entry.previous, self.entry.msgid) if self.entry.previous else ()

    @property
    def room(self) -> int:
        return limit(self.entry)

    @property
    def length(self) -> int:
        return len(tidied(self.entry.msgid, self.text))

    @property
    def message(self) -> Count:
        """What the words cost as a text message; the phone writes typographic signs plainly by itself."""
        return count(plainer(tidied(self.entry.msgid, self.text)))

    @property
    def numbers(self) -> str:
        """What a tick says of these very words; "" where nothing is to be confirmed."""
        asked = self.sure or (self.fault and self.fault == unequal_numbers(self.entry.msgid, tidied(self.entry.msgid, self.text)))
        return _stamp(self.entry, self.text) if asked else ""


def shown(files: Files, language: str, found: Iterable[Entry]) -> list[Sentence]:
    """Returns sentences as they stand in the files."""
    terms = glossary(files, language)
    return [Sentence(entry, number_of(entry), entry.msgstr, terms_in(entry.msgid, terms)) for entry in found]


def number_of(entry: Entry) -> str:
    """Returns what an entry's fields end with."""
    return hash12("\0".join(entry.key))


def typed(sentences: Iterable[Sentence], post: QueryDict) -> list[Sentence]:
    """Returns the sentences with what a form brought. A number is confirmed for the words it was confirmed for, no others."""
    return [
        replace(
            s, text=text, fits=f"{FITS}{s.n}" in post, sure=post.get(f"{NUMBERS}{s.n}") == _stamp(s.entry, text),
        )
        for s in sentences for text in [post.get(s.field, s.text).replace("\r\n", "\n")]
    ]


def strangers(sentences: Iterable[Sentence], post: QueryDict) -> list[str]:
    """Returns what was typed for sentences that are not here any more: nobody's words are lost."""
    known = {s.field for s in sentences}
    return [str(text) for name, text in post.items() if name.startswith(TEXT) and name not in known and text]


def judged(sentences: Iterable[Sentence], faults: Mapping[tuple[str, str], str]) -> list[Sentence]:
    """Returns the sentences with what is wrong beside each."""
    return [replace(s, fault=faults.get(s.entry.key, "")) for s in sentences]


def advised(sentences: Iterable[Sentence], files: Files, language: str) -> list[Sentence]:
    """Returns the sentences with advice for those that were changed."""
    return [
        replace(s, advice=advice(files, language, *s.entry.key, s.text)) if is_new(s.entry, s.wish) else s for s in sentences
    ]


def _stamp(entry: Entry, text: str) -> str:
    return hash12(tidied(entry.msgid, text))
