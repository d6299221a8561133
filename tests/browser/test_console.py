"""The advocates' work in a real browser, with the real bot beside it: what a second person approves, residents are told seconds later."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.simulator import Phone
from tests.browser.advocates import Desk, account, log_in
from tests.checkouts import git, whole
from tests.running import Service, running

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

LIVE_WITHIN_SECONDS = 5.0
OFF_WITHIN_SECONDS = 10.0
TOPIC = "plate_readers"
DOCUMENT = "Norwalk, 3 November 2026\n\nThe chief said: “We will not share what the cameras see with ICE.” 🙂 He gave no details.\n"
WORDS = "We will not share what the cameras see with ICE."
NEW = "In November 2026 the Norwalk chief said that the cameras are not for ICE. Ask a lawyer."
SPANISH = "En noviembre de 2026 el jefe de Norwalk dijo que las cámaras no son para ICE. Pregunte a un abogado."


@dataclass
class Office:
    """The running bot, the console over the same checkout, and a browser for each person."""

    service: Service
    desk: Desk
    pages: Callable[..., Page]

    def person(self, username: str, *roles: str) -> Page:
        """Makes an account, logs in, and returns the person's browser."""
        account(self.desk, username, *roles)
        page = self.pages("desktop")
        log_in(page, self.desk, username)
        return page

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.desk.url}{path}")

    def approve(self, page: Page, draft: str, tick: str | None = None) -> float:
        """Approves a draft and returns when that was."""
        page.goto(draft)
        if tick:
            page.check(f"[name={tick}]")
        page.get_by_role("button", name="Approve and publish").click()
        expect(page.get_by_text("is live.")).to_be_visible()
        return time.monotonic()

    def says(self, language: str = "en") -> str:
        return str(self.service.ask(topic=TOPIC, language=language, town="norwalk")["reply"]["text"])

    def texts(self, words: str) -> str:
        """What a phone gets in all."""
        phone = Phone(self.service.settings, f"+1203555{int(time.monotonic() * 1000) % 10000:04}")
        first = "\n".join(received.text for received in phone.send(words))
        return first + "\n".join(received.text for _ in range(3) for received in phone.send("MORE"))


@pytest.fixture(scope="module")
def checkout(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole(tmp_path_factory.mktemp("office") / "checkout", root)


@pytest.fixture(scope="module")
def bureau(root: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Desk]]:
    """The whole service with its console, over a checkout of its own."""
    if not (root / "models" / "confianza.tar.gz").exists():
        pytest.skip("there is no trained model; run `make train`")
    with running(root, tmp_path_factory.mktemp("service"), checkout) as service:
        yield service, Desk(f"http://127.0.0.1:{service.settings.console.port}", checkout, service.state)


@pytest.fixture
def office(bureau: tuple[Service, Desk], open_page: Any) -> Office:
    return Office(*bureau, open_page)


def soon(what: Callable[[], bool], seconds: float, since: float) -> float:
    """Waits until something is so, and returns how long that took; asking about the content is what makes the bot look for it."""
    while not what():
        assert time.monotonic() - since < seconds, f"not so after {seconds} s"
        time.sleep(0.2)
    return time.monotonic() - since


def select(page: Page, words: str) -> None:
    """Selects words in the document as a pointer does."""
    page.evaluate("""words => {
        const text = document.getElementById("document"), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
        }
        throw new Error("these words are not there");
    }""", words)


def add_source(office: Office, maria: Page) -> str:
    """A new document, pasted; returns the draft's address."""
    office.open(maria, "/sources/new")
    fields = {"text": DOCUMENT, "id": "norwalk-cameras-2026", "title": "Chief on cameras", "publisher": "Example Gazette",
              "date": "2026-11-03", "url": "https://example.org/cameras", "changed": "Nothing that we know of.", "why": "New statement"}
    for name, value in fields.items():
        maria.fill(f"[name={name}]", value)
    maria.select_option("[name=town]", "norwalk")
    maria.get_by_role("button", name="Hand in").click()
    maria.wait_for_url("**/drafts/**")
    return maria.url


def quote(office: Office, maria: Page) -> str:
    """A passage selected in the document; returns the draft's address."""
    office.open(maria, "/sources/norwalk-cameras-2026/")
    select(maria, WORDS)
    expect(maria.locator("#selected")).to_contain_text(WORDS)
    maria.get_by_role("button", name="Quote these words").click()
    assert maria.locator("main textarea, main input[type=text]").filter(has_text=WORDS).count() == 0, "the words cannot be typed"
    beside = {"speaker": "A. Chief", "short": "Norwalk police chief", "role": "Police chief of Norwalk (2026)", "why": "For cameras"}
    for name, value in beside.items():
        maria.fill(f"[name={name}]", value)
    maria.check("[name=kind][value=spoken]")
    maria.get_by_role("button", name="Hand in").click()
    maria.wait_for_url("**/drafts/**")
    return maria.url


def edit_answer(office: Office, maria: Page, short: str, severity: str, passage: str = "") -> str:
    """New words for an answer; returns the draft's address."""
    office.open(maria, f"/answers/{TOPIC}/")
    maria.fill("textarea[name=short]", short)
    maria.fill("textarea[name='towns.norwalk']", short)
    if passage:
        maria.locator("select[name=quotes]").last.select_option(passage)
    maria.check(f"[name=severity][value={severity}]")
    maria.fill("[name=why]", "The chief spoke")
    maria.get_by_role("button", name="Hand in").first.click()
    maria.wait_for_url("**/drafts/**")
    return maria.url


