"""Starts Rasa on loopback: only its REST channel, no HTTP API, no telemetry, and logs that hold no resident's word.

Rasa's own `rasa run` would import its whole command line first; this starts the same server some seconds sooner. A model that
takes the place of the one on disk is taken over while it runs.
"""

from __future__ import annotations

import os
import sys

from bot.absent import leave_out
from bot.discretion import be_discreet

os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # whatever the operator's shell says
os.environ.setdefault("OMP_NUM_THREADS", "1")  # a single sentence is too small to be shared out
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("SETUPTOOLS_USE_DISTUTILS", "stdlib")  # Sanic imports distutils, and got all of setuptools with it
be_discreet()
if __name__ == "__main__":  # whoever else imports this module may need the whole of Rasa
    leave_out()

from rasa.core import run as rasa_run  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402

from bot.learning.modelhashes import ModelHashes  # noqa: E402
from bot.learning.models import LIVE, ModelError, Models  # noqa: E402
from bot.memoryonly import stop_unless_memory_only  # noqa: E402
from bot.reloading import Reloading  # noqa: E402
from bot.settings import ROOT, read_settings  # noqa: E402
from bot.shortcuts import close_session, take_shortcuts  # noqa: E402


def main() -> None:
    """Serves the model in models/confianza.tar.gz until the process is ended."""
    settings = read_settings()
    stop_unless_memory_only(settings)
    os.environ["CONFIANZA_ACTIONS_PORT"] = str(settings.actions_port)
    take_shortcuts()
    models = Models(settings.root)
    model, hashes = models.path(LIVE), ModelHashes(models.folder, settings.model_hashes)
    try:
        hashes.need(model)
    except ModelError as error:
        sys.exit(f"confianza: {error}")
    rasa_run.serve_application(
        model_path=str(model), interface="127.0.0.1", port=settings.rasa_port,
        credentials=str(ROOT / "credentials.yml"), cors=None, enable_api=False,
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        server_listeners=[(Reloading(model, hashes).begin, "after_server_start"), (close_session, "before_server_stop")],
    )


if __name__ == "__main__":
    main()
