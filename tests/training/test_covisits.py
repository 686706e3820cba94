"""Items that the same people visit lie near one another, whatever they are called."""

from __future__ import annotations

import numpy as np
import pytest

from store.errors import SourceError
from store.interactions import Visits
from training.covisits import embed


def test_two_circles_of_visitors_are_told_apart() -> None:
    rng = np.random.default_rng(0)
    users = np.repeat(np.arange(200), 6)
    items = rng.integers(0, 20, 1200) * 2 + users % 2  # even users visit even items
    stray = rng.random(1200) < 0.05
    items[stray] = rng.integers(0, 40, stray.sum())
    found = embed(Visits(users, items))
    assert found.positions.tolist() == list(range(40))
    np.testing.assert_allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-5)
    cosines = found.vectors[:, :1] @ found.vectors[:, :1].T  # the first direction is the widest divide
    same = np.arange(40)[:, None] % 2 == np.arange(40) % 2
    assert (cosines[same] > 0).all()
    assert (cosines[~same] < 0).all()


def test_items_visited_alone_have_no_covisits() -> None:
    found = embed(Visits(np.array([0, 0, 0, 1, 2, 2]), np.array([3, 3, 5, 7, 5, 8])))
    assert found.positions.tolist() == [3, 5, 8]


def test_nobody_who_visited_two_items_is_an_error() -> None:
    with pytest.raises(SourceError, match="no co-visits"):
        embed(Visits(np.array([0, 0, 1]), np.array([1, 1, 2])))
