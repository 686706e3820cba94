"""Who a user is before a movie comes from the movies before, and from what others took."""

from __future__ import annotations

import numpy as np
import pytest
from implicit.cpu.als import AlternatingLeastSquares

from store.interactions import Visits
from training.behaviour import user_items
from training.movielens_vectors import FOLDED, REGULARIZATION, folded_in, histories_of

MOVIES = 30


@pytest.fixture(scope="module")
def visits() -> Visits:
    """Sixty users of two tastes, twelve movies each."""
    draw = np.random.default_rng(0)
    took = [draw.permutation(15)[:12] + 15 * (user % 2) for user in range(60)]
    return Visits(np.repeat(np.arange(60), 12), np.concatenate(took), tuple(map(str, range(60))))


def test_folding_in_is_what_the_library_solves_for(visits: Visits) -> None:
    matrix = user_items(visits, MOVIES)
    model = AlternatingLeastSquares(
        64, regularization=REGULARIZATION, alpha=FOLDED, iterations=5, random_state=0, num_threads=1, use_cg=False
    )
    model.fit(matrix, show_progress=False)
    found = folded_in(model.item_factors, visits.items[visits.users == 3])
    np.testing.assert_allclose(found[-1], model.recalculate_user(3, matrix[3]), atol=1e-3)
    assert not found[0].any()


def test_a_user_before_a_movie_does_not_know_it(visits: Visits) -> None:
    found = histories_of(visits, MOVIES)
    other = visits.items.copy()
    mine = np.flatnonzero(visits.users == 5)
    other[mine[6:]] = other[mine[6:]][::-1]  # the same movies: the factors of all stay as they are
    changed = histories_of(Visits(visits.users, other, visits.user_ids), MOVIES)
    np.testing.assert_allclose(changed.before[5][:7], found.before[5][:7], atol=1e-5)
    assert np.abs(changed.before[5][7] - found.before[5][7]).max() > 1e-3


def test_users_lie_near_the_movies_of_their_taste(visits: Visits) -> None:
    found = histories_of(visits, MOVIES)
    assert [len(each) for each in found.before] == [12] * 60
    for user in (0, 1):
        scores = found.movies @ found.before[user][8]
        mine, others = (scores[15 * taste : 15 * taste + 15].mean() for taste in (user % 2, 1 - user % 2))
        assert mine > others
    np.testing.assert_allclose(np.sqrt(np.mean(np.square(found.movies))), 1.0, rtol=1e-5)
