"""The try page: what the running bot understands of a message, and what a resident would get.

The message goes to Rasa on loopback and nowhere else: into no address, no log, no database.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bot.brain import Brain, intent_message
from bot.core.content import Content
from bot.core.diagnosis import CONSOLE, read_diagnosis
from bot.core.errors import BrainError
from bot.core.faces import Faces
from bot.core.keywords import Keyword, Keywords, keyword_table
from bot.core.reply import read_payload
from bot.core.text import MAX_CHARACTERS, clean
from bot.doors.console import desk
from bot.doors.console.explaining import Fact, Near, facts, nearest
from bot.doors.console.preview import of_reply
from bot.doors.console.roles import EVERYONE, needs
from bot.doors.console.words import later, say

# Keywords that name a value, and the entity it goes to Rasa as.
ENTITIES = {"choice": "number", "language": "language"}


class TryForm(forms.Form):
    """A message, and what a resident may have chosen beside it."""

    text = forms.CharField(label=later("try_text"), help_text=later("try_text_help"), max_length=MAX_CHARACTERS,
                           widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}))
    language = forms.ChoiceField(label=later("try_language"), required=False)
    town = forms.ChoiceField(label=later("try_town"), required=False)

    def __init__(self, data: Any, content: Content) -> None:
        super().__init__(data)
        self.fields["language"].choices = [("", say("try_guess")), *((one.code, one.name) for one in content.languages.values())]
        self.fields["town"].choices = [("", say("try_no_town")), *((one.id, one.name) for one in content.towns.values())]

    def clean_text(self) -> str:
        """As the public door does: no control characters, and never a command of Rasa's."""
        text = clean(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(say("try_empty"))
        if text.startswith("/"):
            raise forms.ValidationError(say("try_command"))
        return text


@dataclass(frozen=True)
class Trial:
    """What came of a message: what was understood, row by row; the likeliest topics; the answer on every channel."""

    facts: tuple[Fact, ...]
    near: tuple[Near, ...]
    faces: Faces


@needs(EVERYONE)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("text")
def page(request: HttpRequest) -> HttpResponse:
    """Shows the box; asks the running bot."""
    content = desk.live()
    form = TryForm(request.POST if request.method == "POST" else None, content)
    if not form.is_valid():
        return render(request, "console/try.html", {"form": form}, status=400 if form.errors else 200)
    try:
        trial = ask(form.cleaned_data["text"], form.cleaned_data["language"], form.cleaned_data["town"], content)
    except BrainError:
        return render(request, "console/try.html", {"form": form, "silent": True}, status=503)
    return render(request, "console/try.html", {"form": form, "trial": trial})


def ask(text: str, language: str, town: str, content: Content) -> Trial:
    """Asks the running bot, as somebody who writes for the first time; raises BrainError where it gives no usable answer."""
    keyword = keywords(content).read(text)
    metadata = {"language": language or None, "town": town or None, "page_language": None, "channel": CONSOLE}
    payload = brain().ask(f"{CONSOLE}-{secrets.token_urlsafe(18)}", command(keyword) if keyword else text, metadata)
    try:
        reply, told = read_payload(payload), payload.get("diagnosis")
        diagnosis = read_diagnosis(told) if told and not keyword else None
        near = nearest(diagnosis, content) if diagnosis else ()
        return Trial(facts(diagnosis, keyword, reply, content), near, of_reply(reply, content))
    except (KeyError, TypeError, ValueError) as error:
        raise BrainError("Rasa answered with something else than an answer") from error


def command(keyword: Keyword) -> str:
    """Returns the command that the public door makes of a word with a fixed meaning."""
    entity = ENTITIES.get(keyword.kind)
    return intent_message(keyword.intent, **({entity: keyword.value} if entity else {}))


@lru_cache(maxsize=1)
def brain() -> Brain:
    """The client that asks Rasa."""
    return Brain(*settings.CONFIANZA.rasa_urls)


@lru_cache(maxsize=2)
def keywords(content: Content) -> Keywords:
    """The table of messages with a fixed meaning, made once for each version of the content."""
    return keyword_table(content)
