"""The console's tables beside Django's own: who did what, and whose password somebody else chose."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One line of the audit log. No address, no browser, no password; a name that no account has is not kept."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    who = models.CharField(max_length=150, blank=True)  # a username, not a key: the line outlives the account
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        """The newest come first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.who} {self.what} {self.about}".strip()


class IssuedPassword(models.Model):
    """Stands while a person's password is one that was made for them; goes when they choose their own."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="issued_password")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.user_id)


class Presence(models.Model):
    """Who has which piece open for editing, and when they were last seen at it; so that two people know of each other."""

    about = models.CharField(max_length=200)
    who = models.CharField(max_length=150)
    seen = models.DateTimeField(auto_now=True)

    class Meta:
        """One row for each person at a piece."""

        constraints = (models.UniqueConstraint(fields=("about", "who"), name="one_presence_each"),)

    def __str__(self) -> str:
        return f"{self.who} at {self.about}"


class Question(models.Model):
    """A question that had no answer, as it may be kept: masked, with its day. done: what became of it ("" while it waits)."""

    day = models.DateField()
    language = models.CharField(max_length=5)
    text = models.TextField()
    done = models.CharField(max_length=20, blank=True)

    class Meta:
        """The newest day first; within a day by text, so that no order of arrival is left."""

        ordering = ("-day", "language", "text")

    def __str__(self) -> str:
        return f"{self.day} {self.language}"
