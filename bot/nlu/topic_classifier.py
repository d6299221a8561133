"""Rasa component: which intent a message has. Judges: networks over meaning and letters, and a linear one over letters."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.core import accents, ngrams, text, wordtable
from bot.nlu import bag, encoding, linear, network, resources
from bot.nlu.encoding import WORDS, Encoding
from bot.nlu.language_identifier import labelled_language
from bot.nlu.sentence_encoder import VECTOR, learned_spellings

# Both kinds of input get about the same spread, or the smaller one would be drowned out at the start of training.
SCALE = float(np.sqrt(512) / 4)
RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Sets `intent` and `intent_ranking` on each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """most: n-grams; folded: numbers they are folded into; networks: how many; units, rounds: of each; weight: their say together.

        sharpness: the judges together are surer than each of them says; with this exponent, chosen on evaluation messages, as many
        are right as the confidence says (the reliability plot in docs/benchmarks.md).
        """
        return {"most": 40000, "folded": 300, "networks": 2, "units": 1536, "rounds": 25, "weight": 0.75, "sharpness": 1.6,
                "strength": 10.0, "steps": 25}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._linear: linear.Linear | None = None
        self._networks: tuple[network.Network, ...] = ()
        self._fold: np.ndarray | None = None

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> TopicClassifier:
        """Makes an untrained component (Rasa's factory)."""
        return cls({**cls.get_default_config(), **config}, model_storage, resource)

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> TopicClassifier:
        """Makes a trained component from the model storage."""
        component = cls.create(config, model_storage, resource, execution_context)
        arrays = resources.read(model_storage, resource)
        component._linear = linear.from_arrays(arrays, "topic")
        component._networks = tuple(network.from_arrays(arrays, name) for name in component._names())
        component._fold = arrays["fold"].astype(np.float32)
        return component

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """What the training cache must watch besides this class: other modules, and the word tables."""
        tables = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WORDS.glob("*.tsv")))
        return resources.source_of((accents, ngrams, text, wordtable, bag, encoding, linear, network)) + tables

    def train(self, training_data: TrainingData) -> Resource:
        """Fits all judges on all examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts, labels = [m.get(TEXT) for m in examples], [m.get(INTENT) for m in examples]
        config = self._config
        readable = Encoding(spellings=learned_spellings(training_data))
        with linear.in_one_order(), ThreadPoolExecutor(1) as other_core:  # the encoder runs beside the linear judge's training
            vectors = other_core.submit(readable.vectors, texts, [labelled_language(m) for m in examples])
            rows, directions = self._fit_linear(texts, labels)
        self._fold = directions.T.astype(np.float32)
        assert self._linear is not None
        numbers = np.searchsorted(np.array(self._linear.labels), np.array(labels))
        inputs, classes, size = self._inputs(vectors.result(), rows), len(self._linear.labels), (config["units"], config["rounds"])
        # Each begins with other lots: what one happens to see amiss the others outvote.
        seeds = range(network.SEED, network.SEED + config["networks"])
        self._networks = tuple(network.fit_network(inputs, numbers, classes, *size, seed) for seed in seeds)
        self._save()
        return self._resource

    def _save(self) -> None:
        assert self._linear is not None and self._fold is not None
        networks = {key: array for name, one in zip(self._names(), self._networks) for key, array in one.arrays(name).items()}
        arrays = {**self._linear.arrays("topic"), **networks, "fold": self._fold.astype(np.float16)}
        resources.save(arrays, self._storage, self._resource)

    def _names(self) -> list[str]:
        """Returns what the networks are called where they are kept."""
        return [f"net{number}" for number in range(self._config["networks"])]

    def _fit_linear(self, texts: list[str], labels: list[str]) -> tuple[csr_matrix, np.ndarray]:
        """Fits the linear judge; returns the n-gram rows and the directions they are folded into."""
        # Training alone needs scikit-learn; a running bot never pays for its import here.
        from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415

        config = self._config
        vocabulary = bag.fit_bag(texts, "chars", config["most"])
        rows = vocabulary.rows(texts)
        self._linear = linear.fit_linear(vocabulary, rows, labels, config["strength"], config["steps"])
        _, _, directions = randomized_svd(rows, config["folded"], n_iter=2, random_state=0)
        return rows, directions

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the intents of each message that was encoded."""
        for message in messages:
            if message.get(VECTOR) is not None:
                self._judge(message)
        return messages

    def _judge(self, message: Message) -> None:
        assert self._linear is not None
        chances = self.chances(message.get(VECTOR)[np.newaxis], [message.get(TEXT)])[0]
        order = np.argsort(-chances)[:RANKED]
        ranking = [{"name": self._linear.labels[i], "confidence": float(chances[i])} for i in order]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    def chances(self, vectors: np.ndarray, texts: list[str]) -> np.ndarray:
        """Returns the probabilities of all intents, one row a text: the judges' weighted geometric mean, sharpened."""
        assert self._linear is not None
        rows = self._linear.bag.rows(texts)
        weight, inputs = self._config["weight"], self._inputs(vectors, rows)
        meaning = np.mean([one.log_probabilities(inputs) for one in self._networks], axis=0)
        together = weight * meaning + (1 - weight) * self._linear.log_probabilities(rows)
        return np.asarray(np.exp(linear.log_softmax(self._config["sharpness"] * together)))

    def _inputs(self, vectors: np.ndarray, rows: csr_matrix) -> np.ndarray:
        return np.hstack([vectors, np.asarray(rows @ self._fold)]).astype(np.float32) * SCALE
