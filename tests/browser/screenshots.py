"""Writes the README's pictures from the running service: `make screenshots`. Look at them before you commit them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, SCREENS
from tests.running import Service, running

ROOT = Path(__file__).resolve().parent.parent.parent
GAP, COLOURS = 24, 128
Act = Callable[[Page], None]


def asked(topic: str) -> Act:
    """Presses a starter question."""

    def act(page: Page) -> None:
        page.click(f"button[value={topic}]")
        page.wait_for_selector("article")
        page.evaluate("document.querySelector('article').scrollIntoView()")

    return act


def texted(page: Page) -> None:
    """Texts with the simulated phone."""
    for text in ("policia en norwalk me pregunta papeles?", "mas"):
        page.fill("#message", text)
        page.click("button")


def nothing(page: Page) -> None:
    """Shows the page as it opens."""


PICTURES: dict[str, list[tuple[str, Act]]] = {
    "screenshot": [("es/?town=westport", asked("police_ask_status")), ("ht/", nothing), ("ar/", asked("ice_at_door"))],
    "pages": [("zh/card", nothing), ("pl/topics/", nothing), ("pt/share?town=norwalk", nothing)],
    "phone": [("phone", texted)],
}


def main() -> None:
    """Starts the service and writes every picture to docs/."""
    with tempfile.TemporaryDirectory() as folder, running(ROOT, Path(folder)) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, views in PICTURES.items():
            picture([shot(browser, service, path, act) for path, act in views]).save(ROOT / "docs" / f"{name}.png", optimize=True)
            print(f"docs/{name}.png")
        browser.close()


def shot(browser: Browser, service: Service, path: str, act: Act) -> Image.Image:
    """Returns what a phone shows."""
    page = browser.new_page(viewport=SCREENS["phone"], device_scale_factor=1.5, reduced_motion="reduce")
    page.goto(f"{service.url}/{path}")
    act(page)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=path == "phone")))
    page.close()
    return taken.convert("RGB")


def picture(shots: list[Image.Image]) -> Image.Image:
    """Returns the shots side by side, in few colours, so that the file is small."""
    width = sum(s.width for s in shots) + GAP * (len(shots) + 1)
    whole = Image.new("RGB", (width, max(s.height for s in shots) + 2 * GAP), "#d9e2e0")
    place = GAP
    for one in shots:
        whole.paste(one, (place, GAP))
        place += one.width + GAP
    return whole.quantize(COLOURS)


if __name__ == "__main__":
    main()
