"""Rasa component: finds the town that a message names, in any of our scripts."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import records
from bot.core.towns import TownFinder, town_finder
from bot.settings import ROOT
from bot.yamlfile import read_yaml

ANSWERS = ROOT / "data" / "answers"
ALONE = "town_alone"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TownExtractor(GraphComponent):
    """Adds an entity `town` whose value is the town's id ("new-haven"), and `town_alone` where nothing else is said."""

    def __init__(self, finder: TownFinder) -> None:
        self._finder = finder

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> TownExtractor:
        """Reads the spellings and the words that say nothing from data/answers."""
        towns = [records.town(r) for r in records.read_records(ANSWERS / "towns.yml")]
        fillers = [str(word) for words in read_yaml(ANSWERS / "fillers.yml").values() for word in words]
        return cls(town_finder(towns, fillers))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the first town of each message to its entities."""
        for message in messages:
            found = self._finder.find(message.get(TEXT) or "")
            if found:
                entity = {"entity": "town", "value": found.town, "start": found.start, "end": found.end, "extractor": "TownExtractor"}
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
                message.set(ALONE, found.alone, add_to_output=True)
        return messages
