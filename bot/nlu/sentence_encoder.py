"""Rasa component: a sentence's meaning as 512 numbers, whatever its language."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoding import Encoding
from bot.nlu.language_identifier import LANGUAGE

VECTOR = "sentence_vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Sets `sentence_vector` on each message with text."""

    def __init__(self) -> None:
        self._encoding = Encoding()

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> SentenceEncoder:
        """Makes the component (Rasa's factory)."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples alone: the classifier encodes them itself, in one batch.

        Vectors on the examples would be fingerprinted number by number for Rasa's cache, which takes longer than
        encoding them.
        """
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encodes the messages that have text."""
        spoken = [m for m in messages if m.get(TEXT)]
        if spoken:
            vectors = self._encoding.vectors([m.get(TEXT) for m in spoken], [m.get(LANGUAGE) for m in spoken])
            for message, vector in zip(spoken, vectors):
                message.set(VECTOR, vector)
        return messages
