"""Questions become examples of topics: the masked words are written out, topics chosen, and all of it is one draft."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bot.core.content import Content, Language
from bot.core.diagnosis import CONSOLE, read_diagnosis
from bot.core.errors import BrainError, EditError, HistoryError
from bot.core.privacy import MASK
from bot.core.text import clean
from bot.doors.console import desk, refusals
from bot.doors.console.explaining import Near, nearest
from bot.doors.console.models import Question
from bot.doors.console.questions import EXAMPLE, MOST_PICKED, back, finish, waiting
from bot.doors.console.roles import EDITOR, needs
from bot.doors.console.trying import brain
from bot.doors.console.words import later, say
from bot.edits.examples import MOST_CHARACTERS, add_example
from bot.history.drafts import Draft, Proposal
from bot.history.files import Files

# How long the page waits for what the running bot makes of the questions: for one of them, and for all.
SECONDS_EACH, SECONDS_ALL = 2.0, 4.0


@dataclass(frozen=True)
class Row:
    """One question in the form, with its two fields and the topics that the running bot finds likeliest."""

    question: Question
    language: Language
    text: Any
    topic: Any
    near: tuple[Near, ...]


class TeachForm(forms.Form):
    """For each question its words and its topic; one reason for all."""

    why = forms.CharField(label=later("teach_why"), help_text=later("teach_why_help"), max_length=300)

    def __init__(self, data: Any, questions: Sequence[Question], content: Content) -> None:
        super().__init__(data)
        self._questions, self._languages = questions, content.languages
        topics = [("", say("teach_choose")), *((topic.id, topic.title) for topic in content.topics.values())]
        for question in questions:
            attributes = {"rows": 2, "lang": question.language, "dir": content.languages[question.language].direction}
            self.fields[f"text_{question.pk}"] = forms.CharField(
                label=say("teach_text"), max_length=MOST_CHARACTERS, initial=question.text, widget=forms.Textarea(attributes),
                help_text=say("teach_text_help") if MASK in question.text else "",
            )
            self.fields[f"topic_{question.pk}"] = forms.ChoiceField(label=say("teach_topic"), choices=topics)
        self.order_fields([name for name in self.fields if name != "why"])

    def clean(self) -> dict[str, Any]:
        """Nothing masked can be learned from."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if name.startswith("text_") and MASK in value:
                self.add_error(name, say("teach_still_masked"))
        return cleaned

    def wanted(self) -> Iterator[tuple[Question, str, str]]:
        """Yields each question with its words and its topic."""
        for question in self._questions:
            yield question, self.cleaned_data[f"text_{question.pk}"], self.cleaned_data[f"topic_{question.pk}"]

    def rows(self, near: dict[int, tuple[Near, ...]]) -> list[Row]:
        """Returns the questions as the page shows them."""
        return [
            Row(q, self._languages[q.language], self[f"text_{q.pk}"], self[f"topic_{q.pk}"], near.get(q.pk, ()))
            for q in self._questions
        ]


@needs(EDITOR)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Shows the ticked questions, and hands in the draft that makes examples of them."""
    content = desk.live()
    values = request.POST if request.method == "POST" else request.GET
    questions = [question for question in waiting(values) if question.language in content.languages][:MOST_PICKED]
    if len(questions) < len(values.getlist("pick")):
        messages.warning(request, say("teach_some_done"))
    if not questions:
        return back()
    form = TeachForm(request.POST if request.method == "POST" else None, questions, content)
    try:
        at = desk.opened(request)
        if request.method == "POST" and form.is_valid() and (draft := _handed_in(request, at, form)):
            finish(questions, EXAMPLE)
            return redirect(reverse("draft", args=[draft.id]))
    except HistoryError as error:
        messages.error(request, refusals.told(error))
        return back()
    near = understood(questions, content) if request.method == "GET" else {}
    context = {"form": form, "rows": form.rows(near), "desk": at, "silent": request.method == "GET" and not near}
    return render(request, "console/teach.html", context, status=400 if form.errors else 200)


def _handed_in(request: HttpRequest, at: desk.Desk, form: TeachForm) -> Draft | None:
    """Returns the draft; None where a field cannot stay as it is, which the form says then."""
    files = _taught(at.files, form)
    if form.errors:
        return None
    about = ", ".join(sorted({f"{question.language}:{topic}" for question, _, topic in form.wanted()}))
    number = len(list(form.wanted()))
    title = say("teach_title_one", about=about) if number == 1 else say("teach_title", number=number, about=about)
    try:
        return desk.hand_in(request, at, Proposal(title[:120], form.cleaned_data["why"], EXAMPLE, about[:200], files.changes))
    except EditError as error:
        texts = [(name, str(value)) for name, value in form.cleaned_data.items() if name.startswith("text_")]
        form.add_error(desk.beside(error, texts) or None, refusals.told(error))
        return None


def _taught(files: Files, form: TeachForm) -> Files:
    """Returns the files with every example; what is refused is said beside its field."""
    for question, text, topic in list(form.wanted()):
        try:
            files = files.changed(add_example(files, question.language, topic, text))
        except EditError as error:
            form.add_error(f"{error.field}_{question.pk}" if error.field else None, refusals.told(error))
    return files


def understood(questions: Sequence[Question], content: Content) -> dict[int, tuple[Near, ...]]:
    """Returns what the running bot makes of the questions now, by their key; of fewer where it does not answer in time."""
    found: dict[int, tuple[Near, ...]] = {}
    until = time.monotonic() + SECONDS_ALL
    for question in questions:
        if time.monotonic() > until:
            break
        try:
            found[question.pk] = _likeliest(question, content)
        except BrainError:
            break
    return found


def _likeliest(question: Question, content: Content) -> tuple[Near, ...]:
    bare = clean(question.text.replace(MASK, " ")).lstrip("/ ")  # never a command of Rasa's
    metadata = {"language": question.language, "town": None, "page_language": None, "channel": CONSOLE}
    told = brain().ask(f"{CONSOLE}-{secrets.token_urlsafe(18)}", bare, metadata, SECONDS_EACH).get("diagnosis")
    try:
        return nearest(read_diagnosis(told), content)[:3] if told else ()
    except (KeyError, TypeError, ValueError) as error:
        raise BrainError("Rasa answered with something else than a diagnosis") from error
