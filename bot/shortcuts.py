"""Where Rasa does more for one message than an answer needs, a shorter way with the same result.

Each replaces one name inside Rasa and was made for one version of it; each is tested against Rasa's own way.
"""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import aiohttp
import fastjsonschema
from rasa.core import processor
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.utils.schemas.events import EVENT_SCHEMA
from rasa.utils.endpoints import EndpointConfig

from bot.absent import is_known_rasa
from bot.inorder import InOrderRunner

_WHOLE = fastjsonschema.compile(RemoteAction.action_response_format_spec())
_COMMON = {key: value for key, value in EVENT_SCHEMA.items() if key != "oneOf"}
# Each kind of event names itself by a constant, so that no other of the 23 kinds can fit it.
_KINDS = {
    kind["properties"]["event"]["const"]: fastjsonschema.compile({**_COMMON, "allOf": [kind]}) for kind in EVENT_SCHEMA["oneOf"]
}
_new_session = EndpointConfig.session
logger = logging.getLogger(__name__)


def take_shortcuts() -> bool:
    """Replaces them, for good, in this process; False, and Rasa goes its own ways, where it is not the version they were made for."""
    ours: tuple[tuple[Any, str, Any], ...] = (
        (processor, "DaskGraphRunner", InOrderRunner),
        (processor, "copy", SimpleNamespace(deepcopy=_as_it_is)),
        (RemoteAction, "_validate_action_result", _validate),
        (EndpointConfig, "session", _session),
        (Event, "resolve_by_type", staticmethod(lru_cache(maxsize=64)(Event.resolve_by_type))),
    )
    if not is_known_rasa() or not all(hasattr(owner, name) for owner, name, _ in ours):
        logger.error("this Rasa is not the version that the shortcuts were made for; it will be slower")
        return False
    for owner, name, shortcut in ours:
        setattr(owner, name, shortcut)
    return True


def _as_it_is(value: Any) -> Any:
    """Rasa's processor copies deeply what it hands to its log at debug level; here nothing is logged at that level."""
    return value


def _validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa compiles its schema anew for every answer of an action, and tries all kinds of events on each: 75 ms.

    What is not plainly right is judged by the whole schema, and refused with its words.
    """
    if not _is_plainly_right(result):
        _WHOLE(result)
    return True


def _is_plainly_right(result: Any) -> bool:
    if not isinstance(result, dict) or not all(isinstance(result.get(key), list) for key in ("events", "responses")):
        return False
    kinds = [event.get("event") if isinstance(event, dict) else None for event in result["events"]]
    if not all(isinstance(kind, str) and kind in _KINDS for kind in kinds) or not all(isinstance(r, dict) for r in result["responses"]):
        return False
    try:
        for kind, event in zip(kinds, result["events"]):
            _KINDS[kind](event)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


class _Open:
    """A session that its `async with` leaves open."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *_error: object) -> None:
        return None


def _session(endpoint: EndpointConfig) -> _Open:
    """Rasa opens a session and a connection for every call of an action; here both stay open, as long as the loop they belong to runs."""
    loop = asyncio.get_running_loop()
    kept = vars(endpoint).get("_kept")
    if kept is None or kept[0] is not loop or kept[1].closed:
        kept = vars(endpoint)["_kept"] = (loop, _new_session(endpoint))
    return _Open(kept[1])


async def close_session(app: Any, _loop: Any) -> None:
    """Closes what stayed open; a listener for "before_server_stop"."""
    agent = getattr(app.ctx, "agent", None)
    kept = vars(agent.action_endpoint).get("_kept") if agent and agent.action_endpoint else None
    if kept:
        await kept[1].close()
