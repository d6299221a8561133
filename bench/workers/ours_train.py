"""Trains our pipeline on a folder of content, as `confianza train` does: ours_train.py <folder> <model>."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.learning.training import build

if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), lambda _done, _what: None)
