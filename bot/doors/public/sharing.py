"""The kit for everyone who passes the service on: link, code, texts, things to print. No login, nothing about a person."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.core.content import Content
from bot.core.dates import write_date
from bot.doors.public import errors, flyers
from bot.doors.public.codes import code_png, code_svg
from bot.doors.public.frame import chosen_town, frame, town_names, written_page
from bot.doors.public.links import link
from bot.doors.public.speaking import in_language

# A flyer older than this is old even if its words are still the same: contacts and rules change.
OLD_AFTER_DAYS = 180


def newer_notice(made: str, language: str, content: Content) -> str:
    """Returns the notice for somebody who comes from an old flyer, or ""."""
    try:
        day = date.fromisoformat(made)
    except ValueError:
        return ""
    changed = content.pages["flyer"].changed
    today = settings.CONFIANZA.today()
    is_old = (changed is not None and day < changed) or (today - day).days > OLD_AFTER_DAYS
    shown = write_date(day.isoformat(), content.languages[language])
    return content.phrase(language, "newer_flyer", date=shown) if is_old and day <= today else ""


@require_safe
@in_language
def page(request: HttpRequest, language: str, content: Content) -> HttpResponse:
    """Everything to share, for a town and one or two languages."""
    town = chosen_town(request, content)
    second = _second(request, language, content)
    query = {**({"town": town} if town else {}), **({"second": second} if second else {})}
    address = link(language, town)
    text = written_page(content.pages["sharing"], language, content, url=address)
    shown = {
        "page": text, "address": address, "code": code_svg(address), "invite": quote(text["message"]),
        "town": town or "", "second": second or "",
        "towns": town_names(language, content), "tail": f"?{urlencode(query)}" if query else "", "starts": _starts(language, content),
        "report": _report(language, content),
        "formats": [(name, content.phrase(language, f"paper_{name}")) for name in flyers.FORMATS],
    }
    return render(request, "public/share.html", {**frame(language, content, "share", query), **shown})


def _second(request: HttpRequest, language: str, content: Content) -> str | None:
    wanted = request.GET.get("second")
    return wanted if wanted in content.languages and wanted != language else None


def _report(language: str, content: Content) -> str:
    contact = settings.CONFIANZA.operator.contact
    return content.phrase(language, "report_to", contact=contact) if contact else content.phrase(language, "report_to_group")


def _starts(language: str, content: Content) -> list[dict[str, str]]:
    """Links that open a chat by phone with the language's own name as the first word, where we have numbers."""
    word = quote(content.languages[language].name)
    ours = settings.CONFIANZA.operator
    sms = {"href": f"sms:{ours.sms}?&body={word}", "number": ours.sms, "label": "SMS"}
    whatsapp = {"href": f"https://wa.me/{ours.whatsapp.lstrip('+')}?text={word}", "number": ours.whatsapp, "label": "WhatsApp"}
    return [start for start in (sms, whatsapp) if start["number"]]


@require_safe
@in_language
def code(request: HttpRequest, language: str, content: Content, kind: str) -> HttpResponse:
    """The link's code as a picture."""
    if kind not in ("svg", "png"):
        return errors.answer(request, 404, "not-found")
    address = link(language, chosen_town(request, content))
    if kind == "svg":
        return HttpResponse(code_svg(address), content_type="image/svg+xml")
    return HttpResponse(code_png(address), content_type="image/png")


@require_safe
@in_language
def paper(request: HttpRequest, language: str, content: Content, name: str) -> HttpResponse:
    """A flyer, an insert or cards as PDF."""
    if name not in flyers.FORMATS:
        return errors.answer(request, 404, "not-found")
    wanted = flyers.Flyer(language, _second(request, language, content), chosen_town(request, content), name)
    made = flyers.made(wanted, content)
    if made is None:
        return errors.answer(request, 429, "busy")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="confianza-{name}-{language}.pdf"'
    return response
