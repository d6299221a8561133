"""The pages that only show what we may say: addresses, headers, neighbours in other languages, the static copy."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.core.content import Content
from bot.doors.public.export import export
from tests.doors.conftest import ADDRESS, Door

LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
PATHS = (
    "",
    "topics/",
    "topics/ice_at_door",
    "topics/police_ask_status?town=norwalk",
    "sources/westport-2019",
    "card",
    "privacy",
    "share",
    "share?town=norwalk&second=ar",
)


def post(door: Door, path: str, **form: str) -> Any:
    return door.client.post(path, data=urlencode(form), content_type="application/x-www-form-urlencoded")


class Page(HTMLParser):
    """A page's links, ids and attributes by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, *names: str) -> list[str]:
        return [value for _, attrs in self.tags for name in names if (value := attrs.get(name))]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_every_language(language: str, path: str, door: Door) -> None:
    """Each page is there, says its language and direction, and holds no brace that was not filled (but the script's {date})."""
    response = door.client.get(f"/{language}/{path}")
    assert response.status_code == 200
    html = response.content.decode()
    attributes = next(attrs for tag, attrs in Page(html).tags if tag == "html")
    assert attributes == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert set(re.findall(r"\{(\w+)\}", html)) <= {"date"}


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_the_strict_headers(path: str, door: Door) -> None:
    """Nothing but our own files, no inline script or style, no framing, no referrer, nothing cached, no cookie."""
    response = door.client.get(f"/es/{path}")
    policy = dict(rule.split(" ", 1) for rule in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["worker-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert response["Strict-Transport-Security"].startswith("max-age=")
    assert "geolocation=()" in response["Permissions-Policy"]
    assert not response.cookies
    html = response.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=|javascript:", html)


@pytest.mark.parametrize("path", PATHS)
def test_pages_load_only_our_own_files(path: str, door: Door) -> None:
    """No picture, script, style or font of another host; links to other hosts send no referrer."""
    page = Page(door.client.get(f"/fr/{path}").content.decode())
    loaded = [
        attrs.get("src") or attrs.get("href") for tag, attrs in page.tags if tag in ("script", "img", "iframe", "source", "video", "audio")
    ]
    loaded += [attrs.get("href") for tag, attrs in page.tags if tag == "link" and attrs.get("rel") in ("stylesheet", "icon", "preload")]
    assert all(address and address.startswith("/static/") for address in loaded)
    away = [attrs for tag, attrs in page.tags if tag == "a" and (attrs.get("href") or "").startswith("http")]
    assert all("noreferrer" in (attrs.get("rel") or "") for attrs in away)


@pytest.mark.parametrize("path", ["topics/", "topics/trust_act", "sources/new-haven-2006", "privacy"])
def test_pages_to_be_found_name_their_neighbours(path: str, door: Door) -> None:
    """Each language's version is named with its address, and the page may be indexed; the chat may not."""
    page = Page(door.client.get(f"/pl/{path}").content.decode())
    alternates = {attrs["hreflang"]: attrs["href"] for tag, attrs in page.tags if tag == "link" and attrs.get("rel") == "alternate"}
    assert alternates == {code: f"{ADDRESS}/{code}/{path}" for code in LANGUAGES}
    assert not [attrs for tag, attrs in page.tags if tag == "meta" and attrs.get("name") == "robots"]
    assert "noindex" in door.client.get("/pl/").content.decode()


def test_the_chat_has_a_neutral_face(door: Door, content: Content) -> None:
    """Title and icon say nothing of police or ICE; there is no preview picture or description."""
    html = door.client.get("/en/").content.decode()
    title = re.search(r"<title>(.*?)</title>", html)
    assert title is not None
    assert title.group(1) == "Questions and answers"
    assert "og:" not in html
    assert 'name="description"' not in html


MISSING = {
    "unknown language": ("/xx/", "pt-BR,pt;q=0.9", "pt"),
    "unknown topic": ("/es/topics/nothing", "", "es"),
    "a service topic": ("/es/topics/greet", "", "es"),
    "unknown source": ("/ar/sources/nothing", "", "ar"),
    "unknown path": ("/what/is/this", "zh-CN", "zh"),
    "unknown paper": ("/ht/share/poster.pdf", "", "ht"),
    "unknown code": ("/ht/share/code.gif", "", "ht"),
    "no language wanted": ("/nowhere", "", "en"),
    "odd wish": ("/nowhere", "*;q=x,,;;" * 400, "en"),
    "unknown language, topic": ("/xx/topics/ice_at_door", "fr", "fr"),
    "source without language": ("/sources/nothing", "pl", "pl"),
}


@pytest.mark.parametrize("path, wanted, language", MISSING.values(), ids=MISSING)
def test_what_is_not_there_is_said_in_the_nearest_language(path: str, wanted: str, language: str, door: Door, content: Content) -> None:
    """404 in the address's language, else the browser's, else English."""
    response = door.client.get(path, headers={"Accept-Language": wanted})
    assert response.status_code == 404
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert content.phrase(language, "error_not_found") in html


def test_a_source_without_a_language_finds_one(door: Door) -> None:
    """/sources/{id} sends the visitor to the browser's language."""
    response = door.client.get("/sources/westport-2019", headers={"Accept-Language": "ht"})
    assert (response.status_code, response["Location"]) == (302, "/ht/sources/westport-2019")


def test_an_address_without_its_last_stroke(door: Door) -> None:
    """People type addresses from paper."""
    assert door.client.get("/ht")["Location"] == "/ht/"


@pytest.mark.parametrize("path", ["/en/topics/trust_act", "/en/card", "/en/share", "/sw.js", "/en/keep", "/en/share/code.svg"])
def test_pages_only_answer_reading(path: str, door: Door) -> None:
    """HEAD is answered without a body; anything that writes is refused."""
    assert door.client.head(path).status_code == 200
    assert door.client.head(path).content == b""
    for method in ("post", "put", "delete", "options"):
        assert getattr(door.client, method)(path, content_type="application/json").status_code == 405


def test_each_passage_can_be_reached_from_its_answer(door: Door, content: Content) -> None:
    """One tap on a quotation leads to its place on its source's page, which says what has changed since."""
    for topic in ("police_ask_status", "is_ice_local_police", "trust_act"):
        links = [a for a in Page(door.client.get(f"/es/topics/{topic}?town=westport").content.decode()).values("href") if "/sources/" in a]
        assert links
        for link in links:
            address, anchor = link.split("#")
            html = door.client.get(address).content.decode()
            assert anchor in Page(html).values("id")
            document = content.quotes[anchor].document
            assert content.say("es", document.id, document.changed).text in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_english_with_the_readers_language_under_it(language: str, door: Door, content: Content) -> None:
    """Every line in English, marked as English, and its translation."""
    html = door.client.get(f"/{language}/card").content.decode()
    for line in content.pages["card"].parts[0].lines:
        assert f"<strong>{line}</strong>" in html
        if language != "en":
            assert content.say(language, "page.card", line).text in html


VOTES = {
    "yes": ("trust_act", "yes", 200),
    "no": ("trust_act", "no", 200),
    "something else": ("trust_act", "maybe", 400),
    "no topic": ("", "yes", 400),
    "unknown topic": ("nothing", "yes", 400),
}


@pytest.mark.parametrize("topic, vote, status", VOTES.values(), ids=VOTES)
def test_votes_are_counted_with_nothing_else(topic: str, vote: str, status: int, door: Door) -> None:
    """A yes or a no to a topic is thanked for; anything else is refused."""
    assert post(door, "/es/helped", topic=topic, helped=vote).status_code == status


def test_leaving_forgets_the_conversation(door: Door) -> None:
    """Whoever leaves with a conversation has it forgotten; without one nothing happens."""
    token = door.client.post("/api/messages", data={"message": "hello"}, content_type="application/json").json()["conversation"]
    assert post(door, "/leave", conversation=token).status_code == 204
    assert door.brain.asked[-1][1] == "/forget"
    asked = len(door.brain.asked)
    assert post(door, "/leave", conversation="forged").status_code == 204
    assert len(door.brain.asked) == asked


REFUSED = {
    "a file": ("multipart/form-data; boundary=x", b"--x--", 415),
    "a large form": ("application/x-www-form-urlencoded", b"a=" + b"x" * 70_000, 413),
}


@pytest.mark.parametrize("path", ["/en/", "/leave", "/en/helped", "/phone", "/api/messages"])
@pytest.mark.parametrize("kind, body, status", REFUSED.values(), ids=REFUSED)
def test_nobody_sends_us_files(path: str, kind: str, body: bytes, status: int, door: Door) -> None:
    """Refused before it is read: a file would be written to the disk of a service that writes nothing."""
    assert door.client.post(path, data=body, content_type=kind).status_code == status


def test_half_a_character_is_no_token(door: Door) -> None:
    """A lone surrogate in a token is a forged token, no error of ours."""
    body = '{"message": "hi", "conversation": "\\ud800:x"}'
    response = door.client.post("/api/messages", data=body, content_type="application/json")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "conversation")


def test_a_refused_message_is_not_lost(door: Door) -> None:
    """Without a script too: the page comes back with conversation, town and what was typed."""
    token = door.client.post("/api/messages", data={"message": "hello"}, content_type="application/json").json()["conversation"]
    form = {"message": "x" * 2001, "conversation": token, "town": "norwalk"}
    html = door.client.post("/en/", data=urlencode(form), content_type="application/x-www-form-urlencoded").content.decode()
    assert f'name="conversation" value="{token}"' in html
    assert '<option value="norwalk" selected>' in html
    assert "x" * 2001 in html


def test_lines_count_as_the_browser_counts_them(door: Door) -> None:
    """A browser sends two characters for an end of line that it counts as one."""
    form = {"message": "\r\n".join(["x" * 9] * 200)}
    assert door.client.post("/en/", data=urlencode(form), content_type="application/x-www-form-urlencoded").status_code == 200


def test_what_is_kept_on_a_phone_is_there(door: Door) -> None:
    """Every address to keep answers, and card, all answers and the page's own files are among them."""
    kept = door.client.get("/zh/keep").json()
    assert {"/zh/card", "/zh/topics/", "/zh/topics/ice_at_door", "/static/public/page.css"} <= set(kept["urls"])
    assert kept["home"] in kept["urls"]
    assert all(door.client.get(address).status_code == 200 for address in kept["urls"])


def test_the_static_copy_is_whole(tmp_path: Path, door: Door, content: Content) -> None:
    """Every link of every exported page leads to a file of the copy, from whatever folder it is served; nothing needs us."""
    pages = export(tmp_path, content)
    files = list(tmp_path.rglob("*.html"))
    assert len(files) == pages > 800
    for file in files:
        html = file.read_text(encoding="utf-8")
        assert "/static/" not in html.replace("../static/", "").replace('"static/', "")
        assert "<form" not in html
        for link in Page(html).values("href", "src"):
            if not link.startswith(("http", "tel:", "#")):
                path, _, anchor = link.partition("#")
                target = tmp_path / posixpath.normpath(posixpath.join(file.parent.relative_to(tmp_path).as_posix(), path))
                assert target.is_file(), (file, link)
                assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8") or anchor == "main"
