"""The law of bot/core: no files, no network, no clock, no randomness, no logging, no Django, no Rasa."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).resolve().parents[2] / "bot" / "core"
MODULES = sorted(CORE.rglob("*.py"))

# What the core may import. A new name here must be pure: values in, values out.
PURE = {
    "__future__", "calendar", "collections", "dataclasses", "datetime", "enum", "functools", "hashlib", "itertools", "math", "operator",
    "re", "string", "textwrap", "typing", "unicodedata", "rapidfuzz", "gsm0338",
}
CALLS = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}
FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "unlink", "mkdir"}

PLANTED = {
    "import os": "os", "import os.path as p": "os.path", "from io import StringIO": "io", "from pathlib import Path": "pathlib",
    "import socket": "socket", "import requests": "requests", "import logging": "logging", "import random": "random",
    "import secrets": "secrets", "import time": "time", "import threading": "threading", "import subprocess": "subprocess",
    "import uuid": "uuid", "from django.conf import settings": "django.conf", "import rasa": "rasa", "import yaml": "yaml",
    "from babel.dates import format_date": "babel.dates", "import tempfile, re": "tempfile", "import importlib": "importlib",
    "from bot.library import load": "bot.library", "from bot import library": "bot", "import bot.settings": "bot.settings",
    "from . import compose": "relative", "def f():\n    import os": "os",
    "open('x')": "open()", "x = print": "print()", "eval('1')": "eval()",
    "from datetime import datetime\ndatetime.now()": ".now", "from datetime import date\ndate.today()": ".today",
    "import datetime\nclock = datetime.datetime.utcnow": ".utcnow", "p.read_text()": ".read_text",
    "from datetime import date as d\nd.today()": ".today",
    "def f():\n    global state\n    state = 1": "global state",
}

ALLOWED = {
    "a module of the core": "from bot.core.text import fold", "the core itself": "import bot.core.text",
    "a date": "from datetime import date", "a parameter called today": "def f(today):\n    return today.year",
    "a field called today": "def f(setting):\n    return setting.today", "a regular expression": "import re\nre.compile('x')",
}


def _impure_import(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] not in PURE and name != "bot.core" and not name.startswith("bot.core.")


def _imports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if _impure_import(alias.name))
    if isinstance(node, ast.ImportFrom):
        if node.level:
            yield "relative"
        elif _impure_import(str(node.module)):
            yield str(node.module)


def _is_a_date(node: ast.AST) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) in ("date", "datetime")


def _deeds(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and node.id in CALLS:
        yield f"{node.id}()"
    if isinstance(node, ast.Attribute) and (node.attr in FILES or (node.attr in CLOCKS and _is_a_date(node.value))):
        yield f".{node.attr}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS and not _is_a_date(node.func.value):
        yield f".{node.func.attr}"
    if isinstance(node, ast.Global):
        yield f"global {', '.join(node.names)}"


def offences(source: str) -> list[str]:
    """What in a source breaks the law."""
    return [offence for node in ast.walk(ast.parse(source)) for found in (_imports, _deeds) for offence in found(node)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_core_is_pure(path: Path) -> None:
    """No module of the core reads or writes a file, or uses network, clock, randomness, logging, Django or Rasa."""
    assert offences(path.read_text(encoding="utf-8")) == []


def test_all_modules_are_looked_at() -> None:
    """The folder that is searched is the core: its modules are there."""
    assert {"turn", "compose", "quotes", "contacts", "text", "content"} <= {path.stem for path in MODULES}


@pytest.mark.parametrize("source, offence", PLANTED.items(), ids=[s.replace("\n", "; ") for s in PLANTED])
def test_the_search_finds_what_is_planted(source: str, offence: str) -> None:
    """Each kind of offence is found, also inside functions and under other names."""
    assert offences(source) == [offence]


@pytest.mark.parametrize("source", ALLOWED.values(), ids=ALLOWED.keys())
def test_the_search_lets_pure_code_pass(source: str) -> None:
    """The core's own modules, values and parameters are no offence."""
    assert offences(source) == []
