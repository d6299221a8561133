"""The languages that are translated into: how a page shows their words, and who may write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from bot.doors.console.roles import TRANSLATOR, View, languages_of, needs
from bot.history.files import Files
from bot.strings import AnswerFiles


@dataclass(frozen=True)
class Tongue:
    """A language: its code, its own name, and "ltr" or "rtl"."""

    code: str
    name: str
    direction: str


def tongues(files: Files) -> list[Tongue]:
    """Returns the languages in the order of languages.yml, English left out."""
    rows = AnswerFiles(files).record("languages.yml")
    return [Tongue(row["code"], row["name"], row["direction"]) for row in rows if row["code"] != "en"]


def tongue(files: Files, code: str) -> Tongue:
    """Returns one language; raises Http404 for one that nothing is translated into."""
    found = [language for language in tongues(files) if language.code == code]
    if not found:
        raise Http404
    return found[0]


def needs_language(view: View) -> View:
    """Guards a view whose address names a `language`: for that language's translators only, others get 403."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["language"] not in languages_of(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded = needs(TRANSLATOR)(spoken)
    guarded.of_language = True  # type: ignore[attr-defined]
    return guarded
