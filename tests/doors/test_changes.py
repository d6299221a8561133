"""What residents see when advocates act: an answer switched off, a notice for some days, contacts that nobody checks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from bot.core.content import DRAFT, Content, Off, Said
from bot.doors.public import flyers, service
from bot.doors.public.export import export
from tests.core.builders import make_notice, with_topic
from tests.doors.conftest import Door

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
Change = Callable[[Content], Content]


@pytest.fixture
def change(door: Door) -> Callable[[Change], Content]:
    """Puts other content behind the door while it runs, as the library does when files change."""
    def put(changed: Change) -> Content:
        content = changed(service.library().content)
        service.library().content = door.brain.content = content
        return content
    return put


def off(*topics: str) -> Change:
    """Switches answers off."""
    def changed(content: Content) -> Content:
        for topic in topics:
            content = with_topic(content, replace(content.topics[topic], off=Off("Ana Advocate", date(2026, 11, 21), "a court decided")))
        return content
    return changed


def page(door: Door, path: str) -> str:
    response = door.client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def day(door: Door, today: date) -> None:
    door.settings = replace(door.settings, fixed_day=today)
    django_settings.CONFIANZA = door.settings


# Switched off

@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("town", ["", "?town=norwalk"])
def test_the_page_of_an_answer_switched_off(language: str, town: str, door: Door, change: Callable[[Change], Content]) -> None:
    """It is still there, says that it was taken down and names who can help; nothing of the answer, nor who did it, is on it."""
    content = change(off("ice_at_door"))
    html = page(door, f"/{language}/topics/ice_at_door{town}")
    topic = content.topics["ice_at_door"]
    assert content.phrase(language, "answer_off") in html
    assert 'class="contacts"' in html
    assert not [word for word in ('class="quote"', 'class="law"', 'class="first"', 'class="caution"', "<ol>") if word in html]
    assert not [text for text in (topic.short, *topic.steps) if content.say(language, topic.id, text).text in html]
    assert "Ana Advocate" not in html and "a court decided" not in html


def test_an_answer_switched_off_is_in_no_list(door: Door, change: Callable[[Change], Content]) -> None:
    """Not among all answers, not where a chat begins, not at its source, not below another answer."""
    change(off("police_ask_status", "ice_at_door"))
    lists = ("/es/topics/", "/es/", "/es/sources/westport-2019", "/es/topics/right_to_silence")
    assert not [path for path in lists if re.search(r'(topics/|value=")(police_ask_status|ice_at_door)', page(door, path))]


def test_a_section_without_answers_has_no_heading(door: Door, change: Callable[[Change], Content]) -> None:
    """Where all answers of a section are down the list goes on with the next."""
    content = change(lambda c: off(*(t.id for t in c.topics.values() if t.section == "B"))(c))
    html = page(door, "/en/topics/")
    assert content.phrases["section_B"] not in html and content.phrases["section_C"] in html


@pytest.mark.parametrize("broken", [False, True], ids=["with Rasa", "without Rasa"])
@pytest.mark.parametrize("language", ["en", "ht", "ar"])
def test_an_answer_switched_off_in_the_api(broken: bool, language: str, door: Door, change: Callable[[Change], Content]) -> None:
    """The API says the same with and without Rasa."""
    content = change(off("ice_at_door"))
    door.brain.broken = broken
    body = {"topic": "ice_at_door", "language": language}
    door.brain.memories.clear()
    answered = door.client.post("/api/messages", data=body, content_type="application/json").json()
    reply = answered["reply"]
    if broken:
        assert (answered["language"], reply["text"]) == (language, content.phrase(language, "answer_off"))
    assert answered["topic"] == "ice_at_door" and reply["contacts"]
    assert not (reply["first"] or reply["quotes"] or reply["laws"] or reply["steps"] or reply["caution"])


def test_an_answer_switched_off_by_text_message(door: Door, change: Callable[[Change], Content]) -> None:
    """What is left of an answer on its way does not come any more either: MORE says that it was taken down."""
    before = "\n".join(text.text for text in door.text("Can the police ask about my status?"))
    content = change(off("police_ask_status"))
    more = "\n".join(text.text for text in door.text("MORE"))
    assert content.phrases["answer_off"] not in before and content.phrases["answer_off"] in more
    steps = content.topics["police_ask_status"].steps
    assert not [step for step in steps if step in more + "".join(text.text for text in door.text("MORE"))]
    assert content.phrases["answer_off"] in "\n".join(text.text for text in door.text("Can the police ask about my status?"))


def test_an_answer_switched_off_is_not_printed(door: Door, change: Callable[[Change], Content]) -> None:
    """Paper cannot be corrected: the box about the door is left out until the answer is back."""
    told = service.library().content.topics["ice_at_door"].first or ""
    wanted = flyers.Flyer("en", "ar", None, "letter")
    assert told in flyers.written(wanted, service.library().content)
    html = flyers.written(wanted, change(off("ice_at_door")))
    assert told not in html and 'class="door"' not in html


def test_the_copies_hold_what_is_left(tmp_path: Path, door: Door, change: Callable[[Change], Content]) -> None:
    """In the static copy and on a phone the page is there with its sentence, and in no list."""
    content = change(lambda c: replace(off("ice_at_door")(c), languages={code: c.languages[code] for code in ("en", "ar")}))
    export(tmp_path, content)
    for code in ("en", "ar"):
        assert content.phrase(code, "answer_off") in (tmp_path / code / "topics" / "ice_at_door" / "index.html").read_text(encoding="utf-8")
        assert "ice_at_door" not in (tmp_path / code / "topics" / "index.html").read_text(encoding="utf-8")
    assert "/ar/topics/ice_at_door" in door.client.get("/ar/keep").json()["urls"]


# Notices

def noticed(**changes: Any) -> Change:
    def changed(content: Content) -> Content:
        notice = make_notice(**changes)
        table = {**content.translations["ar"], (notice.context, notice.text): Said("الطريق 7 مغلق.", DRAFT)}
        return replace(content, notices=(notice,), translations={**content.translations, "ar": table})
    return changed


BANNER = re.compile(r'<p class="notice banner" role="note" data-ends="([\d-]+)" lang="(\w+)"( dir="auto")?>(.*?)</p>')


@pytest.mark.parametrize("path", ["", "topics/", "topics/trust_act", "sources/westport-2019", "card", "privacy", "share", "topics/nothing"])
@pytest.mark.parametrize("language, lang, text", [("ar", "ar", "الطريق 7 مغلق."), ("ht", "en", "Route 7 is closed."),
                                                  ("en", "en", "Route 7 is closed.")])
def test_a_notice_stands_on_every_page(
    path: str, language: str, lang: str, text: str, door: Door, change: Callable[[Change], Content],
) -> None:
    """Once, before everything else, in the reader's language; where there is no translation it is marked as English."""
    change(noticed())
    found = BANNER.findall(door.client.get(f"/{language}/{path}").content.decode())
    assert found == [("2026-12-24", lang, ' dir="auto"' if lang != language else "", text)]


