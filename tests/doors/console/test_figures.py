"""Figures of sentences for a page's script: all fields at once, in the console's language."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from bot.doors.console.figures import MOST_CHARACTERS, told
from tests.doors.console.conftest import Console

HARD = "Notwithstanding jurisdictional considerations, municipal representatives accommodate undocumented individuals."


def test_figures_are_counted_for_all_fields_at_once(console: Console) -> None:
    """In the order in which they were sent, in the console's language."""
    texts = ["Ask: “Am I free to go?”", HARD, "x" * 71, "是的", ""]
    client = console.as_()
    figures = client.post(reverse("measure"), {"text": texts, "kind": ["short", "short", "title", "plain", "plain"]}).json()["figures"]
    assert "of 300 characters" in figures[0]["figures"] and not figures[0]["warning"]
    assert "“ (curly quotation mark)" in figures[0]["figures"]
    assert "too hard" in figures[1]["warning"] and "1 characters too many" in figures[2]["warning"]
    assert "70 instead of 160" in figures[3]["warning"] and "是" in figures[3]["warning"]
    assert figures[4] == {"figures": "", "warning": ""}


def test_figures_speak_spanish(console: Console) -> None:
    """Our own names of characters are translated; what only Unicode names stays in its words."""
    with translation.override("es"):
        found = told("Pida “esto” 📞.", "plain")
    assert "comilla curva" in found["figures"] and "📞 (telephone receiver)" in found["warning"]


def test_a_short_text_is_no_school_year_nought(console: Console) -> None:
    """The easiest is year 1."""
    assert "School year 1: fine." in told("You can say no to them.", "plain")["figures"]


def test_an_endless_text_is_cut(console: Console) -> None:
    """Counting never takes long, whatever is pasted."""
    figures = console.as_().post(reverse("measure"), {"text": ["x" * 100_000], "kind": ["plain"]}).json()["figures"]
    assert figures[0]["figures"].startswith(f"{MOST_CHARACTERS} characters.")


def test_figures_are_sent_not_fetched(console: Console) -> None:
    """A text never stands in an address."""
    assert console.as_().get(reverse("measure")).status_code == 405
