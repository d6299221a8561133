"""What components keep: plain arrays in Rasa's model storage, without pickles; and what the training cache watches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from bot.nlu import bag, linear, resources
from bot.nlu.resources import FILE, read, save, source_of


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    """An empty model storage of Rasa's."""
    return LocalModelStorage.create(tmp_path)


def test_arrays_come_back_as_they_were_saved(storage: LocalModelStorage) -> None:
    """Numbers, labels in any script and single texts survive, with their types."""
    arrays = {"weights": np.eye(3, dtype=np.float32), "labels": np.array(["ht", "zh", "العربية", "中文"]), "creole": np.array('{"a": "è"}')}
    save(arrays, storage, Resource("topics"))
    again = read(storage, Resource("topics"))
    assert set(again) == set(arrays)
    assert all(np.array_equal(again[name], arrays[name]) and again[name].dtype == arrays[name].dtype for name in arrays)


def test_each_component_has_its_own(storage: LocalModelStorage) -> None:
    """Two components' arrays of the same name do not mix."""
    for name, number in (("topics", 1), ("languages", 2)):
        save({"weights": np.array(number)}, storage, Resource(name))
    assert [int(read(storage, Resource(name))["weights"]) for name in ("topics", "languages")] == [1, 2]


def test_what_is_read_outlives_the_storage(storage: LocalModelStorage) -> None:
    """The arrays are in memory: the model's files may go away afterwards."""
    save({"weights": np.arange(5)}, storage, Resource("topics"))
    again = read(storage, Resource("topics"))
    with storage.read_from(Resource("topics")) as folder:
        (folder / FILE).unlink()
    assert again["weights"].tolist() == [0, 1, 2, 3, 4]


def test_pickles_are_refused(storage: LocalModelStorage) -> None:
    """A model file that holds a pickle, which could run anything, is not read."""
    with storage.write_to(Resource("topics")) as folder:
        np.savez(folder / FILE, evil=np.array([{"an": "object"}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        read(storage, Resource("topics"))


def test_a_change_in_any_watched_module_is_seen() -> None:
    """The text that the cache watches holds the whole source of each module, in the given order."""
    seen = source_of((bag, linear, resources))
    sources = [Path(str(module.__file__)).read_text(encoding="utf-8").rstrip("\n") for module in (bag, linear, resources)]
    assert all(source in seen for source in sources)
    assert sorted(sources, key=seen.index) == sources
    assert source_of((bag,)) != seen
