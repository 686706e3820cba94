"""ALS puts together what is visited together; the map from content says what it can and cannot predict."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from retrievers.behaviour import FILE, load_behaviour
from store.interactions import Event, Visits, visits_of
from training.behaviour import (
    DIM,
    described,
    fit_als,
    fit_behaviour,
    fit_ridge,
    made_from,
    mean_cosine,
    r_squared,
    user_items,
)

RNG = np.random.default_rng(0)
ITEMS = 120
IDS = tuple(f"i{n}" for n in range(ITEMS))
KIND = np.arange(ITEMS) % 4
CONTENT = (np.eye(4)[KIND] + 0.05 * RNG.normal(size=(ITEMS, 4))).astype(np.float32)


def shoppers(visited: int = 100) -> Visits:
    """Sixty shoppers, each of one kind of item."""
    pairs = [(user, item) for user in range(60) for item in range(visited) if KIND[item] == user % 4]
    kept = RNG.permutation(len(pairs))[: len(pairs) // 2]
    users, items = np.array([pairs[n] for n in sorted(kept)]).T
    return Visits(users, items, tuple(f"u{n}" for n in range(60)))


def test_a_pair_counts_once() -> None:
    matrix = user_items(Visits(np.array([0, 0, 1]), np.array([2, 2, 0])), 3)
    assert matrix.toarray().tolist() == [[0, 0, 1], [1, 0, 0]]


def test_the_factors_score_own_kind_above_others_and_are_the_same_again() -> None:
    matrix = user_items(shoppers(), ITEMS)
    users, items = fit_als(matrix)
    assert items.shape == (ITEMS, DIM)
    scores = users @ items.T
    own = KIND[:100] == (np.arange(60) % 4)[:, None]
    assert scores[:, :100][own].mean() > 5 * abs(scores[:, :100][~own].mean())
    np.testing.assert_array_equal(fit_als(matrix)[1], items)


def test_a_fit_gives_the_library_no_cause_to_warn_of_blas_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("implicit.utils._checked_blas_config", False)
    with threadpool_limits(2, user_api="blas"), warnings.catch_warnings():
        warnings.simplefilter("error")
        fit_als(user_items(shoppers(), ITEMS))


def test_items_without_visits_are_predicted_from_their_kin(tmp_path: Path) -> None:
    visits = shoppers()
    factors = fit_behaviour(made_from("mine", "e", IDS, []), visits, IDS, CONTENT)
    assert factors.item_ids == IDS[:100]
    assert factors.made_from.r2 is not None
    assert factors.made_from.r2 > 0.7
    says = described(factors, ITEMS)
    assert says.startswith(
        "100 items and 60 users from visits, 20 items predicted from content (held-out items: R² 0."
    )
    factors.save(tmp_path / FILE)
    found = load_behaviour(tmp_path, "mine", "e", IDS, CONTENT)
    assert found is not None
    likes = found.items[100:] @ found.users["u1"]  # shopper 1 takes to kind 1
    assert likes[KIND[100:] == 1].min() > likes[KIND[100:] != 1].max()


def test_content_that_says_nothing_is_not_believed() -> None:
    noise = RNG.normal(size=(ITEMS, 30)).astype(np.float32)
    fit = fit_ridge(noise, RNG.normal(size=(ITEMS, 8)).astype(np.float32))
    assert fit.penalty == 1000
    assert fit.r2 is not None
    assert fit.r2 < 0.1
    assert np.abs(fit.content_map.weights).max() < 0.1


def test_a_few_items_are_fitted_without_figures() -> None:
    fit = fit_ridge(CONTENT[:5], RNG.normal(size=(5, 8)).astype(np.float32))
    assert (fit.r2, fit.cosine) == (None, None)
    assert np.isfinite(fit.content_map.predict(CONTENT)).all()


def test_figures_by_hand() -> None:
    truth = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    assert r_squared(truth, truth) == pytest.approx(1)
    assert r_squared(truth, np.full_like(truth, 0.5)) == pytest.approx(0)
    assert mean_cosine(truth, 2 * truth) == pytest.approx(1)
    assert mean_cosine(truth, truth[::-1]) == pytest.approx(0)


def test_what_a_fit_belongs_to_follows_from_events_and_catalog() -> None:
    events = [Event("u", "i0", 1.0)]
    assert len(visits_of(events, IDS).users) == 1
    first = made_from("mine", "e", IDS, events).fingerprint
    assert made_from("mine", "e", IDS, events).fingerprint == first
    assert made_from("mine", "e", IDS[1:], events).fingerprint != first
    assert made_from("mine", "e", IDS, []).fingerprint != first
