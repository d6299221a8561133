"""Logs that hold no resident's word: what libraries log is cut down to where it came from and what kind it was."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Any

import structlog

from bot.coredumps import forbid_core_dumps


class _Discreet(logging.Formatter):
    """Writes level, logger, line and the class of an exception; never the message, which may quote a resident."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname} {record.name}:{record.lineno} {kind}".rstrip()


def be_discreet() -> None:
    """Sets up logging, structlog and warnings of this process, and forbids core dumps; call it before Rasa or Sanic are imported.

    At debug level Rasa writes every message's text, and its REST channel does so with every error.
    """
    forbid_core_dumps()
    warnings.showwarning = _unshown  # libraries switch their warnings on again while they load
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        processors=[_event_only, structlog.processors.JSONRenderer()],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet())
    logging.root.handlers[:] = [handler]
    logging.disable(logging.WARNING)


def _event_only(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {"event": str(event.get("event", "error"))}


def _unshown(*_args: object, **_kwargs: object) -> None:
    return None
