"""What a running bot leaves out of Rasa: nothing that it needs, and nothing that could give a wrong answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import absent

HEAVY = ("tensorflow", "keras", "sklearn", "matplotlib", "sqlalchemy.orm", "pymongo.mongo_client", "botocore.session", "aiogram")
NAMED = """
import importlib, json
import bot.brainserver
from bot import absent
missing = []
for table in (absent.NAMES, absent.EXCEPTIONS, absent.CALLED):
    for module, names in table.items():
        real = importlib.import_module(module)
        missing += [f"{module}.{name}" for name in names if not hasattr(real, name)]
errors = [f"{m}.{n}" for m, names in absent.EXCEPTIONS.items() for n in names
          if not issubclass(getattr(importlib.import_module(m), n), Exception)]
print(json.dumps([missing, errors]))
"""
LEFT_OUT = """
import json, sys
from bot.absent import leave_out
assert leave_out()
import rasa.core.run
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from bot.core.errors import AbsentError
def outcome(act):
    try:
        return type(act()).__name__
    except Exception as error:
        return type(error).__name__
import rasa.utils.train_utils
print(json.dumps({
    "loaded": sorted(sys.modules),
    "store": outcome(lambda: TrackerStore.create(None, Domain.empty())),
    "channel": outcome(lambda: BUILTIN_CHANNELS["rasa.core.channels.slack.SlackInput"].from_credentials({})),
    "made": outcome(lambda: rasa.core.run.server.Initialize()),
    "unlisted": outcome(lambda: rasa.utils.train_utils.init_split_entities),
    "rest": BUILTIN_CHANNELS["rest"].__name__,
}))
"""


def run(program: str, root: Path) -> object:
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_rasa_has_what_is_left_out(root: Path) -> None:
    """Each module and name of the tables is really there in this Rasa, and what stands for an exception is one.

    The program imports the brain first: nothing is left out but where the brain is the program itself.
    """
    assert run(NAMED, root) == [[], []]


def test_what_is_left_out_is_not_loaded_and_says_so_when_used(root: Path) -> None:
    """Rasa's server comes up without the heavy packages; a store and the REST channel work; using what is absent is an error."""
    found = run(LEFT_OUT, root)
    assert isinstance(found, dict)
    assert not [name for name in HEAVY if name in found["loaded"]]
    assert found["store"] == "InMemoryTrackerStore"
    assert found["rest"] == "RestInput"
    assert found["channel"] == found["made"] == "AbsentError"
    assert found["unlisted"] == "AttributeError"


def test_another_rasa_is_imported_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a version that the tables were not made for, nothing is left out, and the log says so."""
    monkeypatch.setattr("bot.absent.metadata.version", lambda _name: "3.6.22")
    before = list(sys.meta_path)
    assert not absent.leave_out()
    assert sys.meta_path == before
