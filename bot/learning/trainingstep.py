"""One step of a training, in a process of its own: trains a model, or measures one; says how far it is by JSON lines.

A process a step, because each needs its own content (`CONFIANZA_ROOT` holds the words and towns that a model reads), and because
the memory of one is given back before the next begins. `bot.learning.retraining` starts it and holds its standard input: where that ends,
so does the step, so that no step outlives who waits for it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

# TensorFlow, which Rasa imports, would import jax for one converter that nobody here calls: two seconds, 60 MB.
sys.modules.setdefault("jax", None)  # type: ignore[arg-type]

from bot.core.errors import ConfianzaError  # noqa: E402
from bot.discretion import be_discreet  # noqa: E402

WORDS = ("reading", "languages", "topics", "rules")


def main(arguments: Sequence[str] | None = None) -> int:
    """Takes one step; returns 0, or 1 after a line `{error: what people are told}`."""
    options = _options(arguments)
    threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    with os.fdopen(options.report, "w", encoding="utf-8") as out:
        try:
            _train(options, out) if options.step == "train" else _measure(options, out)
        except ConfianzaError as error:
            _say(out, error=str(error))
            return 1
        except (Exception, SystemExit) as error:  # Rasa ends itself where it does not like its data
            _say(out, error=f"it broke off ({type(error).__name__})")
            return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.learning.trainingstep")
    parser.add_argument("step", choices=("train", "measure"))
    parser.add_argument("--report", type=int, required=True, help="the open file that lines are written to")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--content", type=Path, help="train: the folder of the content")
    parser.add_argument("--config", type=Path, help="train: the config.yml")
    parser.add_argument("--tables", type=Path, nargs="*", default=[], help="measure: the evaluation tables")
    return parser.parse_args(arguments)


def _train(options: argparse.Namespace, out: TextIO) -> None:
    from bot.learning.training import READING, STEPS, build  # noqa: PLC0415  (loads Rasa)

    words = dict(zip((READING, *STEPS.values()), WORDS))
    build(options.content, options.model, lambda done, what: _say(out, done=done, word=words[what]), options.config)


def _measure(options: argparse.Namespace, out: TextIO) -> None:
    be_discreet()
    from bot.evaluation import judge  # noqa: PLC0415  (loads Rasa)
    from bot.understanding import Understanding  # noqa: PLC0415

    mind = Understanding(options.model)
    for done, table in enumerate(options.tables, 1):
        rows = judge([table], mind)
        _say(out, done=done, rows=[asdict(row) for row in rows])


def _say(out: TextIO, **line: object) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()


def _end_with(pipe: int) -> None:
    """Ends this process when the other end of a pipe is gone."""
    while os.read(pipe, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
