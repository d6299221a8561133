"""A real browser: Debian's Chromium, headless, without any background traffic."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
SCREENS = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(scope="package")  # Playwright holds an event loop for as long as it lives; other tests need their own
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed; on Debian or Ubuntu: apt install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Any]:
    """Opens pages in browsers of their own: a screen, with or without a script."""
    contexts = []

    def opened(screen: str = "phone", script: bool = True, **options: Any) -> Page:
        context = browser.new_context(viewport=SCREENS[screen], java_script_enabled=script, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Any) -> Page:
    return open_page()


@pytest.fixture
def plain_page(open_page: Any) -> Page:
    return open_page(script=False)
