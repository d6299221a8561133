"""Reading one YAML file: its content, or one line that leads to the mistake."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import ContentError
from bot.yamlfile import read_yaml

BROKEN = {
    "a tab begins a line": ("id: greet\n\tshort: hello\n", 2),
    "a colon too many": ("id: greet\ntitle: Hello: you\n", 2),
    "a quote that never ends": ('id: greet\nshort: "Bonjou\nnext: []\n', None),
    "a list that never ends": ("id: greet\nnext: [thanks,\nshort: hello\n", None),
    "a wrong indent in Arabic": ("id: greet\nshort: مرحبا\n   next: شكرا\n", 3),
    "an alias of nothing": ("id: greet\nshort: *urgent*\n", 2),
    "a tag that would make an object": ("id: !!python/object/apply:os.getcwd []\n", 1),
    "a control character": ("id: greet\nshort: a\x00b\n", None),
}


@pytest.mark.parametrize("text, line", BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_one_line_with_file_line_and_remedy(tmp_path: Path, text: str, line: int | None) -> None:
    """What YAML cannot read is told in one line: the file, where the mistake is, what to look at."""
    path = tmp_path / "greet.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    told = re.fullmatch(rf"{re.escape(str(path))}:(\d+): not valid YAML \(.+\); check .+", str(caught.value))
    assert told, str(caught.value)
    assert line in (None, int(told[1]))
    assert 1 <= int(told[1]) <= text.count("\n") + 1


def test_a_missing_file_says_where_to_get_it(tmp_path: Path) -> None:
    """A file that is not there is named, with the way to get it back."""
    with pytest.raises(ContentError, match=r"gone\.yml: .*missing; restore it from git"):
        read_yaml(tmp_path / "gone.yml")


@pytest.mark.parametrize("encoding, text", [("latin-1", "short: ¿Qué pasó?"), ("utf-16", "short: Cześć"), ("gb18030", "short: 你好")])
def test_a_file_in_another_encoding_says_how_to_save_it(tmp_path: Path, encoding: str, text: str) -> None:
    """A file that is not UTF-8 is refused with the remedy, never read as other letters."""
    path = tmp_path / "greet.yml"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(ContentError, match=r"greet\.yml.*UTF-8"):
        read_yaml(path)


@pytest.mark.parametrize("text", ["¿Qué hago?", "你好，警察会问吗", "مرحبا، شو أعمل؟", "Kisa pou m fè?", "Cześć, co robić?", "🚨 “ICE”"])
def test_every_script_is_read_letter_for_letter(tmp_path: Path, text: str) -> None:
    """What an editor writes in any script is what is read."""
    path = tmp_path / "greet.yml"
    path.write_text(f'short: "{text}"\n', encoding="utf-8")
    assert read_yaml(path) == {"short": text}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=200))
def test_what_yaml_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any text that YAML wrote comes back unchanged."""
    path = tmp_path_factory.mktemp("yaml") / "any.yml"
    path.write_text(yaml.safe_dump({"short": text}, allow_unicode=True), encoding="utf-8")
    assert read_yaml(path) == {"short": text}


@pytest.mark.parametrize("written, value", [
    pytest.param("on", "on", id="on"), pytest.param("off", "off", id="off"), pytest.param("No", "No", id="no"),
    pytest.param("9:30", "9:30", id="a time"), pytest.param("06510", "06510", id="a zip code"),
    pytest.param("1_000", "1_000", id="a stroke"),
    pytest.param("true", True, id="true"), pytest.param("12", 12, id="a number"), pytest.param("1.5", 1.5, id="a fraction"),
    pytest.param("2026-12-01", date(2026, 12, 1), id="a day"), pytest.param("", None, id="nothing"),
])
def test_plain_words_are_what_they_look_like(tmp_path: Path, written: str, value: object) -> None:
    """Programs that write YAML 1.2 put no marks around `off` or `9:30`; as key and as value they stay text."""
    path = tmp_path / "greet.yml"
    path.write_text(f"word: {written}\n{written or 'null'}: key\n", encoding="utf-8")
    assert read_yaml(path) == {"word": value, value: "key"}
