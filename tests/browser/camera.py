"""A camera for documentation: a stretch of a page, without the empty paper around it, in few colours."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Locator, Page

MARGIN, COLOURS, MOST_BYTES = 16, 96, 150_000


def shot(page: Page, first: Locator, last: Locator | None = None) -> Image.Image:
    """Returns the page from the top of the first thing to the end of the last one."""
    page.evaluate("document.activeElement.blur()")
    scrolled = page.evaluate("scrollY")
    boxes = [place.bounding_box() or {} for place in (first, last or first)]
    left, top = min(box["x"] for box in boxes) - MARGIN, boxes[0]["y"] + scrolled - MARGIN
    right, bottom = max(box["x"] + box["width"] for box in boxes) + MARGIN, boxes[1]["y"] + boxes[1]["height"] + scrolled + MARGIN
    clip = FloatRect(x=max(left, 0), y=max(top, 0), width=right - max(left, 0), height=bottom - max(top, 0))
    return trimmed(Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB"))


def trimmed(picture: Image.Image) -> Image.Image:
    """Returns the picture without the empty paper at its right."""
    paper = Image.new("RGB", picture.size, picture.getpixel((picture.width - 1, 0)))  # type: ignore[arg-type]
    inked = ImageChops.difference(picture, paper).getbbox()
    return picture.crop((0, 0, min(inked[2] + MARGIN, picture.width), picture.height)) if inked else picture


def keep(picture: Image.Image, path: Path) -> None:
    """Writes a picture in few colours; raises AssertionError where it is too heavy for a page of documentation."""
    picture.quantize(COLOURS).save(path, optimize=True)
    assert path.stat().st_size <= MOST_BYTES, f"{path.name} is {path.stat().st_size} bytes; cut it shorter"
    print(f"{path.parent.name}/{path.name}")
