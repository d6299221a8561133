"""What libraries log is cut down to where it came from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
from bot.discretion import be_discreet
be_discreet()
import logging, warnings, structlog
warnings.warn("zebrafish in a warning")
logging.getLogger("rasa.core").error("An exception occured while handling user message 'zebrafish'.")
logging.getLogger("rasa.core").warning("zebrafish")
try:
    raise ValueError("zebrafish")
except ValueError:
    logging.getLogger("rasa.core.channels").exception("zebrafish")
structlog.get_logger().debug("processor.message.parse", text="zebrafish")
structlog.get_logger().error("rest.message.received.failure", text="zebrafish")
"""


def test_a_message_never_reaches_a_log(root: Path) -> None:
    """Rasa logs a resident's text with its errors; of such a line only level, logger, line and kind are written."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=True, timeout=60)
    written = done.stdout + done.stderr
    assert "zebrafish" not in written
    assert "ERROR rasa.core:" in written
    assert "ValueError" in written
    assert "rest.message.received.failure" in written
