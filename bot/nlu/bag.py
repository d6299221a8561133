"""A bag of n-grams with TF-IDF weights: fits a vocabulary, turns texts into sparse rows, saves as plain arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.core import ngrams

ANALYZERS: dict[str, Callable[[str], list[str]]] = {"chars": ngrams.char_ngrams, "both": ngrams.both}


@dataclass(frozen=True)
class Bag:
    """Vocabulary (n-gram -> column), inverse document frequencies, the name of the analyzer."""

    columns: dict[str, int]
    idf: np.ndarray
    analyzer: str

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Returns one L2-normalised row a text, float32, with sublinear term frequencies."""
        analyze, find = ANALYZERS[self.analyzer], self.columns.get
        data, indices, starts = [], [], [0]
        for text in texts:
            counts: dict[int, int] = {}
            for gram in analyze(text):
                column = find(gram)
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
            columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
            values = (1.0 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[columns]
            norm = float(np.sqrt((values * values).sum())) or 1.0
            data.append(values / norm)
            indices.append(columns)
            starts.append(starts[-1] + len(columns))
        shape = (len(texts), len(self.idf))
        return csr_matrix((np.concatenate(data), np.concatenate(indices), starts), shape=shape, dtype=np.float32)

    def arrays(self, prefix: str) -> dict[str, Any]:
        """Returns what `from_arrays` needs, for one .npz file without pickles."""
        grams = sorted(self.columns, key=lambda g: self.columns[g])
        return {f"{prefix}_grams": np.array("\n".join(grams)), f"{prefix}_idf": self.idf, f"{prefix}_kind": np.array(self.analyzer)}


def fit_bag(texts: Sequence[str], analyzer: str, most: int) -> Bag:
    """Learns the `most` commonest n-grams that stand in at least two texts."""
    seen: dict[str, int] = {}
    for text in texts:
        for gram in set(ANALYZERS[analyzer](text)):
            seen[gram] = seen.get(gram, 0) + 1
    # Ties are broken by the n-gram itself, so that the same data always gives the same model.
    kept = sorted((g for g, n in seen.items() if n > 1 and "\n" not in g), key=lambda g: (-seen[g], g))[:most]
    idf = np.array([np.log((1 + len(texts)) / (1 + seen[g])) + 1 for g in kept], dtype=np.float32)
    return Bag({g: i for i, g in enumerate(kept)}, idf, analyzer)


def from_arrays(arrays: Any, prefix: str) -> Bag:
    """Rebuilds a bag from the arrays of an .npz file."""
    grams = str(arrays[f"{prefix}_grams"]).split("\n")
    return Bag({g: i for i, g in enumerate(grams)}, arrays[f"{prefix}_idf"], str(arrays[f"{prefix}_kind"]))
