"""A document to quote from, and what an editor's browser sends of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.urls import reverse

from bot.core.passages import digest
from bot.edits.shelf import Held, held

# It begins with a line break, has a letter of two UTF-16 units before the words, a no-break space within, and three scripts.
DOCUMENT = ("\nNorwalk 👮 police, 2 March 2026\n\nThe chief said, “We treat everyone\u00a0the same,” and left. We cannot ask.\n"
            "لا نسأل عن الأوراق. 我们不问身份。\n  Nou pa mande papye & <10 moun.\n")
HASH = digest(DOCUMENT)
ENTERED = {"id": "norwalk-2026", "title": "Police: “No questions”", "publisher": "The Hour", "author": "", "date": "2026-03-02",
           "town": "norwalk", "url": "https://example.org/a?b=c&d", "changed": "Nothing has changed that we know of.",
           "why": "A new promise of the chief.", "text": DOCUMENT}
BESIDE = {"speaker": "A. Chief", "short": "Norwalk police chief", "role": "Police Chief of Norwalk (March 2026)", "kind": "spoken",
          "scope": "norwalk", "context": "", "note": "", "why": "The chief says it clearly."}


def enter(client: Any, **changes: Any) -> Any:
    """Sends the form of a new document."""
    return client.post(reverse("source_new"), {**ENTERED, **changes})


def waiting() -> Any:
    """The newest draft."""
    from bot.doors.console import desk

    return desk.drafts().all()[0]


def document(source: str = "norwalk-2026", draft: bool = True) -> Held | None:
    """A document as the newest draft has it, or as it is live."""
    from bot.doors.console import desk

    return held(desk.drafts().files(waiting()) if draft else desk.repository().files(), source)


def selected(words: str, /, **more: Any) -> dict[str, Any]:
    """What the script sends when these words are selected in the document of the newest draft."""
    start = DOCUMENT.index(words)
    return {"start": start, "end": start + len(words), "hash": HASH, "draft": waiting().id, **more}


def kept(folder: Path) -> list[str]:
    """The names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def written(page: Any, name: str) -> str:
    """What stands in a field of a page's form."""
    found = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>|<input[^>]*name="{name}"[^>]*value="([^"]*)"', page, re.DOTALL)
    return next((value for value in found.groups() if value is not None), "") if found else ""


class Shown(HTMLParser):
    """The characters within the element of an id, as a browser holds them, and the elements in it."""

    def __init__(self, page: str, id_: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self._id, self._depth = "", [], id_, 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if self._depth:
            self._depth += 1
            self.tags.append((tag, dict(attrs)))
        elif dict(attrs).get("id") == self._id:
            self._depth = 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        self.text += data if self._depth else ""
