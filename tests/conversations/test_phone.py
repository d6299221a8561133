"""Golden conversations by text message, through the real door, Rasa and actions: plain text in, exact messages out.

After a change of an answer or a translation, write them anew and read the difference:
`python -m tests.conversations.golden`.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.pages import MOST_SEGMENTS
from bot.core.segments import count
from tests.conversations.golden import GOLDEN, talk
from tests.running import Service


@pytest.mark.rasa
@pytest.mark.parametrize("conversation", GOLDEN, ids=lambda c: c["name"])
def test_golden_conversation(conversation: dict[str, Any], service: Service) -> None:
    """Every message is answered with exactly these messages, and costs exactly these segments."""
    assert talk(conversation, service.settings) == conversation["turns"]


@pytest.mark.parametrize("conversation", [c for c in GOLDEN if not c.get("whatsapp")], ids=lambda c: c["name"])
def test_golden_segments(conversation: dict[str, Any]) -> None:
    """What is recorded keeps the limits: three segments GSM-7, four UCS-2."""
    for turn in conversation["turns"]:
        for message in turn["receive"]:
            counted = count(message["text"])
            assert message["segments"] == f"{counted.segments} {counted.encoding}"
            assert counted.segments <= MOST_SEGMENTS[counted.encoding]


def test_all_languages_are_there() -> None:
    """The table speaks all eight languages."""
    assert {c["language"] for c in GOLDEN} == {"en", "es", "pt", "fr", "ht", "zh", "ar", "pl"}
