"""What schemathesis cannot make up: a conversation's token. It gets real ones from the door that it is to test."""

from __future__ import annotations

import os

import requests
import schemathesis
from hypothesis import strategies as st

URL = os.environ["CONFIANZA_FUZZ_URL"]


def _token() -> str:
    return str(requests.post(f"{URL}/api/messages", json={"topic": "greet"}, timeout=20).json()["conversation"])


schemathesis.openapi.format("conversation", st.sampled_from(["", _token(), _token()]))
