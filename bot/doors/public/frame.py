"""What every page shares: words in the reader's language, the languages with their addresses, the way out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from bot.core.content import Content, Page
from bot.core.dates import write_date
from bot.core.notices import announced, of_page
from bot.core.states import IN_ENGLISH
from bot.doors.public.promises import true_words


def frame(language: str, content: Content, path: str = "", query: dict[str, str] | None = None) -> dict[str, Any]:
    """Returns the context of a page. path: its address below the language ("topics/trust_act"); query: what follows it."""
    ours = settings.CONFIANZA
    tail = f"{path}?{urlencode(query)}" if query else path
    return {
        "language": content.languages[language],
        "languages": content.languages.values(),
        "alternates": [(other, f"/{other.code}/{tail}", f"{ours.public_url}/{other.code}/{path}") for other in content.languages.values()],
        "canonical": f"{ours.public_url}/{language}/{path}",
        "words": true_words(words(language, content), language, content),
        **{f"{name}_title": content.say(language, f"page.{name}", content.pages[name].title).text for name in ("card", "privacy")},
        "share_title": content.say(language, "page.sharing", content.pages["sharing"].title).text,
        "banners": banners(language, content, (query or {}).get("town")),
        "exit_url": ours.exit_url,
        "today": written_today(language, content),
        "made_on": content.phrase(language, "printed_on", date=written_today(language, content)),
        "operator": ours.operator,
        "run_by": content.phrase(language, "run_by", operator=ours.operator.name),
        "static": False,
    }


def banners(language: str, content: Content, town: str | None = None) -> list[dict[str, str]]:
    """Returns the notices of today for the top of a page, each with the last day on which it may be shown."""
    shown = [(notice, announced(notice, language, content)) for notice in of_page(content, settings.CONFIANZA.today(), town)]
    return [{"text": said.text, "ends": notice.ends.isoformat(), "lang": "en" if said.state in IN_ENGLISH else language}
            for notice, said in shown]


def words(language: str, content: Content) -> dict[str, str]:
    """Returns all phrases in a language, by key; braces stay for the page's script to fill."""
    return {key: content.say(language, key, english).text for key, english in content.phrases.items()}


def written_today(language: str, content: Content) -> str:
    """Returns today's date as the language writes it."""
    return write_date(settings.CONFIANZA.today().isoformat(), content.languages[language])


def written_page(page: Page, language: str, content: Content, **values: str) -> dict[str, Any]:
    """Returns a page of plain text in a language; English stands where a translation is missing. values fill its braces.

    Of parts that depend on a switch, those are there that are true under the operator's settings.
    """
    true = ("", "inbox" if settings.CONFIANZA.console.inbox else "no inbox")

    def say(english: str) -> str:
        text = content.say(language, page.context, english).text
        return text.format(**values) if values else text

    return {
        "title": say(page.title), "intro": say(page.intro), "pulpit": say(page.pulpit) if page.pulpit else "",
        "message": say(page.message) if page.message else "",
        "parts": [{"heading": say(part.heading), "lines": [say(line) for line in part.lines]} for part in page.parts
                  if part.when in true],
    }


def chosen_town(request: HttpRequest, content: Content) -> str | None:
    """Returns the town that a link names, where we know it."""
    town = request.GET.get("town")
    return town if town in content.towns else None


def town_names(language: str, content: Content) -> list[tuple[str, str]]:
    """Returns ids and names of the towns, those with statements first."""
    towns = sorted(content.towns.values(), key=lambda t: (not t.statements, t.name))
    return [(t.id, content.say(language, "town", t.name).text) for t in towns]
