"""The running door does what its description says, whatever is asked."""

from __future__ import annotations

import re

import pytest

from tests.fuzz import api
from tests.running import Service

EXAMPLES = 25


@pytest.mark.rasa
@pytest.mark.skipif(not api.PROGRAM.exists(), reason="schemathesis is not here; make it with `make fuzz-env`")
def test_the_door_does_what_it_says(service: Service) -> None:
    """No 5xx, every answer and error as described, what is forbidden refused, wrong methods and kinds told so."""
    fine, report = api.examine(service.url, EXAMPLES)
    assert fine, report
    asked = re.search(r"(\d+) generated", report)
    assert asked and int(asked.group(1)) > 4 * EXAMPLES, report
    log = service.log.read_text(errors="replace")
    assert "Traceback" not in log
