"""The classical recommenders that anything learned has to beat: popularity, ALS, BPR and EASE.

ALS (Hu et al. 2008) and BPR (Rendle et al. 2009) are the library ``implicit``'s; EASE (Steck 2019, arXiv:1905.03375)
is its closed form. Each is fitted to visits and scores all items for a user; see ``leave_one_out.Fit``.
"""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_limits

from retrievers.base import Vectors
from store.interactions import Visits
from training.behaviour import CONFIDENCE, DIM, REGULARIZATION, SEED, fit_als, user_items
from training.leave_one_out import Fit, Numbers, Scorer


def popularity(visits: Visits, items: int) -> Scorer:
    """For everybody the same: how many users met an item."""
    counts = np.bincount(visits.once().items, minlength=items).astype(np.float32)
    return lambda users: np.tile(counts, (len(users), 1))


def als(confidence: float = CONFIDENCE, regularization: float = REGULARIZATION) -> Fit:
    """The factors that behaviour vectors are."""

    def fit(visits: Visits, items: int) -> Scorer:
        return _of_factors(*fit_als(user_items(visits, items), confidence, regularization))

    return fit


def bpr(learning_rate: float, iterations: int) -> Fit:
    """Factors that rank what a user met above what they did not, pair by pair."""

    def fit(visits: Visits, items: int) -> Scorer:
        from implicit.cpu.bpr import BayesianPersonalizedRanking

        model = BayesianPersonalizedRanking(
            DIM, learning_rate=learning_rate, iterations=iterations, random_state=SEED, num_threads=1
        )
        with threadpool_limits(1, user_api="blas"):
            model.fit(user_items(visits, items), show_progress=False)
        return _of_factors(model.user_factors, model.item_factors)

    return fit


def ease(penalty: float) -> Fit:
    """A linear map from what a user met to all items, with no item telling of itself (Steck 2019, equation 8)."""

    def fit(visits: Visits, items: int) -> Scorer:
        matrix = user_items(visits, items)
        inverse = np.linalg.inv((matrix.T @ matrix).toarray().astype(np.float64) + penalty * np.eye(items))
        weights = -inverse / np.diag(inverse)
        np.fill_diagonal(weights, 0)
        weights = weights.astype(np.float32)
        return lambda users: matrix[users] @ weights

    return fit


def _of_factors(users: Vectors, items: Vectors) -> Scorer:
    def score(numbers: Numbers) -> Vectors:
        scores: Vectors = users[numbers] @ items.T
        return scores

    return score
