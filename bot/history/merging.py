"""Brings one person's changes on top of what others published meanwhile, line by line; what both changed is a clash."""

from __future__ import annotations

from typing import Any

from merge3 import Merge3

from bot.catalogs import text_entries
from bot.core.errors import ClashError
from bot.history.files import Changes, Files
from bot.yamlfile import parse_yaml

# Lists of records that different people change.
RECORDS = ("data/answers/contacts.yml", "data/answers/notices.yml")


def merged(base: Files, ours: Changes, live: Files) -> dict[str, str | None]:
    """Returns our changes (made on top of `base`) as changes on top of `live`.

    Raises ClashError naming the files where both changed the same lines.
    """
    result, clashes = {}, []
    for path, text in ours.items():
        before, now = _text(base, path), _text(live, path)
        if text == now:
            continue
        both = _three_way(before, text, now)
        if isinstance(both, _Clash) or pieces_clash(path, before, text, now) or _is_torn(path, text, now, both):
            clashes.append(path)
        else:
            result[path] = both
    if clashes:
        raise ClashError(f"somebody else changed the same lines since this was begun: {', '.join(clashes)}. "
                         "Open the page again, look at what is live now, and make your change on top of it")
    return result


def pieces_clash(path: str, before: str | None, ours: str | None, now: str | None) -> bool:
    """True where both sides changed one piece (a translation, a contact, a notice), though perhaps not one line of it.

    Lines that lie apart can still belong together: new English above and "the old words fit" below, a new number and an old call.
    """
    if before is None or ours is None or now is None or now == before:
        return False
    base, mine, theirs = (_pieces(path, text) for text in (before, ours, now))
    both = _changed(base, mine) & _changed(base, theirs)
    return any(mine.get(key) != theirs.get(key) for key in both)


def _is_torn(path: str, ours: str | None, now: str | None, both: str | None) -> bool:
    """True where a piece came out that neither side has: a line that moved into its neighbour, a sentence half and half."""
    if ours is None or now is None or both is None:
        return False
    mine, theirs = _pieces(path, ours), _pieces(path, now)
    return any(piece not in (mine.get(key), theirs.get(key)) for key, piece in _pieces(path, both).items())


def _changed(old: dict[Any, Any], new: dict[Any, Any]) -> set[Any]:
    return {key for key in {*old, *new} if old.get(key) != new.get(key)}


def _pieces(path: str, text: str) -> dict[Any, Any]:
    """Returns the pieces of a file by what they are known by; of a file that is one piece, nothing: its lines say enough."""
    if path.endswith(".po"):
        return {(entry.context, entry.english): entry for entry in text_entries(text, path.split("/")[1])}
    records = parse_yaml(text, path) if path in RECORDS else ()
    return {record["id"]: record for record in records or ()}


class _Clash:
    """Both sides changed the same lines."""


def _three_way(before: str | None, ours: str | None, now: str | None) -> str | _Clash | None:
    if now == before:
        return ours
    if before is None or ours is None or now is None:
        return _Clash()
    merge = Merge3(*(text.splitlines(keepends=True) for text in (before, ours, now)))
    groups = list(merge.merge_groups())
    if any(group[0] == "conflict" for group in groups):
        return _Clash()
    return "".join(line for group in groups for line in group[1])


def _text(files: Files, path: str) -> str | None:
    return files.read(path) if files.has(path) else None
