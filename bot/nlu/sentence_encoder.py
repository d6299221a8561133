"""Rasa component: a sentence's meaning as 512 numbers, whatever its language."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core import accents, text
from bot.nlu import resources
from bot.nlu.encoding import Encoding
from bot.nlu.language_identifier import LANGUAGE, labelled_language

VECTOR = "sentence_vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(GraphComponent):
    """Sets `sentence_vector` on each message with text."""

    def __init__(self, storage: ModelStorage, resource: Resource, spellings: accents.Spellings | None = None) -> None:
        self._storage, self._resource = storage, resource
        self._encoding = Encoding(spellings=spellings)

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> SentenceEncoder:
        """Makes an untrained component (Rasa's factory)."""
        return cls(model_storage, resource)

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> SentenceEncoder:
        """Makes a trained component from the model storage."""
        return cls(model_storage, resource, json.loads(str(resources.read(model_storage, resource)["spellings"])))

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """What the training cache must watch besides this class."""
        return resources.source_of((accents, text))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns how words are mostly written."""
        resources.save({"spellings": np.array(json.dumps(learned_spellings(training_data)))}, self._storage, self._resource)
        return self._resource

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


def learned_spellings(training_data: TrainingData) -> dict[str, dict[str, str]]:
    """Returns how words are mostly written in the examples whose file states a language."""
    examples = [m for m in training_data.intent_examples if m.get(TEXT)]
    return accents.learn((str(labelled_language(m)), str(m.get(TEXT))) for m in examples if labelled_language(m))
