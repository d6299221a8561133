"""The short answer for when Rasa cannot be reached: the nearest topic by words, or the menu, always with someone to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from bot.core.compose import compose
from bot.core.content import Content
from bot.core.detect import by_script
from bot.core.notices import announce
from bot.core.reply import Reply
from bot.core.text import fold, script, words

# Of 100: below this a message and a title have too little in common to risk an answer.
LEAST_LIKENESS = 66
LEAST_CHARACTERS = 4


def short_answer(message: str, language: str, town: str | None, content: Content, today: date) -> Reply:
    """Answers without Rasa. language: the page's or the conversation's; a Chinese or Arabic text overrides it."""
    code = by_script(message) or language
    topic = nearest_topic(message, code, content) or "menu_help"
    reply = compose(topic, code, town, content, today)
    contacts = reply.contacts
    if not any(contact.phone_display for contact in contacts):  # somebody to call, whatever the answer itself names
        contacts = (*contacts, *compose("local_help", code, town, content, today).contacts)
    short = replace(reply, contacts=contacts, quotes=(), laws=(), notices=(content.phrase(code, "short_answer"), *reply.notices))
    return announce(short, content, today)


def nearest_topic(message: str, language: str, content: Content) -> str | None:
    """Returns the topic whose title is most like the message, or None where none is like enough."""
    asked = " ".join(words(fold(message)))
    if len(asked) < LEAST_CHARACTERS:
        return None
    topics = [t for t in content.topics.values() if not t.is_service or t.first]
    scored = [(_likeness(asked, " ".join(words(fold(content.say(language, t.id, t.title).text)))), t.id) for t in topics]
    best, topic = max(scored)
    return topic if best >= LEAST_LIKENESS else None


def _likeness(asked: str, title: str) -> float:
    """0 to 100. Words in any order; a part of a title counts where it has several words, or no spaces by its script."""
    whole = fuzz.token_sort_ratio(asked, title)
    several = " " in asked and title.startswith(asked)
    part = fuzz.partial_ratio(asked, title) - 10 if several or script(asked) != "latin" else 0
    return max(whole, part)
