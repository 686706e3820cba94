"""Each index method gives codes in range to any store, however small or dull; what it lacks is named."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.semantic_ids import IndexMethod, with_last_token
from store.errors import SourceError
from store.interactions import Visits
from training.id_shape import LEVELS, book_size
from training.index_methods import READ_VISITS, fit

RNG = np.random.default_rng(0)
ORDINARY = RNG.standard_normal((50, 16)).astype(np.float32)
VISITS = Visits(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 0, 2]))
DULL = {
    "three identical items": np.tile(ORDINARY[:1], (3, 1)),
    "constant vectors": np.ones((20, 16), dtype=np.float32),
    "no vectors at all": np.zeros((20, 16), dtype=np.float32),
    "no images": np.hstack([ORDINARY[:, :8], np.zeros((50, 8), dtype=np.float32)]),
    "fewer numbers than components": ORDINARY[:, :2],
}


def of(method: IndexMethod) -> Visits | None:
    return VISITS if method in READ_VISITS else None


@pytest.mark.parametrize("method", IndexMethod)
@pytest.mark.parametrize("store", DULL)
def test_dull_stores_have_ids(store: str, method: IndexMethod) -> None:
    vectors = DULL[store]
    codes = fit(method, vectors, of(method)).codes(vectors)
    assert codes.shape == (len(vectors), LEVELS)
    assert codes.min() >= 0
    assert codes.max() < book_size(len(vectors), method)
    assert len(np.unique(with_last_token(codes), axis=0)) == len(vectors)


@pytest.mark.parametrize("method", [IndexMethod.SEMANTIC, IndexMethod.FSQ, IndexMethod.SEQUENTIAL])
def test_one_item_has_an_id(method: IndexMethod) -> None:
    assert fit(method, ORDINARY[:1]).codes(ORDINARY[:1]).tolist() == [[0] * LEVELS]


@pytest.mark.parametrize("method", [IndexMethod.COLLABORATIVE, IndexMethod.HYBRID])
def test_one_item_has_no_covisits(method: IndexMethod) -> None:
    with pytest.raises(SourceError, match="no co-visits"):
        fit(method, ORDINARY[:1], Visits(np.array([0, 1]), np.array([0, 0])))


@pytest.mark.parametrize("method", [IndexMethod.COLLABORATIVE, IndexMethod.HYBRID])
def test_an_item_nobody_visited_borrows(method: IndexMethod) -> None:
    quantiser = fit(method, ORDINARY, VISITS)
    assert np.flatnonzero(~quantiser.borrowed(ORDINARY)).tolist() == [0, 1, 2]
    near = ORDINARY[1:2] + 0.01
    assert (quantiser.codes(near)[:, -1] == quantiser.codes(ORDINARY[1:2])[:, -1]).all()


def test_sequential_ids_count_visits_first_and_then_the_catalog() -> None:
    codes = fit(IndexMethod.SEQUENTIAL, ORDINARY, Visits(np.array([0, 1, 1]), np.array([30, 2, 30]))).codes(ORDINARY)
    base = book_size(50, IndexMethod.SEQUENTIAL)
    numbers = codes @ base ** np.arange(LEVELS - 1, -1, -1)
    assert base == 4
    assert [numbers[30], numbers[2], numbers[0], numbers[1], numbers[3]] == [0, 1, 2, 3, 4]
    assert sorted(numbers) == list(range(50))


def test_covisits_decide_collaborative_codes() -> None:
    users = np.repeat(np.arange(500), 4)
    items = RNG.integers(0, 5, 2000) * 10 + users % 10  # ten circles of five items each
    first = fit(IndexMethod.COLLABORATIVE, ORDINARY, Visits(users, items)).codes(ORDINARY)[:, 0]
    purity = np.mean([np.bincount(first[circle::10]).max() / 5 for circle in range(10)])
    assert purity > 0.7  # by chance about .4
    assert len(set(first)) >= 6


@pytest.mark.parametrize("method", [IndexMethod.COLLABORATIVE, IndexMethod.HYBRID])
def test_a_method_without_its_visits_names_the_option(method: IndexMethod) -> None:
    with pytest.raises(SourceError, match=rf"{method}.*--interactions FILE"):
        fit(method, ORDINARY)


def test_visits_that_are_not_read_are_refused() -> None:
    with pytest.raises(SourceError, match="fsq reads no interactions"):
        fit(IndexMethod.FSQ, ORDINARY, VISITS)
