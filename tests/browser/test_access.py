"""Accessible and light: axe on every kind of page in every language, weight, requests, sizes, announcements."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from tests.running import Service

pytestmark = [pytest.mark.browser, pytest.mark.rasa]
LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
PATHS = ("", "topics/", "topics/police_ask_status?town=westport", "sources/norwalk-2025", "card", "share", "privacy", "nothing")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_BYTES = 50_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(language: str, page: Page, service: Service) -> None:
    """On every page, and on the chat with an answer: no violation of WCAG 2.2 AA, and none of the better practices."""
    axe = Axe()
    for path in PATHS:
        page.goto(f"{service.url}/{language}/{path}")
        check(axe, page, f"{language}/{path}")
    page.goto(f"{service.url}/{language}/")
    page.click("button[value=family_detained]")
    expect(page.locator("article")).to_have_count(1)
    check(axe, page, f"{language}/ with an answer")


def check(axe: Axe, page: Page, where: str) -> None:
    found = axe.run(page, options=RULES).response["violations"]
    assert [(where, v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found] == []


@pytest.mark.parametrize("path", ["", "topics/ice_at_door", "card", "share"])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_first_load_is_light(language: str, path: str, page: Page, service: Service) -> None:
    """All that is loaded for the first page weighs less than 50 kB, even without compression, and comes from us."""
    loaded: list[Response] = []
    page.on("response", lambda response: [*loaded, loaded.append(response)])
    page.goto(f"{service.url}/{language}/{path}")
    page.wait_for_load_state("networkidle")
    assert sum(len(response.body()) for response in loaded) < MOST_BYTES
    assert {response.url.split("/")[2] for response in loaded} == {service.url.split("/")[2]}
    assert all(response.ok for response in loaded)


def test_new_answers_are_announced_once(page: Page, service: Service) -> None:
    """The log is polite and announces additions only; what was said before stays as it is; the focus does not jump."""
    page.goto(f"{service.url}/en/")
    log = page.locator("#log")
    assert log.get_attribute("role") == "log"
    assert log.get_attribute("aria-relevant") == "additions"
    page.fill("#message", "menu")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(1)
    page.evaluate("document.querySelector('article').dataset.mark = 'same'")
    page.fill("#message", "what is the trust act")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(2)
    assert page.locator("article[data-mark=same]").count() == 1
    assert page.evaluate("document.activeElement.id") == "message"


@pytest.mark.parametrize("path", PATHS)
def test_targets_are_large_enough(path: str, page: Page, service: Service) -> None:
    """Every button, field and link that is no part of a sentence is at least 24 pixels high and wide."""
    page.goto(f"{service.url}/ht/{path}")
    small: list[Any] = page.locator("button:visible, select:visible, textarea:visible, nav a:visible, .list a, .call, .exit").evaluate_all(
        "all => all.filter(e => Math.min(e.offsetWidth, e.offsetHeight) < 24 && !e.matches('.skip')).map(e => e.outerHTML)"
    )
    assert small == []


def test_less_motion_is_respected(open_page: Any, service: Service) -> None:
    """Who asks for less motion gets no smooth scrolling."""
    page = open_page(reduced_motion="reduce")
    page.goto(f"{service.url}/en/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("path", PATHS)
def test_no_page_complains(path: str, page: Page, service: Service) -> None:
    """The browser's console stays empty: no blocked script, no missing file, no error."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{service.url}/pl/{path}")
    page.wait_for_load_state("networkidle")
    assert [line for line in said if "404" not in line or path != "nothing"] == []
