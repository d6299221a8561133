"""A linear classifier over a bag of n-grams: scikit-learn fits it, plain arrays keep it, numpy applies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu import bag as bags


@dataclass(frozen=True)
class Linear:
    """Labels, weights (n-grams x labels) and biases of a multinomial logistic regression."""

    bag: bags.Bag
    labels: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray

    def log_probabilities(self, rows: csr_matrix) -> np.ndarray:
        """Returns log-probabilities, one row a text, one column a label."""
        scores = rows @ self.weights + self.bias
        return np.asarray(log_softmax(scores))

    def arrays(self, prefix: str) -> dict[str, Any]:
        """Returns what `from_arrays` needs."""
        own = {f"{prefix}_labels": np.array(self.labels), f"{prefix}_weights": self.weights, f"{prefix}_bias": self.bias}
        return {**self.bag.arrays(prefix), **own}


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Returns the logarithm of the softmax of each row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


@contextmanager
def in_one_order() -> Iterator[None]:
    """Lets numbers be added in one order only: with more threads, and other ones elsewhere, the same data give another model."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  (training alone needs it here)

    with threadpool_limits(1):
        yield


def fit_linear(bag: bags.Bag, rows: csr_matrix, labels: Sequence[str], strength: float, rounds: int) -> Linear:
    """Fits the classifier. strength: inverse regularisation; rounds: the most iterations of L-BFGS."""
    # Training alone needs scikit-learn; a running bot never pays for its import here.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    with in_one_order():
        model = LogisticRegression(C=strength, max_iter=rounds).fit(rows, np.array(labels))
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.hstack([-intercepts, intercepts]) / 2
    weights = np.ascontiguousarray(coefficients.T.astype(np.float32))
    return Linear(bag, tuple(str(c) for c in model.classes_), weights, intercepts.astype(np.float32))


def from_arrays(arrays: Any, prefix: str) -> Linear:
    """Rebuilds the classifier from the arrays of an .npz file."""
    labels = tuple(str(label) for label in arrays[f"{prefix}_labels"])
    return Linear(bags.from_arrays(arrays, prefix), labels, arrays[f"{prefix}_weights"], arrays[f"{prefix}_bias"])
