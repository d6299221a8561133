"""The page in a real browser, on a phone's screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.running import Service

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_asking_keeps_the_conversation(page: Page, service: Service) -> None:
    """A question and its follow-up are answered below each other, the town kept."""
    page.goto(f"{service.url}/en/")
    page.fill("#message", "Will police in Westport ask my status?")
    page.click(".send")
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("blockquote").first).to_contain_text("We treat everyone equally")
    page.fill("#message", "and in Norwalk?")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("article").last).to_contain_text("Norwalk")
    expect(page.locator("#town")).to_have_value("norwalk")


def test_asking_without_a_script(plain_page: Page, service: Service) -> None:
    """Without JavaScript the form is posted, and the conversation goes on in the page that comes back."""
    plain_page.goto(f"{service.url}/es/")
    plain_page.click("button[value=ice_at_door]")
    expect(plain_page.locator(".first")).to_contain_text("puerta")
    plain_page.fill("#message", "¿y quién dijo eso?")
    plain_page.click(".send")
    expect(plain_page.locator("article")).to_contain_text("to be secure in their persons")


def test_right_to_left(page: Page, service: Service) -> None:
    """Arabic runs from right to left; phone numbers and English quotations keep their direction."""
    page.goto(f"{service.url}/ar/")
    page.click("button[value=family_detained]")
    expect(page.locator("article")).to_have_attribute("dir", "rtl")
    number = page.locator("a.call bdi").first
    assert number.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_nothing_scrolls_sideways(page: Page, service: Service) -> None:
    """On a narrow phone no answer is wider than the screen, in any script."""
    for language in ("en", "ht", "zh", "ar", "pl"):
        page.goto(f"{service.url}/{language}/")
        page.click("button[value=police_ask_status]")
        expect(page.locator("article")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), language


def test_nothing_is_kept_in_the_browser(page: Page, service: Service) -> None:
    """No cookie, no storage, nothing in the address, and no request to another host."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{service.url}/en/")
    page.fill("#message", "is ICE the local police")
    page.click(".send")
    expect(page.locator("article")).to_have_count(1)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.url == f"{service.url}/en/"
    assert hosts == {service.url.split("/")[2]}


def test_targets_are_large_enough(page: Page, service: Service) -> None:
    """Every button is at least 24 pixels high and wide."""
    page.goto(f"{service.url}/pt/")
    page.click("button[value=need_lawyer]")
    expect(page.locator("article")).to_have_count(1)
    sizes = page.locator("button:visible").evaluate_all("all => all.map(e => Math.min(e.offsetWidth, e.offsetHeight))")
    assert min(sizes) >= 24
