"""{% say "key" name=value %}: a sentence of the console's words. Every template has it without {% load %}."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from bot.doors.console.refusals import told as retold
from bot.doors.console.words import known, say_safely

register = template.Library()


@register.simple_tag
def say(key: str, **values: object) -> SafeString:
    """Says a sentence in the reader's language; its values are escaped."""
    return say_safely(key, **values)


@register.simple_tag
def say_or(prefix: str, name: str) -> str:
    """Says the sentence prefix + name (- becomes _), or the name itself where there is none: for words that come from data."""
    key = f"{prefix}{name}".replace("-", "_")
    return say_safely(key) if known(key) else name


@register.filter
def told(text: str) -> str:
    """Says what a pure module refuses or advises in the reader's language."""
    return retold(text)
