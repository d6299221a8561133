"""The wiring: every name in a YAML file leads to something, every intent to a rule, an action and an answer."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
import requests
from rasa_sdk.executor import ActionExecutor

import actions
from bot.core.content import Content
from bot.core.keywords import INTENTS
from bot.core.turn import HANDLERS
from bot.yamlfile import read_yaml
from tests.running import Service

COMMANDS = {"choose", "forget", "nlu_fallback"}  # named by the door or by Rasa, never by an example


@pytest.fixture(scope="module")
def domain(root: Path) -> dict:
    return read_yaml(root / "domain.yml")


@pytest.fixture(scope="module")
def rules(root: Path) -> dict[str, str]:
    steps = [rule["steps"] for rule in read_yaml(root / "data" / "stories" / "rules.yml")["rules"]]
    return {intent["intent"]: action["action"] for intent, action in steps}


def intents_of(domain: dict) -> set[str]:
    return {name for entry in domain["intents"] for name in entry}


def test_dotted_paths_lead_to_classes(root: Path) -> None:
    """Every dotted path in config.yml and endpoints.yml names a class: Rasa would fall back to another in silence."""
    paths = [step["name"] for step in read_yaml(root / "config.yml")["pipeline"] if "." in step["name"]]
    paths += [read_yaml(root / "endpoints.yml")[store]["type"] for store in ("tracker_store", "lock_store")]
    for path in paths:
        module, name = path.rsplit(".", 1)
        assert isinstance(getattr(importlib.import_module(module), name), type), path


def test_every_intent_has_a_rule(domain: dict, rules: dict[str, str]) -> None:
    """Each intent of the domain has exactly one rule, and no rule is for an unknown intent."""
    assert set(rules) == intents_of(domain)


def test_every_intent_has_an_answer(domain: dict, content: Content) -> None:
    """Each intent that people can have is a topic with an answer; commands have a handler."""
    assert intents_of(domain) - COMMANDS == set(content.topics)
    assert set(HANDLERS) >= COMMANDS


def test_every_action_exists(domain: dict, rules: dict[str, str]) -> None:
    """The actions of the domain are those that rules use and those that the action server offers."""
    executor = ActionExecutor()
    executor.register_package(actions)
    offered = {name for name in executor.actions if name.startswith("action_")}
    assert set(domain["actions"]) == set(rules.values()) == offered


def test_special_intents_have_their_own_action(rules: dict[str, str]) -> None:
    """An intent that a handler of the core treats has an action other than the plain answer."""
    assert {intent for intent, action in rules.items() if action != "action_answer"} == set(HANDLERS)


def test_keywords_name_intents(domain: dict) -> None:
    """Each keyword handled at the door stands for an intent that Rasa knows."""
    assert set(INTENTS.values()) <= intents_of(domain)


def test_slots_are_the_memory(domain: dict) -> None:
    """The slots are what a turn remembers, and no slot steers a conversation by itself."""
    from bot.core.exchange import Memory

    assert set(domain["slots"]) == {*Memory.__dataclass_fields__, "forgotten"}
    assert not [name for name, slot in domain["slots"].items() if slot["influence_conversation"]]


def test_action_modules_are_flat() -> None:
    """`actions` has no sub-package: rasa_sdk imports everything below it, and one named like a top-level one kills it."""
    assert not [m.name for m in pkgutil.iter_modules(actions.__path__) if m.ispkg]


def test_rasa_is_reachable_by_one_channel(root: Path) -> None:
    """Rasa offers only its REST channel."""
    assert list(read_yaml(root / "credentials.yml")) == ["rest"]


def test_procfile_starts_every_process(root: Path) -> None:
    """The Procfile's modules exist, and each process listens where the settings say."""
    text = (root / "Procfile").read_text(encoding="utf-8")
    for module in ("bot.brainserver", "bot.actionserver", "bot.doors.public.wsgi"):
        assert module in text
        assert importlib.util.find_spec(module)
    assert "0.0.0.0" not in text


def test_make_targets(root: Path) -> None:
    """Every command that the README names is a target of the Makefile."""

    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    readme = (root / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", readme, re.MULTILINE))
    assert named <= targets
    assert {"run", "test", "help", "train", "check", "strings", "bench"} <= targets


# Every address of the public door, with what it may be asked with. A new one must be entered here with its guard.
ROUTES = {
    "": "GET",
    "api/messages": "POST",
    "api/openapi.json": "GET",
    "health/live": "GET",
    "health/ready": "GET",
    "webhooks/twilio": "POST",
    "phone": "GET POST",
    "leave": "POST",
    "sw.js": "GET",
    "sources/<str:source_id>": "GET",
    "<str:language>/": "GET POST",
    "<str:language>": "GET",
    "<str:language>/topics/": "GET",
    "<str:language>/topics/<str:topic_id>": "GET",
    "<str:language>/sources/<str:source_id>": "GET",
    "<str:language>/card": "GET",
    "<str:language>/privacy": "GET",
    "<str:language>/keep": "GET",
    "<str:language>/helped": "POST",
    "<str:language>/share": "GET",
    "<str:language>/share/code.<str:kind>": "GET",
    "<str:language>/share/<str:name>.pdf": "GET",
}


def test_every_route_is_known() -> None:
    """No address is open that nobody has thought about."""
    from bot.doors.public.urls import urlpatterns

    assert {str(pattern.pattern) for pattern in urlpatterns} == set(ROUTES)


@pytest.mark.parametrize("route", [r for r, methods in ROUTES.items() if methods == "POST"])
@pytest.mark.rasa
def test_what_writes_is_not_read(route: str, service: Service) -> None:
    """An address that takes something in answers reading with 405."""
    address = route.replace("<str:language>", "en")
    assert requests.get(f"{service.url}/{address}", timeout=20).status_code == 405


@pytest.mark.rasa
def test_the_simulator_is_for_developers_only(service: Service) -> None:
    """On a developer's machine the phone is there; its webhook still wants a signature."""
    assert requests.get(f"{service.url}/phone", timeout=20).status_code == 200
    assert requests.post(f"{service.url}/webhooks/twilio", data={"From": "+12035550123"}, timeout=20).status_code == 403
