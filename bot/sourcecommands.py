"""Commands about the sources: visit their pages, accept what changed there."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.core.drift import UNREACHABLE, Seen, links
from bot.library import load
from bot.settings import read_settings
from bot.sources.asking import Manners
from bot.sources.visiting import Visitor
from bot.sources.watching import accept as accept_page
from bot.sources.watching import watch as watch_pages
from bot.sources.watching import watch_file
from bot.terminal import plainly

sources_app = typer.Typer(no_args_is_help=True, help="The pages that we quote.")
# For tests, which visit this machine.
MANNERS = Manners()
# A link stays in one line, to be copied.
WIDE = 2000


@sources_app.command()
@plainly
def watch() -> None:
    """Visit every page that our documents and laws name; print what changed, and end with 1 where an editor should look."""
    settings = read_settings()
    manners = MANNERS.named(settings.public_url)
    wanted = links(load(settings.root))
    seen = list(watch_pages(wanted, watch_file(settings.state), settings.today(), Visitor(manners).visit))
    shown = [s for s in seen if s.is_flagged or s.verdict == UNREACHABLE]
    if shown:
        Console(width=WIDE).print(table(shown))
    flagged = sum(s.is_flagged for s in seen)
    print(f"{len(seen)} pages visited, {flagged} to look at.")
    raise typer.Exit(1 if flagged else 0)


@sources_app.command()
@plainly
def accept(address: Annotated[str, typer.Argument(help="The link, as the table shows it.")]) -> None:
    """Take what is now on a page as known, after you have looked at it."""
    seen = accept_page(watch_file(read_settings().state), address)
    print(f"{seen.address}: {seen.verdict}, accepted.")


def table(seen: list[Seen]) -> Table:
    """Returns a table of pages: verdict, link, who names it, what else there is to say."""
    drawn = Table("Verdict", "Link", "Named by", "More", box=None)
    for one in seen:
        drawn.add_row(*map(Text, (one.verdict, one.address, ", ".join(one.names), more(one))))
    return drawn


def more(seen: Seen) -> str:
    """Returns what explains a verdict, in one line."""
    said = [seen.trouble, f"now at {seen.moved_to}" if seen.moved_to else ""]
    said += [f"no longer there: {', '.join(seen.gone)}" if seen.gone else ""]
    said += [f"last seen {seen.last_seen.isoformat()}" if seen.last_seen and seen.last_seen != seen.visited else ""]
    return "; ".join(filter(None, said))
