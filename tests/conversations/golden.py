"""The table of golden conversations: reads it, talks it through, and writes it anew when run by hand."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.settings import Settings
from bot.simulator import Phone, Received
from bot.yamlfile import read_yaml

PATH = Path(__file__).parent / "phone.yml"
GOLDEN = read_yaml(PATH)
HEAD = """# Golden conversations by text message. One row a message: what the resident sends, what arrives, and what it costs.
# Written by `python -m tests.conversations.golden` from the `send` lines; read every difference before you commit it.
"""


def talk(conversation: dict[str, Any], settings: Settings) -> list[dict[str, Any]]:
    """Sends the conversation's messages from a new number and returns its turns as they went."""
    number = f"+1203555{secrets.randbelow(10_000):04d}"
    phone = Phone(settings, f"whatsapp:{number}" if conversation.get("whatsapp") else number)
    return [{"send": turn["send"], "receive": [_row(m) for m in phone.send(turn["send"])]} for turn in conversation["turns"]]


def _row(message: Received) -> dict[str, str]:
    return {"segments": f"{message.count.segments} {message.count.encoding}", "text": message.text}


def write() -> None:
    """Starts the service, talks every conversation through and writes the table."""
    from tests.running import running

    with tempfile.TemporaryDirectory() as folder, running(PATH.parent.parent.parent, Path(folder)) as service:
        table = [{**c, "turns": talk(c, service.settings)} for c in GOLDEN]
    for conversation in table:
        for turn in conversation["turns"]:
            for message in turn["receive"]:
                message["text"] = LiteralScalarString(message["text"])
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 10_000, True
    with PATH.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        yaml.dump(table, file)


if __name__ == "__main__":
    write()
