"""Previews in the console: every language, the right direction, quotations in English."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from bot.core.content import Content
from bot.core.reply import read_payload
from bot.doors.console.frame import bare
from bot.doors.console.preview import Faces, every_language, of_reply, previews

TOPIC = "police_ask_status"
DAY = date(2026, 11, 22)


def shown(faces: Faces) -> str:
    return render_to_string("console/faces.html", {**bare(), "faces": faces})


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
def test_what_residents_read_says_its_language(content: Content, language: str, direction: str) -> None:
    """Each text for residents carries lang and dir; a quotation is English from left to right in all of them."""
    page = shown(previews(content, TOPIC, language, None, DAY))
    bubbles = re.findall(r'<p class="bubble" lang="([^"]+)" dir="([^"]+)">', page)
    assert len(bubbles) >= 4 and set(bubbles) == {(language, direction)}
    assert f'<div class="box face" lang="{language}" dir="{direction}">' in page
    assert set(re.findall(r"<blockquote ([^>]*)>", page)) == {'lang="en" dir="ltr"'}


def test_every_message_shows_its_cost(content: Content) -> None:
    """Segments and encoding stand at each text message."""
    faces = previews(content, TOPIC, "zh", None, DAY)
    page = shown(faces)
    costs = [f"Segments: {m.count.segments} ({m.count.encoding})." for m in faces.sms]
    assert re.findall(r"Segments: \d+ \([^)]+\)\.", page) == costs
    assert {m.count.encoding for m in faces.sms} == {"UCS-2"}


def test_all_languages(content: Content) -> None:
    """One preview a language, in the order of the public pages."""
    assert [faces.language.code for faces in every_language(content, TOPIC, "norwalk", DAY)] == list(content.languages)


def test_a_reply_that_is_there(content: Content) -> None:
    """The reply of the running service is shown by the same pieces."""
    faces = previews(content, TOPIC, "ht", None, DAY)
    assert of_reply(read_payload(faces.reply.payload()), content) == faces


def test_words_are_escaped(content: Content) -> None:
    """What an editor types is shown as text, whatever it holds."""
    from dataclasses import replace

    topic = replace(content.topics[TOPIC], short="Ask <script>alert(1)</script>.")
    page = shown(previews(replace(content, topics={**content.topics, TOPIC: topic}), TOPIC, "en", None, DAY))
    assert "<script" not in page and "&lt;script&gt;" in page
