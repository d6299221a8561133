"""The mouse on a source's page: pressed on one word, moved, let go on another."""

from __future__ import annotations

from playwright.sync_api import Page

# Where words of a document stand in the window: the left edge of the first and the right edge of the last, as x, y, x, y.
PLACES = """([first, last]) => {
  const walk = document.createTreeWalker(document.querySelector("#document"), NodeFilter.SHOW_TEXT);
  const box = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  for (let node; (node = walk.nextNode());) {
    if (!node.data.includes(first) || !node.data.includes(last)) continue;
    const from = box(node, node.data.indexOf(first)), to = box(node, node.data.indexOf(last) + last.length - 1);
    return [from.left + 1, from.top + from.height / 2, to.right - 1, to.top + to.height / 2];
  }
}"""


def drag(page: Page, first: str, last: str) -> None:
    """Selects words of the document with the mouse, from the first to the last."""
    page.locator("#document").evaluate("e => e.scrollIntoView({ block: 'center' })")  # the bar with the button covers the window's end
    from_x, from_y, to_x, to_y = page.evaluate(PLACES, [first, last])
    page.mouse.move(from_x, from_y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=8)
    page.mouse.up()
