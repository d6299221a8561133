"""The small network: Keras trains it, numpy alone applies it, the same data give the same network."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest

from bot.nlu.network import Network, fit_network, from_arrays

FEATURES, CLASSES, UNITS = 6, 3, 24


def examples(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Points around three corners."""
    chance = np.random.default_rng(seed)
    labels = chance.integers(0, CLASSES, 240)
    inputs = np.eye(CLASSES, FEATURES)[labels] + chance.normal(0, 0.1, (240, FEATURES))
    return inputs.astype(np.float32), labels


@pytest.fixture(scope="module")
def network() -> Network:
    return fit_network(*examples(1), CLASSES, UNITS, 200)


def test_it_learns_what_can_be_told_apart(network: Network) -> None:
    """Points that it has not seen go to the corner that they are near."""
    inputs, labels = examples(2)
    assert (network.log_probabilities(inputs).argmax(axis=1) == labels).mean() > 0.95


def test_its_numbers_are_probabilities(network: Network) -> None:
    """Each row sums to one, also far away from every example."""
    inputs = np.vstack([examples(2)[0], np.full((1, FEATURES), 100.0), np.zeros((1, FEATURES))])
    assert np.allclose(np.exp(network.log_probabilities(inputs)).sum(axis=1), 1.0, atol=1e-5)


def test_it_is_kept_as_plain_float32(network: Network) -> None:
    """Weights and biases have the sizes that were asked for, in float32."""
    arrays = network.arrays("net0")
    assert {a.dtype for a in arrays.values()} == {np.dtype(np.float32)}
    assert [a.shape for a in arrays.values()] == [(FEATURES, UNITS), (UNITS,), (UNITS, CLASSES), (CLASSES,)]


def test_the_same_data_give_the_same_network(network: Network) -> None:
    """Training is repeatable, whatever chance was used for before."""
    np.random.default_rng().random(7)
    np.random.random(7)  # Keras draws from this one
    again = fit_network(*examples(1), CLASSES, UNITS, 200)
    assert all(np.array_equal(a, b) for a, b in zip(network.arrays("net0").values(), again.arrays("net0").values()))


def test_another_seed_gives_another_network(network: Network) -> None:
    """Networks that are to outvote each other begin with other lots."""
    other = fit_network(*examples(1), CLASSES, UNITS, 200, seed=8)
    assert not np.array_equal(other.hidden, network.hidden)


def test_a_saved_network_judges_the_same(network: Network) -> None:
    """What is read from the file without pickles gives the same numbers."""
    file = BytesIO()
    np.savez(file, **network.arrays("net0"))
    file.seek(0)
    again = from_arrays(np.load(file, allow_pickle=False), "net0")
    inputs = examples(2)[0]
    assert np.array_equal(again.log_probabilities(inputs), network.log_probabilities(inputs))


def test_it_does_by_hand_what_its_weights_say() -> None:
    """A hidden unit below zero is silent; the output is the softmax of what the others say."""
    network = Network(np.array([[1.0, -1.0]]), np.zeros(2), np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([0.0, 1.0]))
    expected = np.log([[np.e**2 / (np.e**2 + np.e), np.e / (np.e**2 + np.e)], [1 / (1 + np.e**5), np.e**5 / (1 + np.e**5)]])
    assert np.allclose(network.log_probabilities(np.array([[1.0], [-1.0]])), expected)
