"""The short answer for when Rasa cannot be reached: the nearest topic by words, or the menu, always with someone to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz, process

from bot.core.compose import compose
from bot.core.content import Content
from bot.core.detect import by_script
from bot.core.reply import Reply
from bot.core.text import fold

# Of 100: below this the words have too little in common to risk an answer.
LEAST_LIKENESS = 62


def short_answer(message: str, language: str, town: str | None, content: Content, today: date) -> Reply:
    """Answers without Rasa. language: the page's or the conversation's; a Chinese or Arabic text overrides it."""
    code = by_script(message) or language
    topic = nearest_topic(message, code, content) or "menu_help"
    reply = compose(topic, code, town, content, today)
    contacts = reply.contacts or compose("local_help", code, town, content, today).contacts
    return replace(reply, contacts=contacts, quotes=(), laws=(), notices=(content.phrase(code, "short_answer"), *reply.notices))


def nearest_topic(message: str, language: str, content: Content) -> str | None:
    """Returns the topic whose title shares most words with the message, or None where none shares enough."""
    titles = {t.id: fold(content.say(language, t.id, t.title).text) for t in content.topics.values() if not t.is_service or t.first}
    found = process.extractOne(fold(message), titles, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_LIKENESS)
    return str(found[2]) if found else None
