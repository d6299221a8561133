"""Which models may be loaded: those whose hash a training wrote down, or an operator accepted.

An archive names the classes that Rasa makes of it, so whoever makes a model makes a program. The list lies beside the models and is
never changed, only added to: a model goes live and comes back without it. It holds back what came there by another way: half a
copy, a damaged disk, somebody else's model. It does not hold back who may write the folder; CONFIANZA_MODEL_SHA256 does, since it
stands where the service cannot write.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from bot.learning.modelreports import digest
from bot.learning.models import ModelError

LIST = "known.sha256"
HASH = re.compile(r"[0-9a-f]{64}")


class ModelHashes:
    """The list of a folder of models. pinned: where there are any, only these hashes count, whatever the list says."""

    def __init__(self, folder: Path, pinned: frozenset[str] = frozenset()) -> None:
        self.path, self.pinned = folder / LIST, pinned

    def add(self, hashed: str, note: str) -> None:
        """Adds a hash with a word on where it came from; raises ModelError for what is no hash, or where the disk does not take it."""
        if not HASH.fullmatch(hashed):
            raise ModelError(f"{hashed!r} is no SHA-256; it has 64 of the characters 0 to 9 and a to f")
        if hashed in self.listed():
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:  # one small write at the end: two that add at once both get their line
                file.write(f"\n{hashed}  {note}\n".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ModelError(f"the model's hash could not be written to {self.path} ({error.strerror})") from error

    def knows(self, model: Path) -> bool:
        """True where a model's file is there and may be loaded."""
        return digest(model) in (self.pinned or self.listed())

    def need(self, model: Path) -> None:
        """Raises ModelError, which says what to do, where a model may not be loaded."""
        if self.knows(model):
            return
        found = digest(model)
        if not found:
            raise ModelError(f"{model}: there is no such model; run `make train`")
        if self.pinned:
            raise ModelError(f"{model} is not loaded: its SHA-256 {found} is none of those that CONFIANZA_MODEL_SHA256 allows")
        raise ModelError(
            f"{model} is not loaded: no training of this installation made it. Either train (`make train`), or, where it was trained "
            f"elsewhere, compare the hash that the training printed there and run: confianza model accept {found}")

    def listed(self) -> frozenset[str]:
        """Returns the hashes of the list; a line that is none, or only half of one, counts for nothing."""
        try:
            lines = self.path.read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return frozenset()
        return frozenset(line[:64] for line in lines if HASH.fullmatch(line[:64]) and line[64:65] in ("", " "))
