"""All answers, the sources, the card and the page about privacy as files, in all languages: a copy that any web server can show."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from bot.core.content import Content
from bot.doors.public.keeping import FILES, PARTS
from bot.doors.public.texts import card_context, documents, privacy_context, source_context, topic_context, topics_context

_LINK = re.compile(r'(href|src)="(/[^"#]*)(#[^"]*)?"')
_TOWN = re.compile(r"^(/[^?]*)\?town=([\w-]+)$")


def export(folder: Path, content: Content) -> int:
    """Writes the copy and returns how many pages it has. Links in it are relative, so that it works below any address."""
    for part in PARTS:
        target = folder / part.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FILES / Path(part).name, target)
    pages = list(_pages(content))
    for address, template, context in pages:
        place = file_of(address)
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(relative(str(render_to_string(template, {**context, "static": True})), place), encoding="utf-8")
    (folder / "index.html").write_text(relative(_choose(content), "index.html"), encoding="utf-8")
    return len(pages) + 1


def _pages(content: Content) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yields each page's address here, its template and what it shows."""
    towns = (None, *(town.id for town in content.towns.values() if town.statements))
    for code in content.languages:
        yield f"/{code}/", "public/topics.html", topics_context(code, content)
        yield f"/{code}/topics/", "public/topics.html", topics_context(code, content)
        yield f"/{code}/card", "public/card.html", card_context(code, content)
        yield f"/{code}/privacy", "public/text.html", privacy_context(code, content)
        for name in documents(content):
            yield f"/{code}/sources/{name}", "public/source.html", source_context(code, name, content)
        for topic in (t for t in content.topics.values() if not t.is_service):
            for town in towns:
                tail = f"?town={town}" if town else ""
                yield f"/{code}/topics/{topic.id}{tail}", "public/topic.html", topic_context(code, topic.id, town, content)


def _choose(content: Content) -> str:
    return str(render_to_string("public/choose.html", {"languages": content.languages.values()}))


def file_of(address: str) -> str:
    """Returns the file in which an address of ours lies: each page is the index of a folder of its own."""
    named = _TOWN.match(address)
    path = f"{named.group(1)}/{named.group(2)}" if named else address
    if path.startswith("/static/"):
        return path.lstrip("/")
    return posixpath.join(path.strip("/"), "index.html").lstrip("/")


def relative(html: str, place: str) -> str:
    """Returns the page with its links to our pages made relative to the file it lies in."""
    here = posixpath.dirname(place) or "."

    def changed(found: re.Match[str]) -> str:
        kind, address, anchor = found.groups()
        return f'{kind}="{posixpath.relpath(file_of(address), here)}{anchor or ""}"'

    return _LINK.sub(changed, html)
