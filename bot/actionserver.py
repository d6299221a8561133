"""Starts the action server on loopback, in one process: rasa_sdk's own start-up listens on every address by default."""

from __future__ import annotations

from bot.discretion import be_discreet

be_discreet()

from rasa_sdk import endpoint  # noqa: E402

from bot.settings import read_settings  # noqa: E402

# Longer than Rasa keeps a connection that it does not use (15): the side that asks must be the one that closes, or a call gets lost.
KEEP_ALIVE_SECONDS = 60


def main() -> None:
    """Serves the package `actions` until the process is ended."""
    app = endpoint.create_app("actions", cors_origins="")
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE_SECONDS
    app.run(host="127.0.0.1", port=read_settings().actions_port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
