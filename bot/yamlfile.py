"""Reads one YAML file and says in one line what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.core.errors import ContentError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Returns the content of a YAML file; raises ContentError with file, line and remedy."""
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, Loader=Loader)  # noqa: S506  (a safe loader)
    except FileNotFoundError as error:
        raise ContentError(f"{path}: this file is missing; restore it from git") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: not UTF-8; save the file as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "cannot be read"
        raise ContentError(f"{path}:{line}: not valid YAML ({what}); check quotes, colons and indents there") from error
