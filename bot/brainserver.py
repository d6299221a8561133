"""Starts Rasa on loopback: only its REST channel, no HTTP API, no telemetry, and logs that hold no resident's word.

Rasa's own `rasa run` would import its whole command line first; this starts the same server some seconds sooner. A model that
takes the place of the one on disk is taken over while it runs.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from bot.discretion import be_discreet

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # a single sentence is too small to be shared out
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
be_discreet()
# TensorFlow, which Rasa imports, would import jax for one converter that nobody here calls: two seconds, 60 MB.
sys.modules.setdefault("jax", None)  # type: ignore[arg-type]

import fastjsonschema  # noqa: E402
from rasa.core import run as rasa_run  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402

from bot.learning.models import LIVE, Models  # noqa: E402
from bot.reloading import Reloading  # noqa: E402
from bot.settings import ROOT, read_settings  # noqa: E402

_VALIDATE = fastjsonschema.compile(RemoteAction.action_response_format_spec())


def _validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Validates an action's answer with a validator compiled once: Rasa re-checks and walks its schema at every call."""
    _VALIDATE(result)
    return True


def main() -> None:
    """Serves the model in models/confianza.tar.gz until the process is ended."""
    settings = read_settings()
    os.environ["CONFIANZA_ACTIONS_PORT"] = str(settings.actions_port)
    RemoteAction._validate_action_result = _validate  # type: ignore[method-assign]
    model = Models(settings.root).path(LIVE)
    rasa_run.serve_application(
        model_path=str(model), interface="127.0.0.1", port=settings.rasa_port,
        credentials=str(ROOT / "credentials.yml"), cors=None, enable_api=False,
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        server_listeners=[(Reloading(model).begin, "after_server_start")],
    )


if __name__ == "__main__":
    main()
