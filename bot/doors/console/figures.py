"""Figures of a sentence in words, beside its field: characters, reading, the price as a text message. For pages and their scripts."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from bot.core.notices import NOTICE_LIMIT
from bot.core.problems import FIRST_LIMIT, SHORT_LIMIT, TITLE_LIMIT
from bot.doors.console.roles import EVERYONE, needs
from bot.doors.console.words import known, say
from bot.edits.measures import HARD, UNRATED, Measure, character_name, measure

# What a field is, and so how many characters it may have (0: no limit).
LIMITS = {"title": TITLE_LIMIT, "first": FIRST_LIMIT, "short": SHORT_LIMIT, "notice": NOTICE_LIMIT, "plain": 0}
MOST_CHARACTERS, MOST_TEXTS = 5000, 200


@needs(EVERYONE)
@require_POST
def page(request: HttpRequest) -> JsonResponse:
    """Counts texts: `text` and, for each, `kind` (a key of LIMITS). Returns {"figures": [{"figures", "warning"}]} in their order."""
    texts, kinds = (request.POST.getlist(name)[:MOST_TEXTS] for name in ("text", "kind"))
    return JsonResponse({"figures": [told(text[:MOST_CHARACTERS], kind) for text, kind in zip(texts, kinds)]})


def told(text: str, kind: str) -> dict[str, str]:
    """Returns the figures of a text, and what is wrong with it ("" where nothing is): two sentences for people."""
    found = measure(text, LIMITS.get(kind, 0))
    return {"figures": " ".join(_figures(found)) if found.characters else "", "warning": " ".join(_warnings(found))}


def _figures(found: Measure) -> list[str]:
    limited = found.limit > 0
    room = say("figure_room" if limited else "figure_length", characters=found.characters, **({"limit": found.limit} if limited else {}))
    year = [] if found.level in (UNRATED, HARD) else [say(f"figure_{found.level}", year=max(1, round(found.year)))]
    plainer = [say("figure_replaced", characters=_named(found.replaced))] if found.replaced else []
    return [room, *year, say("figure_segments", segments=found.cost.segments), *plainer]


def _warnings(found: Measure) -> list[str]:
    warnings = []
    if found.over:
        warnings.append(say("figure_over", over=found.over))
    if found.level == HARD:
        warnings.append(say("figure_hard", year=round(found.year)))
    if found.costly:
        warnings.append(say("figure_costly", characters=_named(found.costly)))
    return warnings


def _named(characters: tuple[str, ...]) -> str:
    return ", ".join(f"{char} ({_name(char)})" for char in characters[:5])


def _name(char: str) -> str:
    """Our own name for the common ones, else Unicode's, which is English."""
    key = f"char_{ord(char):04x}"
    return say(key) if known(key) else character_name(char)
