"""A small neural classifier: one hidden layer over the sentence's vector and its n-grams; Keras trains it, numpy applies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.nlu.linear import log_softmax

SEED = 7


@dataclass(frozen=True)
class Network:
    """Weights and biases of the hidden and the output layer, float32."""

    hidden: np.ndarray
    hidden_bias: np.ndarray
    output: np.ndarray
    output_bias: np.ndarray

    def log_probabilities(self, inputs: np.ndarray) -> np.ndarray:
        """Returns log-probabilities, one row an input, one column a label."""
        active = np.maximum(inputs @ self.hidden + self.hidden_bias, 0.0)
        return log_softmax(active @ self.output + self.output_bias)

    def arrays(self, name: str) -> dict[str, Any]:
        """Returns what `from_arrays` needs; the name tells this network from another one in the same file."""
        return {f"{name}_hidden": self.hidden, f"{name}_hidden_bias": self.hidden_bias,
                f"{name}_output": self.output, f"{name}_output_bias": self.output_bias}


def from_arrays(arrays: Any, name: str) -> Network:
    """Rebuilds the network from the arrays of an .npz file."""
    return Network(*(arrays[f"{name}_{part}"] for part in ("hidden", "hidden_bias", "output", "output_bias")))


def fit_network(inputs: np.ndarray, labels: np.ndarray, classes: int, units: int, rounds: int, seed: int = SEED) -> Network:
    """Trains on inputs (texts x features) with integer labels; the same data gives the same network, bit by bit."""
    # Training alone needs TensorFlow; a running bot never pays for its import here.
    from tensorflow import keras  # noqa: PLC0415

    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.layers.GaussianNoise(0.02, input_shape=(inputs.shape[1],)),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(units, activation="relu"),
        keras.layers.Dropout(0.7),
        keras.layers.Dense(classes),
    ])
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.05)
    model.compile(keras.optimizers.Adam(1.5e-3), loss)
    model.fit(inputs, keras.utils.to_categorical(labels, classes), epochs=rounds, batch_size=256, verbose=0)
    return Network(*(np.asarray(w, dtype=np.float32) for w in model.get_weights()))
