"""Files that a program edits stay as people wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.edits import yamltext

EDITED = ("answers/topics", "answers/sources", "answers/contacts.yml", "answers/phrases.yml", "answers/pages")


def edited_files(root: Path) -> list[Path]:
    found = [root / "data" / name for name in EDITED]
    return [path for item in found for path in ([item] if item.is_file() else sorted(item.glob("*.yml")))]


def test_what_is_not_changed_stays_to_the_letter(root: Path) -> None:
    """Reading and writing a file without a change gives the same bytes: comments, quotes, indents, order."""
    for path in edited_files(root):
        text = path.read_text(encoding="utf-8")
        assert yamltext.write(yamltext.read(text), like=text) == text, path


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('He said: “no” \\ "never"', id="quotes and a backslash"),
        pytest.param("line\nbreak\u00a0and tab\t", id="white space"),
        pytest.param("# not a comment: {x} [y] & * ! | > % @ `", id="signs of YAML"),
        pytest.param("لا تفتح الباب — 不要开门", id="other scripts"),
        pytest.param("\u2028\u0085", id="odd line ends"),
    ],
)
def test_exact_texts(text: str) -> None:
    """A text written exactly is read back to the letter."""
    assert yamltext.read(f"a: {yamltext.exact(text)}\n")["a"] == text
