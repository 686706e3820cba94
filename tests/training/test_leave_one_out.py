"""What is held out is never trained on, what was met is never ranked, and the figures are those of a hand's count."""

from __future__ import annotations

import numpy as np
import pytest

from store.interactions import Visits
from training.leave_one_out import (
    Numbers,
    Vectors,
    hit_figures,
    leave_one_out,
    ranked_items,
    sampled_candidates,
)

# User 0 meets 3, 1, 3 again, 2; user 1 meets 4 only; user 2 meets 0, 5 and 0 again.
VISITS = Visits(np.array([0, 2, 0, 1, 2, 0, 0, 2]), np.array([3, 0, 1, 4, 5, 3, 2, 0]), ("a", "b", "c"))


def rising(users: Numbers) -> Vectors:
    """The higher an item's number the better."""
    return np.tile(np.arange(6, dtype=np.float32), (len(users), 1))


def test_the_last_new_item_is_held_out() -> None:
    held = leave_one_out(VISITS)
    assert (held.users.tolist(), held.targets.tolist()) == ([0, 2], [2, 5])
    assert list(zip(held.train.users.tolist(), held.train.items.tolist(), strict=True)) == [
        (0, 3),
        (2, 0),
        (0, 1),
        (1, 4),
    ]
    again = leave_one_out(held.train)
    assert (again.users.tolist(), again.targets.tolist()) == ([0], [1])


def test_what_was_met_is_not_ranked() -> None:
    ranked = ranked_items(leave_one_out(VISITS), 6, rising, 4)
    assert ranked.tolist() == [[5, 4, 2, 0], [5, 4, 3, 2]]


def test_among_candidates_only_these_are_ranked_and_ties_stay_in_order() -> None:
    candidates = np.array([[0, 2, 4], [1, 2, 5]])
    held = leave_one_out(VISITS)
    assert ranked_items(held, 6, rising, 3, candidates).tolist() == [[4, 2, 0], [5, 2, 1]]
    assert ranked_items(held, 6, lambda u: np.zeros((len(u), 6), np.float32), 3, candidates).tolist() == [
        [0, 2, 4],
        [1, 2, 5],
    ]


def test_candidates_have_the_target_and_nothing_that_was_met() -> None:
    held = leave_one_out(VISITS)
    found = sampled_candidates(held, 6, 3, seed=0)
    assert found.shape == (2, 4)
    assert set(found[0].tolist()) == {0, 2, 4, 5}
    assert 5 in found[1]
    assert 0 not in found[1]
    assert (np.diff(found, axis=1) > 0).all()
    np.testing.assert_array_equal(found, sampled_candidates(held, 6, 3, seed=0))
    assert (found != sampled_candidates(held, 6, 3, seed=3)).any()


def test_figures_by_hand() -> None:
    held = leave_one_out(VISITS)
    figures = hit_figures(held, np.array([[0, 4, 2], [5, 4, 3]]), 3)  # third and first
    assert figures["hr@3"] == 1
    assert figures["ndcg@3"] == pytest.approx((0.5 + 1) / 2, abs=1e-4)
    assert hit_figures(held, np.array([[0, 4, 2], [5, 4, 3]]), 2)["hr@2"] == 0.5
    low, high = figures["ci95"]["ndcg@3"]
    assert low == 0.5
    assert high == 1
