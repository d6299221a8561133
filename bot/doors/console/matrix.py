"""The matrix of translations: topics and groups by language, and how far each can be trusted. Beside it the legal terms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.doors.console import desk
from bot.doors.console.exchange import TAKERS
from bot.doors.console.roles import EVERYONE, languages_of, may, needs
from bot.doors.console.tongues import Tongue, tongue, tongues
from bot.edits.entries import STATES, Row, entries, matrix
from bot.edits.glossary import glossary as terms
from bot.edits.pieces import topics
from bot.history.files import Files
from bot.strings import DOMAINS


@needs(EVERYONE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Shows how many sentences of each topic and group are in which state; "mine" leaves only one's own languages."""
    files = desk.repository().files()
    speaks = languages_of(request.user)
    only_mine = bool(speaks) and "mine" in request.GET
    columns = [language for language in tongues(files) if language.code in speaks or not only_mine]
    return render(request, "console/translations.html", {
        "rows": _rows(files, columns), "columns": columns, "states": STATES, "speaks": speaks, "only_mine": only_mine,
        "takes_out": may(request.user, *TAKERS), "domains": DOMAINS,
    })


@needs(EVERYONE)
@require_safe
def glossary(request: HttpRequest, language: str) -> HttpResponse:
    """Shows a language's legal terms."""
    files = desk.repository().files()
    return render(request, "console/glossary.html", {"tongue": tongue(files, language), "terms": terms(files, language)})


def _rows(files: Files, columns: list[Tongue]) -> list[dict[str, Any]]:
    titles = {entry.context: entry.msgid for entry in entries(files, columns[0].code) if entry.comment == "title"} if columns else {}
    found = matrix(files, [language.code for language in columns], topics(files))
    return [{"row": row, "title": titles.get(row.id, row.id), "cells": [(t, _states(row, t.code)) for t in columns]} for row in found]


def _states(row: Row, code: str) -> list[tuple[str, int]]:
    """The states that occur, gravest first, each with its number."""
    counts = row.counts.get(code, {})
    return [(state, counts[state]) for state in STATES if counts.get(state)]
