"""Rasa component: rather ask back than answer wrongly, miss no emergency, and least of all answer what is none of our business."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.core.doubt import FALLBACK, Limits, by_cost, doubts

DOUBT = "doubt"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CautiousFallback(GraphComponent):
    """Puts `nlu_fallback` before the ranking of each message whose first intent is doubtful."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The limits of `bot.core.doubt`; urgent: intents that must not be missed; urgency: how much more it costs to miss one."""
        return {**vars(Limits()), "urgent": (), "urgency": 1.0}

    def __init__(self, limits: Limits, urgent: Collection[str] = (), urgency: float = 1.0) -> None:
        self._limits, self._urgent, self._urgency = limits, frozenset(urgent), urgency

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> CautiousFallback:
        """Makes the component from config.yml's limits."""
        limits = Limits(**{key: config[key] for key in vars(Limits()) if key in config})
        return cls(limits, config.get("urgent", ()), config.get("urgency", 1.0))

    def process(self, messages: list[Message]) -> list[Message]:
        """Replaces doubtful intents; the ranking behind stays, for the choices that are offered instead. `doubt` says why."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            if ranking:
                self._judge(message, ranking)
        return messages

    def _judge(self, message: Message, ranking: list[dict[str, Any]]) -> None:
        weighed = by_cost([(r["name"], r["confidence"]) for r in ranking], self._urgent, self._urgency)
        if weighed[0][0] != ranking[0]["name"]:
            place = {name: number for number, (name, _) in enumerate(weighed)}
            ranking = sorted(ranking, key=lambda r: place[r["name"]])
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        missed = doubts(weighed, self._limits)
        message.set(DOUBT, {"missed": list(missed), "limits": vars(self._limits)}, add_to_output=True)
        if missed:
            fallback = {"name": FALLBACK, "confidence": 1.0 - ranking[0]["confidence"]}
            message.set(INTENT, fallback, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [fallback, *ranking], add_to_output=True)
