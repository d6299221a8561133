"""Taking a change back: what residents read before is there again, and what others changed since stays.

English goes back line by line. Its translations do not: they may have been renewed since, so the catalogues follow the English,
and a sentence that comes back gets the translation that it had.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from babel.messages.catalog import Catalog

from bot.catalogs import parse_catalog, print_catalog
from bot.edits.catalogues import TYPO, reword
from bot.history.files import Changes, Files

LOCALES = "locales/"
Merge = Callable[[Files, Changes, Files], Changes]


def undone(before: Files, after: Files, live: Files, paths: Collection[str], merge: Merge) -> Changes:
    """Returns the changes, on top of what is live, that take a change back.

    before, after: the content around the change; paths: what it changed; merge: brings changes made on `after` on top of
    `live` and raises ClashError where somebody changed the same lines since (`bot.history.merging.merged`).
    """
    old = {path: before.read(path) if before.has(path) else None for path in paths}
    english = {path: text for path, text in old.items() if not path.startswith(LOCALES)}
    if not english:
        return merge(after, old, live)
    changes = dict(merge(after, english, live))
    changes |= reword(live.changed(changes), {}, TYPO)
    return {**changes, **_with_old_translations(before, live.changed(changes))}


def _with_old_translations(before: Files, files: Files) -> Changes:
    """Gives sentences without a translation the one that they had before, in the state it had."""
    changes: dict[str, str | None] = {}
    for path in files.list(LOCALES.rstrip("/"), ".po"):
        if not before.has(path):
            continue
        language = path.split("/")[1]
        catalog = parse_catalog(files.read(path), language, path)
        if _fill(catalog, parse_catalog(before.read(path), language, path)):
            changes[path] = print_catalog(catalog)
    return changes


def _fill(catalog: Catalog, old: Catalog) -> bool:
    filled = False
    for message in (m for m in catalog if m.id and not m.string):
        had = old.get(message.id, message.context)
        if had is not None and had.string:
            message.string, message.flags, message.previous_id = had.string, set(had.flags), list(had.previous_id)
            message.user_comments = list(had.user_comments)
            filled = True
    return filled
