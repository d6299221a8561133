"""GET /api/openapi.json: what the JSON API takes and gives, for programs (OpenAPI 3.1); `openapi.json` holds the words."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bot.core.content import Content
from bot.doors.public import service

DESCRIPTION = Path(__file__).with_suffix(".json")


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The description, with what may be chosen now."""
    return JsonResponse(described(service.library().content), json_dumps_params={"ensure_ascii": False})


@lru_cache(maxsize=2)
def described(content: Content) -> dict[str, Any]:
    """Returns the description; languages, towns and topics are those of the content."""
    document: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    schemas["LanguageCode"]["enum"] = list(content.languages)
    schemas["Town"]["enum"] = list(content.towns)
    schemas["Choice"]["enum"] = [*content.topics, *(f"language.{code}" for code in content.languages)]
    return document
