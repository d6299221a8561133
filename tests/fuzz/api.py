"""Asks a running door whatever its description allows and forbids (schemathesis), and returns what it did against the description."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from bot.settings import ROOT

HERE = Path(__file__).parent
PROGRAM = ROOT / ".tools" / "fuzz" / "bin" / "schemathesis"
SEED = 20261122
MOST_SECONDS = 300


def examine(url: str, examples: int) -> tuple[bool, str]:
    """Tests each operation with so many examples; returns whether all was as described, and the report."""
    command = [
        str(PROGRAM), "--config-file", str(HERE / "schemathesis.toml"), "run", f"{url}/api/openapi.json", "--checks", "all", "--phases",
        "examples,coverage,fuzzing", "--max-examples", str(examples), "--seed", str(SEED), "--generation-database", "none",
        "--request-timeout", "20", "--continue-on-failure", "--no-color",
    ]
    names = {"CONFIANZA_FUZZ_URL": url, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks", "PYTHONPATH": str(ROOT)}
    everything = {**os.environ, **names}
    done = subprocess.run(command, cwd=ROOT, env=everything, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    return done.returncode == 0, done.stdout + done.stderr
