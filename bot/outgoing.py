"""Commands for what leaves the service: texting with a simulated phone, flyers, the static copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.library import load
from bot.settings import ROOT, read_settings
from bot.simulator import Phone, shown
from bot.terminal import plainly


@plainly
def phone(
    number: Annotated[str, typer.Option("--from", help="The simulated phone's number.")] = "+12035550123",
    whatsapp: Annotated[bool, typer.Option("--whatsapp", help="Send WhatsApp messages instead of SMS.")] = False,
) -> None:
    """Text with the running service as a phone does: one line a message; segments and cost are shown. Ends with an empty line."""
    settings = read_settings()
    simulated = Phone(settings, f"whatsapp:{number}" if whatsapp else number)
    while text := input("> ").strip():
        replies = simulated.send(text)
        for reply in replies:
            print(f"\n{reply.text}\n  [{shown(reply, settings.phone.segment_price, whatsapp)}]\n")
        if not replies:
            print("  [silence]\n")


@plainly
def flyer(
    output: Annotated[Path, typer.Option("--output", "-o", help="The PDF file to write.")],
    language: Annotated[str, typer.Option(help="en es pt fr ht zh ar pl.")] = "en",
    second: Annotated[str | None, typer.Option(help="A second language on the same paper.")] = None,
    town: Annotated[str | None, typer.Option(help="For example norwalk.")] = None,
    name: Annotated[str, typer.Option("--format", help="letter, a4, insert or cards.")] = "letter",
) -> None:
    """Make a flyer, a bulletin insert or pocket cards."""
    from bot.doors.command import draw_flyer  # noqa: PLC0415  (imports Django)

    content = load(ROOT)
    formats = {"letter": "", "a4": "", "insert": "", "cards": ""}
    for value, known, what in ((language, content.languages, "language"), (second, content.languages, "language"),
                               (town, content.towns, "town"), (name, formats, "format")):
        if value and value not in known:
            raise typer.BadParameter(f"unknown {what} '{value}'; known: {', '.join(known)}")
    output.write_bytes(draw_flyer(language, second, town, name, content))
    print(f"{output} is written.")


@plainly
def export(folder: Annotated[Path, typer.Argument(help="Where to write; made where it is not there.")]) -> None:
    """Write all answers as a static site in all languages, for the day when the service is gone."""
    from bot.doors.command import write_copy  # noqa: PLC0415  (imports Django)

    print(f"{write_copy(folder, load(ROOT))} pages are written to {folder}.")
