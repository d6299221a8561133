"""The forms of a contact: its record, and what somebody heard on the phone."""

from __future__ import annotations

from typing import Any

from django import forms

from bot.core.errors import EditError
from bot.doors.console import refusals
from bot.doors.console.contactrows import area_names, kind_name
from bot.doors.console.desk import beside
from bot.doors.console.words import later, say
from bot.edits.catalogues import TYPO, WORDING
from bot.edits.contactbook import Entry
from bot.edits.contacts import MARKS, Contact

WORKS, FAILS = "yes", "no"


class ContactForm(forms.Form):
    """A contact's record. known: every kind of help that may be chosen."""

    name = forms.CharField(label=later("contact_name"), max_length=120)
    kinds = forms.MultipleChoiceField(label=later("contact_kinds"), help_text=later("contact_kinds_help"),
                                      widget=forms.CheckboxSelectMultiple)
    serves = forms.MultipleChoiceField(label=later("contact_serves"), help_text=later("contact_serves_help"),
                                       widget=forms.CheckboxSelectMultiple)
    phone = forms.CharField(label=later("contact_phone"), help_text=later("contact_phone_help"), max_length=40, required=False)
    url = forms.CharField(label=later("contact_url"), help_text=later("contact_url_help"), max_length=300, required=False)
    hours = forms.CharField(label=later("contact_hours"), help_text=later("contact_hours_help"), max_length=160, required=False)
    note = forms.CharField(label=later("contact_note"), help_text=later("contact_note_help"), required=False,
                           widget=forms.Textarea(attrs={"rows": 3, "lang": "en", "data-kind": "plain"}))
    publish = forms.ChoiceField(label=later("contact_publish"), widget=forms.RadioSelect)
    severity = forms.ChoiceField(label=later("contact_severity"), widget=forms.RadioSelect, initial=WORDING)
    why = forms.CharField(label=later("why"), help_text=later("why_help"), max_length=1000,
                          widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind, kind_name(kind)) for kind in known]
        self.fields["serves"].choices = list(area_names().items())
        self.fields["publish"].choices = [(mark, say(f"mark_{mark}")) for mark in MARKS]
        self.fields["severity"].choices = [(WORDING, say("contact_meaning_changed")), (TYPO, say("contact_meaning_same"))]

    def wanted(self, before: Entry | None = None) -> Contact:
        """Returns the record as it was filled in. before: the record as it stands, whose number stays as it is written."""
        data = self.cleaned_data
        phone = data["phone"]
        if before and phone == (before.contact.phone_display or ""):
            phone = before.contact.phone or phone
        chosen = tuple(data["kinds"]), tuple(data["serves"])
        return Contact(data["name"], *chosen, data["publish"], phone, data["url"], data["hours"], data["note"])


class NewContactForm(ContactForm):
    """A new contact; nothing is translated yet, so nobody asks what became of its meaning."""

    id = forms.CharField(label=later("contact_id"), help_text=later("contact_id_help"), max_length=60)
    field_order = ("id", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["severity"]


class CallForm(forms.Form):
    """What somebody found out by calling, or by looking at a page."""

    works = forms.ChoiceField(label=later("call_works"), widget=forms.RadioSelect)
    note = forms.CharField(label=later("call_note"), help_text=later("call_note_help"), max_length=500, required=False,
                           widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="call", **kwargs)
        self.fields["works"].choices = [(WORKS, say("call_yes")), (FAILS, say("call_no"))]


def filled(entry: Entry) -> dict[str, Any]:
    """Returns a record as its form begins."""
    contact = entry.contact
    return {"name": contact.name, "kinds": contact.kinds, "serves": contact.serves, "phone": contact.phone_display or "",
            "url": contact.url or "", "hours": contact.hours or "", "note": contact.note, "publish": entry.publish, "severity": WORDING}


def refuse(form: forms.Form, error: EditError) -> None:
    """Shows an error beside the field that it belongs to, else above the form."""
    texts = ((name, " ".join(value.split())) for name, value in form.cleaned_data.items() if isinstance(value, str))
    name = beside(error, texts)
    form.add_error(name if name in form.fields else None, refusals.told(error))
