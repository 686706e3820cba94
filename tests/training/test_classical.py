"""Each baseline finds the structure that it can find."""

from __future__ import annotations

import numpy as np
import pytest

from store.interactions import Visits
from training.choosing import BASELINES, Setting, best_setting
from training.classical import als, bpr, ease, popularity
from training.leave_one_out import Fit, Scorer, leave_one_out

USERS, ITEMS = 80, 24


@pytest.fixture(scope="module")
def visits() -> Visits:
    """Users of four kinds, who meet seven of the eight items of their kind's and the next kind's."""
    rng = np.random.default_rng(0)
    rows = [(user, item) for user in range(USERS) for item in rng.permutation(12)[:7] + 6 * (user % 3)]
    users, items = np.array(rows).T
    return Visits(users, items, tuple(map(str, range(USERS))))


@pytest.mark.parametrize("fit", [als(), bpr(0.05, 300), ease(5.0)], ids=["als", "bpr", "ease"])
def test_an_own_item_is_above_those_of_others(fit: Fit, visits: Visits) -> None:
    held = leave_one_out(visits)
    scores = fit(held.train, ITEMS)(held.users)
    strange = np.abs(np.arange(ITEMS)[None] - 6 * (held.users % 3)[:, None] - 5.5) > 6
    target = scores[np.arange(len(held.users)), held.targets]
    others = np.where(strange, scores, np.nan)
    assert (target > np.nanmean(others, axis=1)).mean() > 0.9


def test_popularity_counts_users_and_not_visits() -> None:
    scores = popularity(Visits(np.array([0, 0, 0, 1]), np.array([2, 2, 1, 1])), 3)(np.array([1]))
    assert scores.tolist() == [[0, 2, 1]]


def test_ease_solves_its_equation() -> None:
    users, items = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 2, 1])
    x = np.zeros((3, 3))
    x[users, items] = 1
    weights = np.linalg.solve(x.T @ x + 2 * np.eye(3), x.T @ x)  # each column is a ridge regression without itself
    for item in range(3):
        rest = [i for i in range(3) if i != item]
        weights[rest, item] = np.linalg.solve(x[:, rest].T @ x[:, rest] + 2 * np.eye(2), x[:, rest].T @ x[:, item])
        weights[item, item] = 0
    np.testing.assert_allclose(ease(2.0)(Visits(users, items), 3)(np.arange(3)), x @ weights, atol=1e-5)


def test_the_setting_is_chosen_without_the_target(visits: Visits) -> None:
    held, seen = leave_one_out(visits), []

    def bad(train: Visits, items: int) -> Scorer:
        seen.append(train)
        scorer = popularity(train, items)
        return lambda users: -scorer(users)

    settings = [Setting("bad", bad), Setting("good", ease(5.0))]
    assert best_setting(settings, held.train, ITEMS, 5).name == "good"
    assert len(seen[0].users) == len(visits.users) - 2 * USERS
    assert best_setting(settings[:1], held.train, ITEMS, 5).name == "bad"
    assert set(BASELINES) == {"popularity", "als", "bpr", "ease"}
