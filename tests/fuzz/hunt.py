"""Hunts with atheris, in the environment of `make fuzz`: `python -m tests.fuzz.hunt TARGET FOLDER [libFuzzer's options]`.

FOLDER: where an input that breaks a rule is left, for `tests/fuzz/corpus/TARGET`.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot", "babel.messages", "merge3", "twilio.request_validator", "html.parser", "csv"]):
    from tests.fuzz.targets import TARGETS, Target

CORPUS = Path(__file__).parent / "corpus"


def main(arguments: list[str]) -> None:
    """Runs libFuzzer on one target; it ends the process."""
    logging.disable(logging.CRITICAL)
    name, folder, *options = arguments
    with tempfile.TemporaryDirectory(prefix="fuzz-") as made:
        kept = [str(CORPUS / name)] if (CORPUS / name).is_dir() else []
        fixed = [f"-dict={_dictionary(Path(made), TARGETS[name])}", f"-artifact_prefix={folder}/", "-print_final_stats=1"]
        (Path(made) / "found").mkdir()
        for size in range(8):  # what is made once takes longer than one input may
            TARGETS[name].run(b"x" * size)
        atheris.Setup([sys.argv[0], *fixed, *options, str(Path(made) / "found"), *kept], TARGETS[name].run)
        atheris.Fuzz()


def _dictionary(folder: Path, target: Target) -> Path:
    path = folder / "words.dict"
    rows = ('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"' for word in target.words)
    path.write_text("\n".join(rows) + "\n", encoding="ascii")
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
