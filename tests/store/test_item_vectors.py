"""The scan equals a full sort of all cosines, under any mask and with any number of photos per item."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.item_vectors import ItemVectors, best


def unit_rows(rng: np.random.Generator, n: int, dim: int = 6) -> np.ndarray:
    rows = rng.normal(size=(n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.05])
@settings(deadline=None)  # a busy machine is no failure
@given(seed=st.integers(0, 2**32 - 1), k=st.integers(0, 40))
def test_search_is_a_full_sort(share: float, seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    owners = np.sort(rng.integers(0, 30, 50))
    vectors = ItemVectors(tuple(f"p{i}" for i in range(30)), unit_rows(rng, 50), owners)
    query, allowed = unit_rows(rng, 1)[0], rng.random(30) < share
    naive = {}
    for row, owner in zip(vectors.vectors, owners, strict=True):
        if allowed[owner]:
            naive[f"p{owner}"] = max(naive.get(f"p{owner}", -2.0), float(row @ query))
    found = vectors.search(query, k, allowed)
    expected = sorted(naive.items(), key=lambda pair: -pair[1])[:k]
    assert [item_id for item_id, _ in found] == [item_id for item_id, _ in expected]
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-6)


def test_equal_scores_keep_the_order_of_the_catalog() -> None:
    assert best(np.array([0.5, 0.9, 0.5, -np.inf, 0.5], dtype=np.float32), 3).tolist() == [1, 0, 2]


def test_a_catalog_without_vectors_finds_nothing() -> None:
    empty = ItemVectors(("a", "b"), np.empty((0, 6), dtype=np.float32), np.empty(0, dtype=np.intp))
    assert empty.search(np.eye(6, dtype=np.float32)[0], 5, np.ones(2, dtype=bool)) == []


def test_rows_of_one_item_and_the_nearest_of_many() -> None:
    axes = np.eye(3, dtype=np.float32)
    vectors = ItemVectors(("a", "b", "c"), axes, np.array([0, 0, 2]))
    np.testing.assert_array_equal(vectors.rows_of(0), axes[:2])
    assert vectors.rows_of(1).shape == (0, 3)
    nearest = vectors.nearest_rows(np.array([0.1, 0.9, 0.3], dtype=np.float32), [2, 1, 0])
    np.testing.assert_array_equal(nearest, [axes[2], np.zeros(3), axes[1]])
