"""Replays what was found and what a target begins with; that time does not run away has texts of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fuzz import files, requests, words
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())
SIZE = 64 * 1024
# Of processor time; what grows with the square of the text takes minutes.
MOST_SECONDS = 5.0
# Stretches that make careless patterns try every division of a text.
REPEATED = {
    "one letter": "a", "spaces": " ", "a space and a letter": " a", "line ends": "\n", "signs": "!", "apostrophes": "a'", "digits": "1",
    "digits of another script": "٣", "numbers": "1,", "Chinese": "警", "Chinese sentences": "警。", "Arabic": "ش ", "accents": "e\u0301",
    "marks alone": "\u0301", "half characters": "\udcff", "joiners": "a\u200d", "brackets": "(", "quotations": "“a.” (",
    "brackets of YAML": "[",
    "hyphens": "- ", "quotes": '"', "backslashes": "\\", "tags": "<p>", "open tags": "<", "comments": "<!--", "sections": "<![",
    "references": "&#",
    "commas": ",", "colons": "a: ", "fields": "&a=", "percent": "%2", "towns": "new haven", "streets": "12 Main Street ", "braces": "{",
    "ligatures": "ﷺ", "entries": 'msgid "', "formulas": "'=",
}
# What never gets more than 2,000 characters, whoever writes: the doors refuse longer messages, pages are of our own answers.
SHORT = {"keywords": 2000, "pages": 800, "masks": 2000, "wordtable": 2000, "towns": 2000, "body": 1900, "yaml_kept": 1000}
# Where in an input the long text stands, for targets that take several parts.
FRAMES = {
    "passage": b"\x00\x00\x00\x00\xf0\xff\x00\x00\n~~~~\n%s", "wordtable": b"kote\twhere\n~~~~\n%s", "page": b"utf-8\n~~~~\n%s",
    "merge": b"%s\n~~~~\n%sx\n~~~~\n%s", "merge_catalogues": b"%s\n~~~~\n%sx\n~~~~\n%s", "form": b"Body=%s\n~~~~\n1",
    "body": b'{"message": "%s"}', "upload": b"language,context,english,translation,state\nht,door,Stay calm.,%s,x\n",
    "po": b'msgid "a"\nmsgstr "%s"\n', "yaml": b"a: %s", "yaml_kept": b"a: %s",
}

FORM = b"MessageSid=1&From=2&To=3\n~~~~\n1"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_stays_mended(path: Path) -> None:
    """An input that once broke a rule, or that a hunt begins with, keeps the rule."""
    TARGETS[path.parent.name].run(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_fine_too(name: str) -> None:
    """No bytes, and a few that are no text, keep every rule."""
    for data in (b"", b"\x00", b"\xff\xfe", b"\n~~~~\n"):
        TARGETS[name].run(data)


@pytest.mark.parametrize("name", TARGETS)
def test_time_does_not_run_away(name: str) -> None:
    """A long text of one repeated stretch costs no more than a few times what its length does."""
    for label, stretch in REPEATED.items():
        raw = stretch.encode("utf-8", "surrogateescape")
        frame, text = FRAMES.get(name, b"%s"), raw * (SHORT.get(name, SIZE) // len(raw))
        data = frame.replace(b"%s", text)
        begun = time.process_time()
        TARGETS[name].run(data)
        assert time.process_time() - begun < MOST_SECONDS, label


@pytest.mark.parametrize("name", [path.name for path in CORPUS.iterdir()])
def test_every_folder_is_a_targets(name: str) -> None:
    """A kept input that no target takes would be replayed by nobody."""
    assert name in TARGETS


@pytest.mark.parametrize("run, break_it, data", [
    pytest.param(words.cleaning, (words, "fold", lambda text: text + "x"), b"a", id="folding that goes on folding"),
    pytest.param(words.segments, (words, "plainer", lambda text: text[:-1]), "…a".encode(), id="a letter lost"),
    pytest.param(words.masks, (words.privacy, "redact", lambda text, _: text), "٣".encode(), id="a digit that comes out"),
    pytest.param(requests.form, (requests.RequestValidator, "validate", lambda *_: True), FORM, id="any signature"),
    pytest.param(files.merge, (files, "merged", lambda base, ours, live: ours), b"a\n\n~~~~\nb\na\n\n~~~~\na\nc\n", id="the last one wins"),
    pytest.param(files.po, (files, "print_catalog", lambda _: 'msgid ""\nmsgstr ""\n'), b'msgid "a"\nmsgstr "b"\n', id="an entry lost"),
    pytest.param(files.page, (files, "visible", lambda *_args, **_more: "a  b"), b"", id="two spaces"),
])
def test_a_broken_rule_is_seen(run, break_it, data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of target fails where the code that it looks at is broken."""
    place, name, broken = break_it
    monkeypatch.setattr(place, name, broken)
    with pytest.raises(AssertionError):
        run(data)
