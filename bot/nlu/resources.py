"""How our components keep what they learned: one .npz file of plain arrays (no pickles) in Rasa's model storage."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

FILE = "learned.npz"


def save(arrays: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
    """Writes the arrays into the resource."""
    with storage.write_to(resource) as folder:
        np.savez(folder / FILE, **arrays)


def read(storage: ModelStorage, resource: Resource) -> dict[str, Any]:
    """Reads the arrays of a resource; pickles inside are refused."""
    with storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def source_of(modules: Iterable[ModuleType]) -> str:
    """Returns the source of modules: Rasa's training cache sees only a component's own class otherwise."""
    return "\n".join(inspect.getsource(module) for module in modules)
