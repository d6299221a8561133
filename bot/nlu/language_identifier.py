"""Rasa component: which of our languages a message is in; the others' first step, since word tables go by language."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core import detect, ngrams, text
from bot.core.speech import Guess
from bot.nlu import bag, linear, resources, second_opinion

GUESS = "language_guess"
LANGUAGE = "language"


def labelled_language(message: Message) -> str | None:
    """Returns the language that a training file states for its examples."""
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language") if isinstance(metadata.get("intent"), dict) else None


# Registered as a featurizer, because Rasa runs `process_training_data` only for those.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets `language` (a code) and `language_guess` (best, second, their probabilities, words) on each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """most: vocabulary size; strength: inverse regularisation; rounds: iterations."""
        return {"most": 50000, "strength": 50.0, "rounds": 45}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._model: linear.Linear | None = None
        self._second: second_opinion.SecondOpinion | None = None

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> LanguageIdentifier:
        """Makes an untrained component (Rasa's factory)."""
        return cls({**cls.get_default_config(), **config}, model_storage, resource)

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> LanguageIdentifier:
        """Makes a trained component from the model storage."""
        component = cls.create(config, model_storage, resource, execution_context)
        arrays = resources.read(model_storage, resource)
        component._model = linear.from_arrays(arrays, "lang")
        component._second = second_opinion.SecondOpinion(str(arrays["creole"]))
        return component

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """What the training cache must watch besides this class."""
        return resources.source_of((detect, ngrams, text, bag, linear, second_opinion))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples whose file states a language."""
        pairs = [(str(m.get(TEXT)), str(labelled_language(m))) for m in training_data.intent_examples if labelled_language(m)]
        texts, codes = [t for t, _ in pairs], [c for _, c in pairs]
        vocabulary = bag.fit_bag(texts, "both", self._config["most"])
        rows = vocabulary.rows(texts)
        self._model = linear.fit_linear(vocabulary, rows, codes, self._config["strength"], self._config["rounds"])
        creole = second_opinion.creole_profile(t for t, c in pairs if c == "ht")
        resources.save({**self._model.arrays("lang"), "creole": np.array(creole)}, self._storage, self._resource)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives each example the language that its file states."""
        for message in training_data.training_examples:
            message.set(LANGUAGE, labelled_language(message))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the language of each message that has text."""
        for message in messages:
            if message.get(TEXT):
                guess = self.identify(message.get(TEXT))
                message.set(LANGUAGE, guess.best, add_to_output=True)
                message.set(GUESS, vars(guess), add_to_output=True)
        return messages

    def identify(self, message: str) -> Guess:
        """Returns the best guess for one text; asks langdetect only where the model is unsure."""
        assert self._model is not None and self._second is not None
        scores = np.exp(self._model.log_probabilities(self._model.bag.rows([message]))[0])
        opinion = {code: float(p) for code, p in zip(self._model.labels, scores)}
        if detect.by_script(message) is None and detect.needs_second_opinion(opinion):
            opinion = detect.blend(opinion, self._second.ask(message))
        return detect.guess(message, opinion)
