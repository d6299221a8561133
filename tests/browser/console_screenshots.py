"""Writes the pictures of docs/advocates.md from the real console: `make screenshots`. Look at them before you commit them.

People, statement and question are invented; each language gets a console of its own over a fresh copy of the content.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.advocates import Desk, account, add_app, console_running, log_in, type_code, type_password
from tests.browser.camera import keep, shot
from tests.browser.conftest import CHROMIUM, FLAGS, SCREENS
from tests.browser.mouse import drag
from tests.checkouts import whole
from tests.running import running

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "pictures"
LOCALES = {"en": "en-US", "es": "es-US"}
MARIA, ANA, JEAN = "maria.lopez", "ana.silva", "jean.pierre"
PEOPLE = {MARIA: ("María López", "editor", "steward"), ANA: ("Ana Silva", "approver"), JEAN: ("Jean Pierre", "translator-ht")}
TOPIC = "ice_at_door"
CALM = "Stay calm. "
WHY = {
    "en": "People told us that the first words frightened them.",
    "es": "Nos dijeron que las primeras palabras asustaban.",
}
QUESTION = "la policia de westport me puede pedir mis papeles?"
STATEMENT = """Example town council, sample statement

This text is invented. It shows how words are selected.

The council met on Monday. “Our officers do not ask people about their immigration status,” the chair of the example council said. \
“That is true for witnesses too.” The council will meet again in spring.
"""
SOURCE = {
    "text": STATEMENT, "id": "example-2026", "title": "Sample statement", "publisher": "Example town council", "date": "2026-11",
    "url": "https://example.org/statement", "changed": "Nothing that we know of. This source is invented.", "why": "To show how to quote.",
}


@dataclass
class Studio:
    """One language's console, and a page in a browser of their own for each person."""

    desk: Desk
    browser: Browser
    language: str
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, username: str) -> Page:
        """Returns the person's page, not yet logged in."""
        if username not in self.pages:
            context = self.browser.new_context(viewport=SCREENS["desktop"], locale=LOCALES[self.language], reduced_motion="reduce")
            context.set_default_timeout(20_000)
            self.pages[username] = context.new_page()
        return self.pages[username]

    def logged_in(self, username: str) -> Page:
        """Returns the person's page, logged in the first time."""
        page = self.page(username)
        if page.url == "about:blank":
            log_in(page, self.desk, username)
        return page

    def open(self, username: str, path: str) -> Page:
        """Returns the person's page at a path."""
        page = self.logged_in(username)
        page.goto(f"{self.desk.url}{path}")
        return page


def main() -> None:
    """Starts the bot and the console, and writes every picture in both languages."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        here = Path(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with running(ROOT, here, whole(here / "content", ROOT)) as service:
            for language in LOCALES:
                photograph(browser, language, here / language, service.settings.rasa_port)
        browser.close()


def photograph(browser: Browser, language: str, folder: Path, rasa_port: int) -> None:
    """Writes the pictures of one language, from a console that asks the bot at this port."""
    with console_running(ROOT, folder, CONFIANZA_RASA_PORT=str(rasa_port)) as desk:
        for username, (name, *roles) in PEOPLE.items():
            account(desk, username, *roles, name=name)
        for name, picture in pictures(Studio(desk, browser, language)):
            keep(picture, FOLDER / f"console-{name}.{language}.png")


def pictures(studio: Studio) -> Iterator[tuple[str, Image.Image]]:
    """Yields the pictures in the order of one working day: each stands on what was done before."""
    yield "second-factor", second_factor(studio)
    yield "answer", answer(studio)
    yield "first-page", first_page(studio)
    yield "draft", draft(studio)
    yield "translation", translation(studio)
    yield "selecting", selecting(studio)
    yield "contact", contact(studio)
    yield "off", off(studio)
    yield "try", trying(studio)


def second_factor(studio: Studio) -> Image.Image:
    """María sets up the app at her first login."""
    page = studio.page(MARIA)
    type_password(page, studio.desk, MARIA)
    add_app(page, studio.desk, MARIA)
    taken = shot(page, page.locator("main .narrow"))
    type_code(page, studio.desk, MARIA)
    return taken


def answer(studio: Studio) -> Image.Image:
    """She words an answer anew, sees the figures, and hands it in."""
    page = studio.open(MARIA, f"/answers/{TOPIC}/")
    box = page.locator("#id_short")
    figures = page.locator("#id_short_figures")
    before = figures.inner_text()
    box.fill(CALM + box.input_value())
    page.wait_for_function("before => document.querySelector('#id_short_figures').innerText !== before", arg=before)
    taken = shot(page, page.locator("main h1"), page.locator(".field:has(#id_short)"))
    page.check("#id_severity_wording")
    page.fill("[name=why]", WHY[studio.language])
    page.click("button[value=hand_in]")
    page.wait_for_url("**/drafts/*/")
    return taken


def first_page(studio: Studio) -> Image.Image:
    """Ana sees what waits for her."""
    page = studio.logged_in(ANA)
    return shot(page, page.locator("header.top"), page.locator("main section").nth(3))


def draft(studio: Studio) -> Image.Image:
    """She reads what changes and how residents would get it, and approves it."""
    page = studio.open(ANA, "/drafts/")
    page.click("main .rows a")
    taken = shot(page, page.locator("main h1"), page.locator(".faces .phone li").first)
    page.click("form[action$='/approve/'] button")
    page.wait_for_selector(".notice.success")
    return taken


def translation(studio: Studio) -> Image.Image:
    """Jean sees how the English of his sentence changed."""
    page = studio.open(JEAN, f"/translations/ht/{TOPIC}/")
    sentence = page.locator("section.sentence:has(.diff)").first
    return shot(page, sentence)


def selecting(studio: Studio) -> Image.Image:
    """María adds a statement, and drags over the words that she wants to quote."""
    page = studio.open(MARIA, "/sources/new")
    for name, text in SOURCE.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=town]", "connecticut")
    page.click("main form button")
    page.wait_for_url("**/drafts/*/")
    page.click("main a.button[href*='draft=']")
    drag(page, "“Our officers", "status,”")
    page.wait_for_selector("#select button:enabled")
    return shot(page, page.locator("#text-heading"), page.locator("#select"))


def contact(studio: Studio) -> Image.Image:
    """She has called a number and notes it."""
    page = studio.open(MARIA, "/contacts/statewide-legal-services-ct/")
    page.locator("form[action$='/called'] [type=radio]").first.check()
    return shot(page, page.locator("main h1"), page.locator("form[action$='/called']"))


def off(studio: Studio) -> Image.Image:
    """The page that switches an answer off."""
    page = studio.open(ANA, f"/answers/{TOPIC}/off")
    return shot(page, page.locator("main h1"), page.locator("main form"))


def trying(studio: Studio) -> Image.Image:
    """She asks the bot as a resident would."""
    page = studio.open(MARIA, "/try/")
    page.fill("[name=text]", QUESTION)
    page.click("main form button")
    page.wait_for_selector("#understood")
    return shot(page, page.locator("main h1"), page.locator("main table").last)


if __name__ == "__main__":
    main()
