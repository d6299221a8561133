"""What has become of the pages we quote: judges a visit against what was known before.

Two texts are alike where only this differs: runs of white space, straight or curly quotation marks and apostrophes (equal), composed or
decomposed accents, unseen characters such as soft hyphens. Dashes, letters and case count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.core.content import Content
from bot.core.passages import digest, spaced

# Verdicts. What is flagged waits for an editor; `unreachable` only for the next visit.
SAME, CHANGED, PASSAGE_GONE, VANISHED, MOVED = "same", "changed", "passage-gone", "vanished", "moved"
UNREACHABLE, FORBIDDEN = "unreachable", "forbidden"
FLAGGED = (VANISHED, PASSAGE_GONE, MOVED, CHANGED, FORBIDDEN)
# Outcomes of a visit.
PAGE, GONE, BARRED, FAILED = "page", "gone", "barred", "failed"
FAILED_DAYS = 3
_MARKS = str.maketrans("’‘‚‛ʼ´`“”„‟«»″′", "'''''''\"\"\"\"\"\"\"'")


@dataclass(frozen=True)
class Link:
    """An address, who names it ("source:westport-2019", "law:constitution-4-searches"), and what we quote of it: id -> words."""

    address: str
    names: tuple[str, ...]
    passages: Mapping[str, str]


@dataclass(frozen=True)
class Visit:
    """What one visit found. outcome: page, gone (404, 410), barred (we may not read it) or failed; trouble: why, in a word or two.

    digest: SHA-256 of what the page shows; text: its words, None where it is no text (a PDF); moved_to: where it says it lives now.
    """

    outcome: str
    status: int | None = None
    digest: str = ""
    text: str | None = None
    moved_to: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Known:
    """What an editor accepted last, or the first visit found. verdict: a vanished or forbidden page that was accepted as such."""

    digest: str = ""
    passages: tuple[str, ...] = ()
    moved_to: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Seen:
    """What is known of one address. standing, quoted: ids of our quotations that stand there word by word, and of all.

    last_seen: the last day there was a page, None never; failed: the days of failed visits since then.
    """

    address: str
    names: tuple[str, ...]
    verdict: str
    first_seen: date
    visited: date
    last_seen: date | None = None
    status: int | None = None
    trouble: str = ""
    moved_to: str = ""
    digest: str = ""
    quoted: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    failed: tuple[date, ...] = ()
    known: Known = field(default_factory=Known)

    @property
    def is_flagged(self) -> bool:
        """True where an editor should look."""
        return self.verdict in FLAGGED and self.verdict != self.known.verdict

    @property
    def gone(self) -> tuple[str, ...]:
        """The ids of quotations that stood on the page and no longer do."""
        return tuple(i for i in self.known.passages if i in self.quoted and i not in self.standing)


def links(content: Content) -> tuple[Link, ...]:
    """Returns every address that our documents and laws name, once, with all that we quote of it, sorted by address."""
    named: dict[str, dict[str, None]] = {}
    passages: dict[str, dict[str, str]] = {}
    pieces = [(q.document.url, f"source:{q.document.id}", q.id, q.text) for q in content.quotes.values()]
    pieces += [(law.url, f"law:{law.id}", law.id, law.text or "") for law in content.laws.values()]
    for address, name, piece, words in ((str(url).strip(), *rest) for url, *rest in pieces if url):
        named.setdefault(address, {})[name] = None
        passages.setdefault(address, {}).update({piece: words} if words else {})
    return tuple(Link(address, tuple(named[address]), passages[address]) for address in sorted(named))


def alike(text: str) -> str:
    """Returns the form in which two texts are compared (see above)."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return spaced(seen.translate(_MARKS)).strip()


def page_digest(text: str) -> str:
    """Returns the SHA-256 of a page's words, the same for texts that are alike."""
    return digest(alike(text))


def judge(link: Link, visit: Visit, before: Seen | None, day: date) -> Seen:
    """Returns what is known of an address after a visit. A page seen for the first time is taken as known."""
    start = before or Seen(link.address, link.names, UNREACHABLE, day, day)
    seen = replace(start, names=link.names, quoted=tuple(link.passages), visited=day, status=visit.status, trouble=visit.trouble)
    if visit.outcome == PAGE:
        return _judge_page(link, visit, seen, day)
    if visit.outcome == FAILED:
        failed = tuple(sorted({*seen.failed, day}))
        return replace(seen, failed=failed, verdict=_failed_verdict(start, len(failed)))
    return replace(seen, failed=(), verdict=VANISHED if visit.outcome == GONE else FORBIDDEN)


def _failed_verdict(before: Seen, days: int) -> str:
    """One failed visit says nothing new: what waited for an editor goes on waiting."""
    if days >= FAILED_DAYS:
        return VANISHED
    return before.verdict if before.verdict in FLAGGED else UNREACHABLE


def _judge_page(link: Link, visit: Visit, seen: Seen, day: date) -> Seen:
    standing = seen.standing if visit.text is None else _standing(link, visit.text)
    # What stands there now is known from now on: a quotation added later, too.
    passages = tuple(dict.fromkeys((*(i for i in seen.known.passages if i in link.passages), *standing)))
    known = replace(seen.known, digest=seen.known.digest or visit.digest, passages=passages, verdict="")
    page = replace(seen, last_seen=day, failed=(), moved_to=visit.moved_to, digest=visit.digest, standing=standing, known=known)
    return replace(page, verdict=_page_verdict(page))


def _standing(link: Link, text: str) -> tuple[str, ...]:
    shown = alike(text)
    return tuple(name for name, words in link.passages.items() if alike(words) in shown)


def _page_verdict(page: Seen) -> str:
    if page.gone:
        return PASSAGE_GONE
    if page.moved_to not in ("", page.known.moved_to):
        return MOVED
    return SAME if page.digest == page.known.digest else CHANGED


def accepted(seen: Seen) -> Seen:
    """Returns the same address after an editor looked at it: its present state is the known one.

    A page that vanished or may not be read keeps its verdict without being flagged, and is compared with the old one if it comes back.
    """
    if seen.verdict in (VANISHED, FORBIDDEN):
        return replace(seen, known=replace(seen.known, verdict=seen.verdict))
    if seen.verdict == UNREACHABLE:
        return seen
    return replace(seen, verdict=SAME, known=Known(seen.digest, seen.standing, seen.moved_to))


def flagged(watch: Mapping[str, Seen]) -> tuple[Seen, ...]:
    """Returns what waits for an editor, the gravest first."""
    return tuple(sorted((s for s in watch.values() if s.is_flagged), key=lambda s: (FLAGGED.index(s.verdict), s.address)))
