"""Understands messages in this process, with the trained model and without servers: for `ask` and `evaluate`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bot.core.errors import StartError
from bot.core.exchange import Question
from bot.core.speech import Guess


class Understanding:
    """The same pipeline and thresholds as the running bot."""

    def __init__(self, model: Path) -> None:
        if not model.exists():
            raise StartError(f"{model}: there is no trained model; run `make train` first")
        self._agent = Agent.load(str(model))
        self._loop = asyncio.new_event_loop()

    def parse(self, text: str) -> dict[str, Any]:
        """Returns Rasa's parse: intent, intent_ranking, entities, language, language_guess."""
        parsed: dict[str, Any] = self._loop.run_until_complete(self._agent.parse_message(text))
        return parsed

    def question(self, text: str, language: str | None, town: str | None) -> Question:
        """Returns what a text was understood as; language and town as chosen by the asker."""
        parsed = self.parse(text)
        towns = [e["value"] for e in parsed.get("entities", ()) if e["entity"] == "town"]
        guess = parsed.get("language_guess")
        return Question(
            intent=parsed["intent"]["name"], text=text,
            ranking=tuple((r["name"], r["confidence"]) for r in parsed["intent_ranking"]),
            town=towns[0] if towns else None, guess=Guess(**guess) if guess else None,
            explicit_language=language, chosen_town=town, town_alone=bool(parsed.get("town_alone")),
        )
