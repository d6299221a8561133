"""Commands about the models on disk: which there are and which may be loaded; accept one that was trained elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import digest
from bot.learning.models import Models
from bot.settings import read_settings
from bot.terminal import plainly

model_app = typer.Typer(no_args_is_help=True, help="The models on disk and their hashes.")


@model_app.command("list")
@plainly
def list_models() -> None:
    """Print hash, name and whether it may be loaded, one model a line."""
    settings = read_settings()
    models = Models(settings.root)
    hashes = ModelHashes(models.folder, settings.model_hashes)
    for name, model in models.reports().items():
        print(f"{digest(model.path)}  {name}  {'may be loaded' if hashes.knows(model.path) else 'is not known'}")


@model_app.command()
@plainly
def accept(hashed: Annotated[str, typer.Argument(metavar="SHA256", help="The hash that the training printed.")]) -> None:
    """Let the model with this hash be loaded, though it was trained elsewhere; a running bot takes it over within seconds."""
    hashes = ModelHashes(Models(read_settings().root).folder)
    hashes.add(hashed.strip().lower(), "accepted")
    print("A model with this hash may be loaded now.")
