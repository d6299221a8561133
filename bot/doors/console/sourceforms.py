"""The forms of sources: a text, a document, a passage, what stands beside it. No form has a field for a passage's words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from bot.core.errors import DocumentError, EditError
from bot.doors.console import desk, refusals
from bot.doors.console.archive import refusal
from bot.doors.console.desk import beside
from bot.doors.console.words import later, say
from bot.edits.shelf import Held
from bot.edits.sources import KINDS, SHORT_LIMIT
from bot.sources.documents import MOST_BYTES, readable

PLACES = ("connecticut", "federal")


class TextForm(forms.Form):
    """A document's text: pasted or from a file, one of the two. `cleaned_data["document"]` is its characters."""

    text = forms.CharField(label=later("text_paste"), help_text=later("text_paste_help"), required=False, strip=False,
                           widget=forms.Textarea(attrs={"dir": "auto", "rows": 14, "spellcheck": "false"}))
    file = forms.FileField(label=later("text_file"), help_text=later("text_file_help"), required=False,
                           widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}))

    def clean(self) -> dict[str, Any]:
        """Reads the text; nothing of the file but its bytes is used."""
        data: dict[str, Any] = super().clean() or {}
        pasted, file = data.get("text") or "", data.get("file")
        if "file" in self.errors or "text" in self.errors:
            return data
        if bool(pasted.strip()) == bool(file):
            raise forms.ValidationError({"text": say("text_one_of_two")})
        try:
            data["document"] = readable(file.read(MOST_BYTES + 1) if file else pasted.encode())
        except DocumentError as error:
            raise forms.ValidationError({"file" if file else "text": refusal(error)}) from error
        return data

    def keep_words(self) -> None:
        """Puts a file's text into the box: a browser does not send the same file again by itself."""
        if "document" in self.cleaned_data:
            words = self.data.copy()
            words["text"] = self.cleaned_data["document"]
            self.data: Any = words


class DocumentForm(TextForm):
    """A new document."""

    id = forms.RegexField(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", label=later("source_id"), help_text=later("source_id_help"),
                          min_length=3, max_length=60, error_messages={"invalid": later("source_id_help")})
    title = forms.CharField(label=later("source_title"), max_length=300)
    publisher = forms.CharField(label=later("source_publisher"), help_text=later("source_publisher_help"), max_length=200)
    author = forms.CharField(label=later("source_author"), required=False, max_length=200)
    date = forms.RegexField(r"^\d{4}(-\d\d(-\d\d)?)?\Z", label=later("source_date"), help_text=later("source_date_help"),
                            error_messages={"invalid": later("source_date_help")})
    town = forms.ChoiceField(label=later("source_town"), help_text=later("source_town_help"))
    url = forms.CharField(label=later("source_url"), help_text=later("source_url_help"), required=False, max_length=500)
    changed = forms.CharField(label=later("source_changed"), help_text=later("source_changed_help"), max_length=1500,
                              widget=forms.Textarea(attrs={"rows": 4}))
    why = forms.CharField(label=later("source_why"), help_text=later("source_why_help"), max_length=1000,
                          widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("text", "file", "id", "title", "publisher", "author", "date", "town", "url", "changed", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].choices = [("", "—"), *places()]

    def clean_date(self) -> str:
        """A day, month or year that exists and has come."""
        written = str(self.cleaned_data["date"])
        try:
            day = date.fromisoformat(f"{written}-01-01"[:10])
        except ValueError as error:
            raise forms.ValidationError(say("source_date_help")) from error
        if day > desk.today():
            raise forms.ValidationError(say("source_date_future"))
        return written


class BesideForm(forms.Form):
    """What stands beside a passage."""

    speaker = forms.CharField(label=later("passage_speaker"), help_text=later("passage_speaker_help"), max_length=120,
                              widget=forms.TextInput(attrs={"list": "speakers"}))
    short = forms.CharField(label=later("passage_short"), help_text=later("passage_short_help"), max_length=SHORT_LIMIT,
                            widget=forms.TextInput(attrs={"list": "shorts"}))
    role = forms.CharField(label=later("passage_role"), help_text=later("passage_role_help"), max_length=200,
                           widget=forms.TextInput(attrs={"list": "roles"}))
    context = forms.CharField(label=later("passage_context"), help_text=later("passage_context_help"), max_length=600, required=False,
                              widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(label=later("source_why"), help_text=later("source_why_help"), max_length=1000,
                          widget=forms.Textarea(attrs={"rows": 2}))


class PassageForm(BesideForm):
    """A new passage; its words come from the document."""

    kind = forms.ChoiceField(label=later("passage_kind"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(label=later("passage_scope"), help_text=later("passage_scope_help"))
    requires = forms.MultipleChoiceField(label=later("passage_requires"), help_text=later("passage_requires_help"), required=False,
                                         widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label=later("passage_note"), help_text=later("passage_note_help"), max_length=600, required=False,
                           widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("speaker", "short", "role", "kind", "scope", "context", "requires", "note", "why")

    def __init__(self, data: Any, found: Held) -> None:
        super().__init__(data, initial={"scope": found.source.town})
        self.fields["kind"].choices = [(kind, say(f"kind_{kind}")) for kind in KINDS]
        self.fields["scope"].choices = places()
        self.fields["requires"].choices = [(name, f"{p.short}: {p.words[:80]}") for name, p in found.passages.items()]
        if not found.passages:
            del self.fields["requires"]


def places() -> list[tuple[str, str]]:
    """Returns whom a document or a passage may speak for: id and name."""
    towns = sorted(desk.live().towns.values(), key=lambda town: (not town.statements, town.name))
    return [*((place, say(f"place_{place}")) for place in PLACES), *((town.id, town.name) for town in towns)]


def refuse(form: forms.Form, error: EditError) -> None:
    """Shows an error beside the field that it belongs to, else above the form."""
    name = beside(error, ((name, str(value)) for name, value in form.cleaned_data.items() if name in form.fields))
    form.add_error(name if name in form.fields else None, refusals.told(error))