def test_from_a_new_source_to_residents_and_back(office: Office, checkout: Path) -> None:
    """A source, a quotation, an answer, a translation: each approved by a second person, live in 5 s on web and phone; then undone."""
    maria, ana = office.person("maria", "editor", "approver"), office.person("ana", "approver")
    jean, luz = office.person("jean", "translator-es"), office.person("luz", "translator-es")
    old, old_spanish = office.says(), office.says("es")

    office.approve(ana, add_source(office, maria))
    assert DOCUMENT.split("“")[1][:20] not in git(checkout, "show", "HEAD"), "the text of the document is not published"
    office.approve(ana, quote(office, maria))
    passage = "norwalk-cameras-2026-we-will-not-share-what"

    draft = edit_answer(office, maria, NEW, "law", passage)
    maria.goto(draft)
    expect(maria.get_by_role("button", name="Approve and publish")).to_have_count(0)
    ana.goto(draft)
    expect(ana.locator(".diff ins").first).to_be_visible()
    approved = office.approve(ana, draft)
    assert soon(lambda: office.says() == NEW, LIVE_WITHIN_SECONDS, approved) < LIVE_WITHIN_SECONDS
    answer = office.service.ask(topic=TOPIC, language="en", town="norwalk")["reply"]
    assert WORDS in [found["text"] for found in answer["quotes"]]
    assert "cameras are not for ICE" in office.texts("can police cameras see my license plate in norwalk")
    spanish = office.service.ask(topic=TOPIC, language="es", town="norwalk")["reply"]
    assert spanish["text"] == NEW, "after a change of the law the old translation is not shown"
    assert any("cambi" in notice for notice in spanish["notices"])

    office.open(jean, f"/translations/es/{TOPIC}/")
    for box in jean.locator("section.sentence", has_text=NEW).locator("textarea").all():
        box.fill(SPANISH)
    jean.get_by_role("button", name=re.compile("Hand in")).click()
    jean.wait_for_url("**/drafts/**")
    approved = office.approve(luz, jean.url, tick="reviewed")
    soon(lambda: office.says("es") == SPANISH, LIVE_WITHIN_SECONDS, approved)

    office.open(ana, f"/history/?path=data/answers/topics/{TOPIC}.yml")
    ana.locator("main .rows a").first.click()
    ana.fill("[name=why]", "Too early")
    ana.get_by_role("button", name="Take this change back").click()
    undone = time.monotonic()
    soon(lambda: office.says() == old, LIVE_WITHIN_SECONDS, undone)
    assert git(checkout, "status", "--porcelain").split() in ([], ["??", "models"])
    assert old_spanish


def test_a_forbidden_number_is_refused_beside_its_field(office: Office) -> None:
    """A number that must never be shown stays in the form, refused beside its field; residents never see it."""
    page = office.person("rosa", "editor")
    office.open(page, f"/answers/{TOPIC}/")
    page.fill("textarea[name=caution]", "Call 866-347-2423 and tell them.")
    page.check("[name=severity][value=wording]")
    page.fill("[name=why]", "x")
    page.get_by_role("button", name="Hand in").first.click()
    expect(page.locator(".field.wrong textarea[name=caution]")).to_have_value("Call 866-347-2423 and tell them.")
    expect(page.locator(".field.wrong .error")).to_contain_text("866-347-2423")


def test_one_switch_turns_an_answer_off_everywhere(office: Office) -> None:
    """An editor switches an answer off alone; within 10 s it is gone from web and phone. An approver switches it on again."""
    editor, approver = office.person("otto", "editor"), office.person("petra", "approver")
    before = office.says()
    office.open(editor, f"/answers/{TOPIC}/off")
    editor.fill("[name=why]", "The city denies it")
    editor.locator("main button.danger").click()
    off = time.monotonic()
    editor.wait_for_url(f"**/answers/{TOPIC}/**")
    soon(lambda: office.says() != before, OFF_WITHIN_SECONDS, off)
    gone = office.service.ask(topic=TOPIC, language="ar", town="norwalk")["reply"]
    assert not gone["quotes"] and not gone["steps"] and gone["contacts"]
    assert before[:40] not in office.texts("can police cameras see my license plate in norwalk")
    office.open(approver, f"/answers/{TOPIC}/on")
    approver.fill("[name=why]", "It is right")
    approver.locator("main form button").last.click()
    soon(lambda: office.says() == before, OFF_WITHIN_SECONDS, time.monotonic())


def test_figures_while_typing(office: Office) -> None:
    """While an editor types, school year, segments and the character that costs more are counted, without sending the page."""
    page = office.person("nina", "editor")
    office.open(page, f"/answers/{TOPIC}/")
    page.fill("textarea[name=short]", "Stay calm. 🙂")
    figures = page.locator("#id_short_figures, [id$='short_figures']").first
    expect(figures).to_contain_text(re.compile(r"UCS-2|segment"), timeout=10_000)
    expect(page.locator("output[id$='short_warning']").first).to_contain_text("🙂", timeout=10_000)


def test_keyboard_only(office: Office) -> None:
    """Without a pointer: the first Tab leads past the navigation, and the focus is always to be seen."""
    page = office.person("kim", "editor")
    office.open(page, "/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
