"""The slow step: trains the pipeline that `rasa init` makes on the fixed subset. Run by `make bench-slow`.

Everything goes to one folder: the examples, the model, and about.json. `make bench-compare` finds it there later, by BENCH_STOCK_MODEL.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
from datetime import datetime, timezone
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from bots import PROGRAMS, ROOT
from examples import digest, draw, read_all, write
from program import BenchError, Program, running

PLACE = "BENCH_STOCK_MODEL"
FOLDER = ROOT / ".tools" / "bench" / "stock"
EXAMPLES, MODEL, ABOUT, CONFIG = "examples.yml", "model.tar.gz", "about.json", "config.yml"
MOST_SECONDS = 6 * 3600


def main() -> int:
    """Trains, and says where the model is."""
    parser = argparse.ArgumentParser(prog="stock", description="Train stock Rasa on the fixed subset (about three quarters of an hour).")
    parser.add_argument("--folder", type=Path, default=place(), help=f"where to keep the model; {PLACE} unless given")
    folder = parser.parse_args().folder.absolute()
    try:
        about = train(folder)
    except BenchError as error:
        print(f"stock: {error}", file=sys.stderr)
        return 1
    print(f"trained in {about['seconds']:.0f} s; to use it: {PLACE}={folder}")
    return 0


def place() -> Path:
    """Returns the folder of the trained model, whether or not it is there."""
    return Path(os.environ.get(PLACE) or FOLDER)


def train(folder: Path) -> dict[str, object]:
    """Trains in the folder; returns what stands in its about.json. Nothing of Rasa's cache is used."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).unlink(missing_ok=True)  # it is written last: a folder with it is a whole one
    drawn = draw(read_all(ROOT))
    write(drawn, folder / EXAMPLES)
    shutil.copyfile(stock_config(), folder / CONFIG)
    before = _cpu_seconds()
    with tempfile.TemporaryDirectory(prefix="confianza-stock-") as cache, running(_training(folder, Path(cache))) as program:
        seconds = program.finish(MOST_SECONDS)
    about: dict[str, object] = {
        "seconds": round(seconds, 1), "cpu_seconds": round(_cpu_seconds() - before, 1), "examples": len(drawn), "digest": digest(drawn),
        "rasa": metadata.version("rasa"), "taken": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return about


def stock_config() -> Path:
    """Returns the config.yml that `rasa init` lays down; its empty pipeline is filled by Rasa with Rasa's own default."""
    spec = find_spec("rasa")
    if spec is None or spec.origin is None:
        raise BenchError("rasa is not installed here")
    return Path(spec.origin).parent / "cli" / "initial_project" / "config.yml"


def _training(folder: Path, cache: Path) -> Program:
    names = {"--config": CONFIG, "--nlu": EXAMPLES, "--out": ".", "--fixed-model-name": MODEL.removesuffix(".tar.gz")}
    arguments = [part for name, value in names.items() for part in (name, value)]
    command = [str(PROGRAMS / "rasa"), "train", "nlu", *arguments]
    return Program(command, folder, folder / "training.log", {"RASA_CACHE_DIRECTORY": str(cache)})


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
