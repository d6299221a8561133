"""confianza run | train | model | ask | phone | flyer | export | evaluate | check | strings"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # whatever the operator's shell says
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

import typer
from rich.console import Console

from bot.catalogs import update
from bot.checks import check as find_problems
from bot.consolecommands import console_app
from bot.core.exchange import Memory, Question, Setting
from bot.core.keywords import Keyword, keyword_table
from bot.core.plain import plain
from bot.core.scores import report
from bot.core.text import clean
from bot.core.turn import respond
from bot.discretion import be_discreet
from bot.learning.modelhashes import ModelHashes
from bot.learning.modelreports import digest
from bot.library import load
from bot.modelcommands import model_app
from bot.outgoing import export, flyer, phone
from bot.settings import ROOT, read_settings
from bot.sourcecommands import sources_app
from bot.terminal import plainly

MODEL = ROOT / "models" / "confianza.tar.gz"
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Confianza: a know-your-rights chatbot.", pretty_exceptions_enable=False)
console = Console()
for command in (phone, flyer, export):
    app.command()(command)
app.add_typer(console_app, name="console")
app.add_typer(sources_app, name="sources")
app.add_typer(model_app, name="model")


@app.command()
@plainly
def run() -> None:
    """Start everything in the foreground; train first where there is no model."""
    from bot.running import run as start  # noqa: PLC0415  (only this command needs it)

    settings = read_settings()
    load(ROOT)  # a broken content file is one clear line here, not three processes that die
    if not MODEL.exists():
        _train()
    _known_model()
    raise typer.Exit(start(ROOT, settings, console))


@app.command()
@plainly
def train() -> None:
    """Train the model from data/nlu and data/stories."""
    load(ROOT)
    _train()


def _train() -> None:
    from bot.learning.training import train as start  # noqa: PLC0415  (imports Rasa and TensorFlow)

    console.print(f"SHA-256 {digest(start(ROOT, console))}")


def _known_model() -> Path:
    """Returns the live model; raises ModelError where it may not be loaded."""
    ModelHashes(MODEL.parent, read_settings().model_hashes).need(MODEL)
    return MODEL


@app.command()
@plainly
def ask(
    text: Annotated[str, typer.Argument(help="The question, in any of the languages.")],
    language: Annotated[str | None, typer.Option(help="Answer in this language: en es pt fr ht zh ar pl.")] = None,
    town: Annotated[str | None, typer.Option(help="The asker's town, for example norwalk.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the object of the API.")] = False,
) -> None:
    """Answer one question here, without servers."""
    content = load(ROOT)
    for value, known, what in ((language, content.languages, "language"), (town, content.towns, "town")):
        if value and value not in known:
            raise typer.BadParameter(f"unknown {what} '{value}'; known: {', '.join(known)}")
    text = clean(text)
    if not text or text.startswith("/"):
        raise typer.BadParameter(content.phrase(language or "en", "error_command" if text else "error_empty"))
    question, confidence = _question(text, language, town, keyword_table(content).read(text))
    turn = respond(question, Memory(), Setting(content, read_settings().today(), read_settings().public_url))
    if as_json:
        payload = turn.reply.payload()
        outer = {k: payload.pop(k) for k in ("language", "direction", "topic")}
        print(json.dumps({"conversation": None, **outer, "confidence": confidence, "reply": payload}, ensure_ascii=False, indent=2))
    else:
        print(plain(turn.reply, content))


def _question(text: str, language: str | None, town: str | None, keyword: Keyword | None) -> tuple[Question, float]:
    if keyword:
        number = int(keyword.value) if keyword.kind == "choice" else None
        return Question(keyword.intent, text, explicit_language=language, chosen_town=town, number=number), 1.0
    be_discreet()
    model = _known_model()  # before the ten seconds of imports
    from bot.understanding import Understanding  # noqa: PLC0415  (imports Rasa and TensorFlow)

    question = Understanding(model).question(text, language, town)
    return question, question.ranking[0][1]


@app.command()
@plainly
def evaluate(
    tables: Annotated[list[Path], typer.Argument(help="Tables with the columns lang, intent, register, text.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure how well messages are understood, with the pipeline and thresholds of the running bot."""
    be_discreet()
    model = _known_model()
    from bot.evaluation import judge, show  # noqa: PLC0415  (imports Rasa and TensorFlow)
    from bot.understanding import Understanding  # noqa: PLC0415

    result = report(judge(tables, Understanding(model)))
    print(json.dumps(result, ensure_ascii=False, indent=2)) if as_json else show(result, Console(width=120))


@app.command()
def check(documents: Annotated[Path | None, typer.Option(help="The folder of the original documents.")] = None) -> None:
    """Check all content: files, quotations, translations, numbers; with --documents the quotations word by word."""
    found = find_problems(ROOT, documents)
    for line in found:
        print(line)
    print(f"{len(found)} problems" if found else "All content is in order.")
    raise typer.Exit(1 if found else 0)


@app.command()
@plainly
def strings() -> None:
    """Bring locales/ up to date with the English in data/answers."""
    languages = [code for code in load_languages() if code != "en"]
    written = update(ROOT / "data" / "answers", ROOT / "locales", languages)
    print(f"{len(written)} catalogues are up to date.")


def load_languages() -> list[str]:
    """Returns the codes of the languages, without reading anything else: catalogues may not exist yet."""
    from bot.records import read_records  # noqa: PLC0415

    return [str(row["code"]) for row in read_records(ROOT / "data" / "answers" / "languages.yml")]


if __name__ == "__main__":
    app()
