"""The people: who has an account and which roles. For administrators; nobody is ever deleted, only switched off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.core.errors import EditError
from bot.doors.console import accounts, audit, refusals
from bot.doors.console.middleware import FACTORS
from bot.doors.console.roles import ADMINISTRATOR, ROLES, needs, roles_of, translator
from bot.doors.console.words import later, say


class RolesForm(forms.Form):
    """The name in the history, the roles, the languages."""

    name = forms.CharField(label=later("person_name"), help_text=later("person_name_help"), max_length=80)
    roles = forms.MultipleChoiceField(label=later("person_roles"), required=False, widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(label=later("person_languages"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role, say(f"role_{role}")) for role in ROLES]
        self.fields["languages"].choices = list(accounts.languages().items())

    def wanted(self) -> list[str]:
        """Returns the groups that were ticked."""
        return [*self.cleaned_data["roles"], *(translator(code) for code in self.cleaned_data["languages"])]

    def refuse(self, error: EditError) -> None:
        """Shows an error of an account beside its field."""
        self.add_error(error.field if error.field in self.fields else None, refusals.told(error))


class PersonForm(RolesForm):
    """A new person."""

    username = forms.CharField(label=later("person_username"), help_text=later("person_username_help"), max_length=30)
    field_order = ("username", "name", "roles", "languages")


@needs(ADMINISTRATOR)
@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """Lists all people, who is switched off last."""
    people = get_user_model().objects.order_by("-is_active", "username").prefetch_related("groups", "authenticator_set")
    rows = [{"person": user, "roles": sorted(group.name for group in user.groups.all()), "safe": _has_factor(user)} for user in people]
    return render(request, "console/people.html", {"rows": rows})


@needs(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@sensitive_variables("password")
def add(request: HttpRequest) -> HttpResponse:
    """Makes an account with a one-time password, which is shown here and nowhere else."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = accounts.one_time_password()
        try:
            user = accounts.create(form.cleaned_data["username"], form.cleaned_data["name"], password, form.wanted(), issued=True)
        except EditError as error:
            form.refuse(error)
        else:
            audit.write(request, "person-added", user.username, ", ".join(sorted(form.wanted())))
            return render(request, "console/password.html", {"person": user, "password": password})
    return render(request, "console/person_add.html", {"form": form}, status=200 if not form.errors else 400)


@needs(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, username: str) -> HttpResponse:
    """Shows a person and changes name and roles."""
    user = get_object_or_404(get_user_model(), username=username)
    held = roles_of_account(user)
    form = RolesForm(request.POST or None, initial={
        "name": user.first_name, "roles": [role for role in held if role in ROLES],
        "languages": [code for code in accounts.languages() if translator(code) in held],
    })
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, user, form)
        except EditError as error:
            form.refuse(error)
        else:
            messages.success(request, say("person_saved", name=user.first_name))
            return redirect("person", username=username)
    context = {"form": form, "person": user, "own": user == request.user, "safe": _has_factor(user)}
    return render(request, "console/person.html", context, status=200 if not form.errors else 400)


def _change(request: HttpRequest, user: Any, form: RolesForm) -> None:
    """Saves name and roles; nobody takes their own administrator's role, so that somebody is left."""
    before, wanted = set(roles_of_account(user)), set(form.wanted())
    if user == request.user and ADMINISTRATOR not in wanted:
        raise EditError("roles", say("keep_own_role"))
    accounts.rename(user, form.cleaned_data["name"])
    accounts.give(user, wanted)
    changes = [f"+{role}" for role in sorted(wanted - before)] + [f"-{role}" for role in sorted(before - wanted)]
    if changes:
        audit.write(request, "roles-changed", user.username, " ".join(changes))


@needs(ADMINISTRATOR)
@require_POST
@sensitive_variables("password")
def new_password(request: HttpRequest, username: str) -> HttpResponse:
    """Gives a new one-time password, for people who forgot theirs; ends their sessions."""
    user = _somebody_else(request, username)
    if user is None:
        return redirect("person", username=username)
    password = accounts.one_time_password()
    accounts.set_password(user, password, issued=True)
    audit.write(request, "password-issued", user.username)
    return render(request, "console/password.html", {"person": user, "password": password})


@needs(ADMINISTRATOR)
@require_POST
def reset_factor(request: HttpRequest, username: str) -> HttpResponse:
    """Takes away the second factors of somebody who lost theirs."""
    if user := _somebody_else(request, username):
        accounts.forget_factors(user)
        audit.write(request, "second-factor-reset", user.username)
        messages.success(request, say("factor_was_reset", name=user.first_name))
    return redirect("person", username=username)


@needs(ADMINISTRATOR)
@require_POST
def switch(request: HttpRequest, username: str) -> HttpResponse:
    """Switches an account off, or on again; off ends its sessions at once."""
    if user := _somebody_else(request, username):
        user.is_active = not user.is_active
        user.save(update_fields=["is_active"])
        audit.write(request, "person-on" if user.is_active else "person-off", user.username)
        messages.success(request, say("person_is_on" if user.is_active else "person_is_off", name=user.first_name))
    return redirect("person", username=username)


def roles_of_account(user: Any) -> list[str]:
    """Returns the roles an account has, switched on or off."""
    return sorted(user.groups.values_list("name", flat=True)) if not user.is_active else sorted(roles_of(user))


def _has_factor(user: Any) -> bool:
    return any(factor.type in FACTORS for factor in user.authenticator_set.all())


def _somebody_else(request: HttpRequest, username: str) -> Any:
    """Returns the person, or None with a message where it is oneself: your own account is kept on your own page."""
    user = get_object_or_404(get_user_model(), username=username)
    if user == request.user:
        messages.error(request, say("not_yourself"))
        return None
    return user