@pytest.mark.parametrize("today, shown", [
    (date(2026, 11, 20), 0), (date(2026, 11, 21), 1), (date(2026, 12, 24), 1), (date(2026, 12, 25), 0),
])
def test_a_notice_ends_by_itself(today: date, shown: int, door: Door, change: Callable[[Change], Content]) -> None:
    """From the first day to the last, without anybody's doing."""
    change(noticed())
    day(door, today)
    assert len(BANNER.findall(page(door, "/en/"))) == shown


@pytest.mark.parametrize("query, shown", [("", ["Norwalk: Route 7 is closed."]), ("?town=norwalk", ["Norwalk: Route 7 is closed."]),
                                          ("?town=westport", [])])
def test_a_towns_notice_names_it(query: str, shown: list[str], door: Door, change: Callable[[Change], Content]) -> None:
    """On a page that is not of another town."""
    change(noticed(towns=("norwalk",)))
    assert [text for *_, text in BANNER.findall(page(door, f"/en/topics/trust_act{query}"))] == shown


@pytest.mark.parametrize("broken", [False, True], ids=["with Rasa", "without Rasa"])
def test_a_notice_comes_with_every_answer(broken: bool, door: Door, change: Callable[[Change], Content]) -> None:
    """In the API first of all notices, by text message after the short answer."""
    content = change(noticed())
    door.brain.broken = broken
    reply = door.client.post("/api/messages", data={"topic": "trust_act"}, content_type="application/json").json()["reply"]
    assert reply["notices"][0] == "Route 7 is closed."
    texts = "\n".join(text.text for text in door.text(content.topics["trust_act"].title))
    assert "Route 7 is closed." in texts


def test_a_notice_cannot_write_into_the_page(door: Door, change: Callable[[Change], Content]) -> None:
    """What an advocate types is text, whatever signs are in it."""
    change(noticed(text="<script>x</script> & more"))
    html = page(door, "/en/")
    assert "&lt;script&gt;x&lt;/script&gt; &amp; more" in html and "<script>x" not in html


# Contacts

def test_contacts_that_nobody_checks_leave_every_page(door: Door, content: Content) -> None:
    """After a year and a day no number is shown but 911, on pages and by text message."""
    day(door, date(2027, 11, 22))
    for topic in ("need_lawyer", "local_help", "domestic_violence", "ice_at_door"):
        calls = re.findall(r'<a class="call" href="tel:([^"]+)"', page(door, f"/en/topics/{topic}"))
        assert set(calls) <= {"911"}
    helped = "\n".join(text.text for text in door.text("HELP"))
    assert "1-800-453-3320" not in helped and door.settings.public_url in helped


def test_the_number_for_help_follows_the_day(door: Door) -> None:
    """It is not kept from a day on which the contact could still be shown."""
    assert "1-800-453-3320" in "\n".join(text.text for text in door.text("HELP"))
    day(door, date(2027, 11, 22))
    assert "1-800-453-3320" not in "\n".join(text.text for text in door.text("HELP", number="+12035550199"))


def test_waiting_pages_of_changed_content_do_not_come(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where content changed since an answer began, MORE begins it anew: no old number comes half an hour later."""
    first = door.text("police?")
    monkeypatch.setattr(service, "version", lambda: "2")
    again = door.text("MORE")
    assert again[0].text.split("\n1/")[0] in first[0].text or again[0].text[:60] == first[0].text[:60]
    assert door.text("MORE")[0].text[:60] != first[0].text[:60]
