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

    def arrays(self) -> dict[str, Any]:
        """Returns what `from_arrays` needs."""
        return {"net_hidden": self.hidden, "net_hidden_bias": self.hidden_bias,
                "net_output": self.output, "net_output_bias": self.output_bias}


def from_arrays(arrays: Any) -> Network:
    """Rebuilds the network from the arrays of an .npz file."""
    return Network(arrays["net_hidden"], arrays["net_hidden_bias"], arrays["net_output"], arrays["net_output_bias"])


def fit_network(inputs: np.ndarray, labels: np.ndarray, classes: int, units: int, rounds: int) -> Network:
    """Trains on inputs (texts x features) with integer labels; the same data gives the same network."""
    # Training alone needs TensorFlow; a running bot never pays for its import here.
    from tensorflow import keras  # noqa: PLC0415

    keras.utils.set_random_seed(SEED)
    model = keras.Sequential([
        keras.layers.GaussianNoise(0.02, input_shape=(inputs.shape[1],)),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(units, activation="relu"),
        keras.layers.Dropout(0.6),
        keras.layers.Dense(classes),
    ])
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.05)
    model.compile(keras.optimizers.Adam(1.5e-3), loss)
    model.fit(inputs, keras.utils.to_categorical(labels, classes), epochs=rounds, batch_size=256, verbose=0)
    return Network(*(np.asarray(w, dtype=np.float32) for w in model.get_weights()))
