"""Conversations, as people have them, through the real Rasa, actions and door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.yamlfile import read_yaml
from tests.running import Service

CONVERSATIONS = read_yaml(Path(__file__).parent / "conversations.yml")


@pytest.mark.rasa
@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda c: c["name"])
def test_conversation(conversation: dict[str, Any], service: Service) -> None:
    """Each turn is answered with the topic, language, town and words that its row names."""
    token: str | None = None
    for turn in conversation["turns"]:
        body = {"topic": turn["press"]} if "press" in turn else {"message": turn["say"]}
        answer = service.ask(**body, **({"conversation": token} if token else {}))
        token = answer["conversation"]
        check(answer, turn["expect"])


def check(answer: dict[str, Any], expected: dict[str, Any]) -> None:
    reply = answer["reply"]
    ids = {key: [item["id"] for item in reply[key]] for key in ("quotes", "contacts")}
    holds = {
        "topic": lambda v: answer["topic"] == v,
        "language": lambda v: answer["language"] == v,
        "town": lambda v: reply["town"] == v,
        "text": lambda v: v in reply["text"],
        "notice": lambda v: any(v in n for n in reply["notices"]),
        "no_notice": lambda v: v not in reply["notices"],
        "quotes": lambda v: v in ids["quotes"],
        "no_quotes": lambda _: not ids["quotes"] and not reply["laws"],
        "contacts": lambda v: v in ids["contacts"],
        "any_suggestions": lambda _: bool(reply["suggestions"]),
    }
    for key, value in expected.items():
        assert holds[key](value), (key, value, answer["topic"], answer["language"], reply["text"], reply["notices"])
