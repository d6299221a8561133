"""The linear classifier: it learns, its numbers are probabilities, and it survives being saved."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from threadpoolctl import threadpool_info

from bot.nlu.bag import fit_bag
from bot.nlu.linear import Linear, fit_linear, from_arrays, in_one_order, log_softmax

EXAMPLES = {
    "es": ["la policía pregunta por papeles", "me pregunta la policía", "necesito un abogado", "dónde encuentro un abogado"],
    "ht": ["èske lapolis mande papye", "lapolis ap mande m", "mwen bezwen yon avoka", "kote mwen ka jwenn avoka"],
    "pl": ["czy policja pyta o papiery", "policja mnie pyta", "potrzebuję prawnika", "gdzie znajdę prawnika"],
    "zh": ["警察会问身份吗", "警察问我身份", "我需要律师", "哪里有律师"],
    "ar": ["الشرطة بتسأل عن الورق", "الشرطة سألتني", "بدي محامي", "وين بلاقي محامي"],
}
NEW = {"es": "un abogado pregunta", "ht": "avoka mande lapolis", "pl": "policja pyta prawnika", "zh": "律师问警察", "ar": "محامي الشرطة"}


def learned(codes: list[str]) -> Linear:
    texts, labels = zip(*[(text, code) for code in codes for text in EXAMPLES[code]])
    bag = fit_bag(texts, "both", 2000)
    return fit_linear(bag, bag.rows(texts), labels, 50.0, 60)


@pytest.mark.parametrize("codes", [list(EXAMPLES), ["ht", "es", "pl"], ["zh", "ar"]], ids=["five", "three", "two"])
def test_each_language_is_told_from_the_others(codes: list[str]) -> None:
    """New sentences go to the language whose words they are made of, however many languages there are."""
    model = learned(codes)
    chances = model.log_probabilities(model.bag.rows([NEW[code] for code in codes]))
    assert chances.shape == (len(codes), len(codes))
    assert [model.labels[best] for best in chances.argmax(axis=1)] == codes


def test_each_row_is_a_distribution() -> None:
    """The probabilities of a text, known or not, sum to one."""
    model = learned(list(EXAMPLES))
    chances = np.exp(model.log_probabilities(model.bag.rows([*NEW.values(), "", "ᚠᚢᚦ"])))
    assert chances.shape == (7, 5) and (chances > 0).all()
    assert np.allclose(chances.sum(axis=1), 1.0, atol=1e-5)


def test_the_same_data_give_the_same_model() -> None:
    """Training is repeatable to the last bit."""
    one, two = learned(list(EXAMPLES)), learned(list(EXAMPLES))
    assert one.labels == two.labels
    assert np.array_equal(one.weights, two.weights) and np.array_equal(one.bias, two.bias)


def test_a_saved_model_judges_the_same() -> None:
    """What is read from the file without pickles gives the same numbers."""
    model, file = learned(list(EXAMPLES)), BytesIO()
    np.savez(file, **model.arrays("lang"))
    file.seek(0)
    again = from_arrays(np.load(file, allow_pickle=False), "lang")
    texts = list(NEW.values())
    assert again.labels == model.labels
    assert np.array_equal(again.log_probabilities(again.bag.rows(texts)), model.log_probabilities(model.bag.rows(texts)))


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.float64, (3, 4), elements=st.floats(-1000, 1000)), st.floats(-1000, 1000))
def test_log_softmax_is_a_distribution_and_only_differences_count(scores: np.ndarray, shift: float) -> None:
    """However great the scores, each row sums to one, keeps their order, and a constant added to all changes nothing."""
    logs = log_softmax(scores)
    assert np.allclose(np.exp(logs).sum(axis=1), 1.0)
    assert np.allclose(log_softmax(scores + shift), logs, atol=1e-6)
    assert np.allclose(logs - logs[:, :1], scores - scores[:, :1], atol=1e-6)


def test_numbers_are_added_in_one_order() -> None:
    """While a model is fitted, the libraries of linear algebra have one thread, whatever the machine allows; then as many as before."""
    before = [pool["num_threads"] for pool in threadpool_info()]
    with in_one_order():
        assert {pool["num_threads"] for pool in threadpool_info()} == {1}
    assert [pool["num_threads"] for pool in threadpool_info()] == before
