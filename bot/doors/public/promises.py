"""What we promise on the web about words that are written to us: where the operator keeps masked questions, no more than is true.

Phones are told that no text is kept, so none of theirs is. The sentences are those of the privacy page, in every language.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from bot.core.content import Content


def true_words(words: dict[str, str], language: str, content: Content) -> dict[str, str]:
    """Returns a page's phrases; its line about privacy as it is true here."""
    return {**words, "page_privacy": _kept(language, content)} if settings.CONFIANZA.console.inbox else words


def true_answer(payload: dict[str, Any], channel: str, content: Content) -> dict[str, Any]:
    """Returns an answer's payload; that about privacy, on the web, as it is true here."""
    if payload["topic"] != "privacy" or channel != "web" or not settings.CONFIANZA.console.inbox:
        return payload
    told = _kept(payload["language"], content)
    return {**payload, "text": told, "short": told}


def _kept(language: str, content: Content) -> str:
    """The first and the last thing that the privacy page says only where questions are kept."""
    page = content.pages["privacy"]
    lines = [part.lines for part in page.parts if part.when == "inbox"]
    return " ".join(content.say(language, page.context, line).text for line in (lines[0][0], lines[1][-1]))
