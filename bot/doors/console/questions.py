"""Questions that had no answer, masked: taken in, read together, put aside. Making examples of them: see `teaching`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bot.core.content import Language
from bot.core.likeness import alike
from bot.doors.console import audit, desk
from bot.doors.console.models import Question
from bot.doors.console.roles import APPROVER, EDITOR, TRANSLATOR, may, needs
from bot.doors.console.words import say
from bot.inbox import collect

KEPT_DAYS = 90
# How many wait on one page: more are neither read nor grouped quickly. The newest come first; the others follow.
SHOWN = 300
# How many become examples in one draft: whoever approves has to read them all.
MOST_PICKED = 20
EXAMPLE, DISMISSED = "example", "dismissed"


@dataclass(frozen=True)
class Section:
    """The questions of one language, in groups of those that ask much the same, the largest first."""

    language: Language
    groups: tuple[tuple[Question, ...], ...]

    @property
    def is_mixed(self) -> bool:
        """True where some stand together and others alone."""
        return len(self.groups[0]) > 1 and len(self.groups[-1]) == 1


@needs(EDITOR, APPROVER, TRANSLATOR)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Lists what waits by language; `language` narrows it."""
    take_in()
    languages = desk.live().languages
    if not settings.CONFIANZA.console.inbox:
        return render(request, "console/questions.html", {
            "off": True, "kept": Question.objects.count(), "days": KEPT_DAYS, "may_act": may(request.user, EDITOR),
        })
    found = Question.objects.filter(done="", language__in=languages)
    wanted = request.GET.get("language", "")
    if wanted in languages:
        found = found.filter(language=wanted)
    return render(request, "console/questions.html", {
        "sections": sections(found[:SHOWN], languages.values()), "number": found.count(), "shown": SHOWN, "days": KEPT_DAYS,
        "languages": languages.values(), "wanted": wanted, "may_act": may(request.user, EDITOR), "most": MOST_PICKED,
    })


@needs(EDITOR)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Goes on with the ticked questions: to the page that makes examples of them, or out of the list."""
    picked = waiting(request.POST)
    if not picked:
        messages.error(request, say("questions_none_ticked"))
    elif request.POST.get("act") == EXAMPLE:
        if len(picked) > MOST_PICKED:
            messages.warning(request, say("questions_too_many", most=MOST_PICKED))
        ticked = urlencode([("pick", question.pk) for question in picked[:MOST_PICKED]])
        return redirect(f"{reverse('teach')}?{ticked}")
    elif request.POST.get("act") == DISMISSED:
        finish(picked, DISMISSED)
        audit.write(request, "questions-dismissed", str(len(picked)))
        messages.success(request, say("questions_dismissed", number=len(picked)))
    return back(request.POST.get("language", ""))


@needs(EDITOR)
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Deletes all questions, once the operator has switched the inbox off: the privacy page says then that there are none."""
    if settings.CONFIANZA.console.inbox:
        messages.error(request, say("questions_still_on"))
        return back()
    number, _ = Question.objects.all().delete()
    with suppress(OSError):
        collect(settings.CONFIANZA.state / "inbox")
    audit.write(request, "questions-cleared", str(number))
    messages.success(request, say("questions_cleared"))
    return back()


def take_in() -> None:
    """Moves what the public door wrote into the database, where the operator switched that on; deletes what is too old."""
    oldest = desk.today() - timedelta(days=KEPT_DAYS)
    Question.objects.filter(day__lt=oldest).delete()
    if not settings.CONFIANZA.console.inbox:
        return
    languages = desk.live().languages
    with suppress(OSError):  # what cannot be taken away stays for the next time, rather than coming twice
        Question.objects.bulk_create(
            Question(day=batch.day, language=question.language, text=question.text)
            for batch in collect(settings.CONFIANZA.state / "inbox") if batch.day >= oldest
            for question in batch.questions if question.language in languages
        )


def waiting(values: QueryDict) -> list[Question]:
    """Returns the questions that an address or a form names by `pick`, as far as they still wait."""
    picked = [value for value in values.getlist("pick") if value.isascii() and value.isdecimal() and len(value) < 19]
    return list(Question.objects.filter(done="", pk__in=picked))


def finish(questions: Iterable[Question], done: str) -> None:
    """Notes what became of questions; they leave the list."""
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(done=done)


def sections(questions: Iterable[Question], languages: Iterable[Language]) -> list[Section]:
    """Returns the questions by language, in the languages' order; languages without any are left out."""
    by_language: dict[str, list[Question]] = {}
    for question in questions:
        by_language.setdefault(question.language, []).append(question)
    return [Section(language, grouped(by_language[language.code])) for language in languages if language.code in by_language]


def grouped(questions: list[Question]) -> tuple[tuple[Question, ...], ...]:
    """Returns questions of one language in groups of like ones, the largest first."""
    groups = alike(question.text for question in questions)
    return tuple(tuple(questions[place] for place in group) for group in sorted(groups, key=len, reverse=True))


def back(language: str = "") -> HttpResponse:
    """Returns to the list, narrowed as it was."""
    known = language in desk.live().languages
    return redirect(f"{reverse('questions')}?{urlencode({'language': language})}" if known else reverse("questions"))
