"""The bag of n-grams: what it learns, what a row is, and that it survives being saved."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.bag import ANALYZERS, Bag, fit_bag, from_arrays

TEXTS = [
    "¿La policía pregunta por papeles?", "la policia pide papeles", "Èske lapolis mande papye?", "lapolis mande papye",
    "警察会问身份吗", "警察问我身份", "الشرطة بتسأل عن الورق", "الشرطة تسأل عن الأوراق",
    "czy policja pyta o papiery", "policja pyta o papiery",
]


@pytest.fixture(scope="module", params=ANALYZERS)
def bag(request: pytest.FixtureRequest) -> Bag:
    return fit_bag(TEXTS, request.param, 400)


def saved_and_read(arrays: dict[str, Any]) -> Any:
    """Arrays after a way through an .npz file that may hold no pickles."""
    file = BytesIO()
    np.savez(file, **arrays)
    file.seek(0)
    return np.load(file, allow_pickle=False)


def test_a_row_has_the_length_one(bag: Bag) -> None:
    """Every text that has known n-grams is a float32 row of length one, short or long."""
    rows = bag.rows([*TEXTS, TEXTS[0] * 20])
    assert (rows.shape, rows.dtype) == ((11, len(bag.columns)), np.float32)
    assert np.allclose(np.sqrt(rows.multiply(rows).sum(axis=1)), 1.0, atol=1e-5)


def test_a_text_without_anything_known_is_an_empty_row(bag: Bag) -> None:
    """Nothing known gives zeros, no error and no division by zero; its neighbours are as without it."""
    rows = bag.rows(["", TEXTS[0], "ᚠᚢᚦ"])
    blank = {bag.columns.get(" ")}  # the edge of a word, which every word has
    assert rows[0].nnz == 0 and set(rows[2].indices) <= blank
    assert np.array_equal(rows[1].toarray(), bag.rows([TEXTS[0]]).toarray())


@pytest.mark.parametrize("one, other", [
    ("¿LA POLICÍA PREGUNTA?", "la policia pregunta"), ("الأوراق", "الاوراق"), ("LAPOLIS  MANDE", "lapolis mande"),
], ids=["Spanish", "Arabic", "Creole"])
def test_case_accents_and_letter_variants_do_not_count(one: str, other: str) -> None:
    """Two ways of typing the same words are the same row."""
    bag = fit_bag([*TEXTS, one.strip("¿?"), other], "both", 400)
    assert np.array_equal(bag.rows([one.strip("¿?")]).toarray(), bag.rows([other]).toarray())


def test_only_what_stands_in_two_texts_is_learned() -> None:
    """An n-gram of one text alone, however often it stands there, is no column."""
    bag = fit_bag(["警察警察 papye", "警察 papeles", "身份身份身份"], "chars", 400)
    assert {"警", "警察", "pap"} <= set(bag.columns)
    assert not {"身", "身份", "papy", "apel"} & set(bag.columns)


def test_the_commonest_are_kept_and_ties_do_not_depend_on_order() -> None:
    """`most` is a bound, the commonest win, and the same data in another order give the same bag."""
    whole, small = fit_bag(TEXTS, "both", 400), fit_bag(TEXTS, "both", 20)
    assert len(small.columns) == 20 < len(whole.columns)
    assert list(small.columns) == list(whole.columns)[:20]
    turned = fit_bag(TEXTS[::-1], "both", 400)
    assert turned.columns == whole.columns and np.array_equal(turned.idf, whole.idf)


def test_rarer_n_grams_weigh_more() -> None:
    """What stands in fewer texts says more about a text."""
    bag = fit_bag(["papye lapolis", "papye lapolis", "papye bonjou", "papye bonswa"], "both", 400)
    weight = {gram: bag.idf[column] for gram, column in bag.columns.items()}
    assert weight["=lapolis"] > weight["=papye"] == pytest.approx(1.0)


def test_a_saved_bag_gives_the_same_rows(bag: Bag) -> None:
    """What is read from the file is the same bag: columns, weights and way of cutting."""
    again = from_arrays(saved_and_read(bag.arrays("lang")), "lang")
    assert (again.columns, again.analyzer) == (bag.columns, bag.analyzer)
    assert np.array_equal(again.rows(TEXTS).toarray(), bag.rows(TEXTS).toarray())


def test_two_bags_fit_into_one_file() -> None:
    """The prefix keeps two bags apart."""
    one, two = fit_bag(TEXTS, "chars", 50), fit_bag(TEXTS, "both", 60)
    arrays = saved_and_read({**one.arrays("a"), **two.arrays("b")})
    assert (from_arrays(arrays, "a").columns, from_arrays(arrays, "b").columns) == (one.columns, two.columns)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_is_a_row_whose_place_does_not_matter(texts: list[str]) -> None:
    """Whatever people write, each text is one finite row, the same alone as among others."""
    bag = fit_bag(TEXTS, "both", 200)
    rows = bag.rows(texts).toarray()
    assert rows.shape == (len(texts), 200) and np.isfinite(rows).all()
    assert np.array_equal(rows, np.vstack([bag.rows([text]).toarray() for text in texts]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=2, max_size=6))
def test_a_bag_of_any_texts_survives_being_saved(texts: list[str]) -> None:
    """Whatever the examples hold, the bag read from the file is the bag that was saved."""
    bag = fit_bag([*texts, *texts, "papye", "papye"], "both", 500)
    again = from_arrays(saved_and_read(bag.arrays("x")), "x")
    assert again.columns == bag.columns
