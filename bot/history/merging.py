"""Brings one person's changes on top of what others published meanwhile, line by line; what both changed is a clash."""

from __future__ import annotations

from merge3 import Merge3

from bot.core.errors import ClashError
from bot.history.files import Changes, Files


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
        if isinstance(both, _Clash):
            clashes.append(path)
        else:
            result[path] = both
    if clashes:
        raise ClashError(f"somebody else changed the same lines since this was begun: {', '.join(clashes)}. "
                         "Open the page again, look at what is live now, and make your change on top of it")
    return result


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
