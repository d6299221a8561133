"""Has a Rasa model (ours or the stock one) judge messages: rasa_judge.py <model> <messages.json> <outcome.json>."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from listening import Answer, listen, read_messages, write
from rasa.core.agent import Agent

from bot.core.doubt import FALLBACK

IDENTIFIER = "LanguageIdentifier"
FALLBACKS = ("FallbackClassifier", "CautiousFallback")


class Mind:
    """A loaded model."""

    def __init__(self, model: str) -> None:
        self._agent = Agent.load(model)
        self._loop = asyncio.new_event_loop()

    def ask(self, text: str) -> Answer:
        """Returns the first intent, the one given after the model's own thresholds, the first one's confidence, the language."""
        parsed: dict[str, Any] = self._loop.run_until_complete(self._agent.parse_message(text))
        first = next((row for row in parsed["intent_ranking"] if row["name"] != FALLBACK), parsed["intent"])
        given, language = parsed["intent"]["name"], parsed.get("language")
        return {"best": first["name"], "given": given, "confidence": first["confidence"], "language": language}

    def thresholds(self) -> dict[str, float]:
        """Returns the limits that the model was trained with."""
        assert self._agent.processor is not None
        nodes = self._agent.processor.model_metadata.predict_schema.nodes.values()
        found = next((node for node in nodes if node.uses.__name__ in FALLBACKS), None)
        return {**found.uses.get_default_config(), **found.config} if found else {}

    def identifier(self) -> Any | None:
        """Returns our language identifier where the model has one. Rasa has no public way to a component."""
        assert self._agent.processor is not None
        nodes: dict[str, Any] = self._agent.processor.graph_runner._instantiated_nodes
        return next((node._component for name, node in nodes.items() if IDENTIFIER in name), None)


def language_times(identifier: Any, texts: list[str]) -> list[float]:
    """Returns the milliseconds that the identifier alone takes for each text."""
    times = []
    for text in texts:
        started = time.perf_counter()
        identifier.identify(text)
        times.append((time.perf_counter() - started) * 1000)
    return times


def main() -> None:
    """Judges, then times the identifier alone."""
    model, messages, outcome = sys.argv[1:]
    mind = Mind(model)
    texts = [message["text"] for message in read_messages(messages)]
    result = listen(texts, mind.ask)
    identifier = mind.identifier()
    times = language_times(identifier, texts) if identifier else None
    write(outcome, {**result, "language_ms": times, "thresholds": mind.thresholds()})


if __name__ == "__main__":
    main()
