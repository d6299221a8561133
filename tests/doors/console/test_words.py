"""The console's own words: both languages complete, each word used, each used word there, values escaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import mark_safe

from bot.core.errors import ContentError, SettingsError
from bot.doors.console import words

CONSOLE = Path(words.__file__).resolve().parent
CODE = {path: path.read_text(encoding="utf-8") for path in CONSOLE.rglob("*.py")}
PAGES = {path: path.read_text(encoding="utf-8") for path in CONSOLE.rglob("templates/**/*.html")}
NAMED = re.compile(r'{%-? *say +"(\w+)"|words\.(\w+)')
SAID = re.compile(r'\b(?:say|later|say_safely)\(\s*"(\w+)"')
MADE = re.compile(r'f"(\w+_)\{|"(\w+_)"\|add|say_or +"(\w+_)"')


def found(pattern: re.Pattern[str], texts: dict[Path, str]) -> set[str]:
    return {name for text in texts.values() for match in pattern.finditer(text) for name in match.groups() if name}


def test_the_real_words_fit_together() -> None:
    """Both languages have the same keys and braces in every area."""
    english, spanish = words.tables()["en"], words.tables()["es"]
    assert english.keys() == spanish.keys() and len(english) > 100


def test_every_word_that_is_used_exists() -> None:
    """A template or a module names only keys that stand in the files: a missing one would be an empty place on the page."""
    used = found(NAMED, PAGES) | found(SAID, CODE)
    assert used - words.tables()["en"].keys() == set()


def test_every_word_is_used() -> None:
    """A key that nothing names any more goes; keys made of a prefix and data count by their prefix."""
    quoted = set(re.findall(r'"(\w+)"', "\n".join(CODE.values())))
    prefixes = tuple(found(MADE, {**CODE, **PAGES}))
    used = found(NAMED, PAGES) | quoted
    assert [key for key in words.tables()["en"] if key not in used and not key.startswith(prefixes)] == []


@pytest.mark.parametrize(("english", "spanish", "message"), [
    pytest.param('a: "x"', 'b: "x"', "only one language has a, b", id="a key in one language"),
    pytest.param('a: "{n} x"', 'a: "x"', "braces of 'a'", id="a brace in one language"),
    pytest.param('a: "{n"', 'a: "{n"', "brace is open", id="an open brace"),
    pytest.param('a: "{n.x}"', 'a: "{n.x}"', "stands a name", id="no plain name in braces"),
    pytest.param('a: "{}"', 'a: "{}"', "stands a name", id="no name in braces"),
    pytest.param('a: ""', 'a: "x"', "needs a name", id="an empty sentence"),
    pytest.param("a: 3", 'a: "x"', "needs a name", id="a number"),
    pytest.param('a-b: "x"', 'a-b: "x"', "needs a name", id="a key that templates cannot name"),
])
def test_broken_words_stop_the_start(tmp_path: Path, english: str, spanish: str, message: str) -> None:
    """What does not fit is refused with file and key."""
    (tmp_path / "frame.en.yml").write_text(english, encoding="utf-8")
    (tmp_path / "frame.es.yml").write_text(spanish, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        words.read(tmp_path)


def test_a_key_stands_in_one_area_only(tmp_path: Path) -> None:
    """Two areas with one key would fight over it."""
    for area in ("one", "two"):
        for language in words.LANGUAGES:
            (tmp_path / f"{area}.{language}.yml").write_text('same: "x"', encoding="utf-8")
    with pytest.raises(SettingsError, match="stands twice"):
        words.read(tmp_path)


def test_an_area_needs_both_files(tmp_path: Path) -> None:
    """A missing file is named."""
    (tmp_path / "frame.en.yml").write_text('a: "x"', encoding="utf-8")
    with pytest.raises(ContentError, match=r"frame\.es\.yml"):
        words.read(tmp_path)


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "Hello, Zoë."), ("es", "Hola, Zoë."), ("es-mx", "Hola, Zoë."), ("ht", "Hello, Zoë."),
])
def test_say_speaks_the_language_of_the_request(language: str, expected: str) -> None:
    """Spanish of any country is Spanish; any other language gets English."""
    with translation.override(language):
        assert words.say("care_hello", name="Zoë") == expected
        assert str(words.later("care_hello", name="Zoë")) == expected


def test_a_page_escapes_values_but_not_safe_ones() -> None:
    """A name with markup in it stays text; a link that we made stays a link."""
    engine = Engine(builtins=["bot.doors.console.templatetags.console"])
    page = engine.from_string('{% say "care_hello" name=name %}')
    with translation.override("en"):
        assert page.render(Context({"name": "<b>ليلى</b>"})) == "Hello, &lt;b&gt;ليلى&lt;/b&gt;."
        assert page.render(Context({"name": mark_safe("<b>李</b>")})) == "Hello, <b>李</b>."


def test_a_word_from_data_may_have_no_sentence() -> None:
    """An unknown kind of line in the log is shown as it is, escaped."""
    page = Engine(builtins=["bot.doors.console.templatetags.console"]).from_string('{% say_or "audit_" what %}')
    with translation.override("es"):
        assert page.render(Context({"what": "login-failed"})) == "inicio de sesión rechazado"
        assert page.render(Context({"what": "<new>"})) == "&lt;new&gt;"
