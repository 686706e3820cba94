"""Fit behaviour vectors: who takes what, as factors of implicit-feedback ALS (Hu, Koren & Volinsky 2008).

The library ``implicit`` does the factors. Every visited pair counts once: with purchases and carts weighing five and
three times a view, the demo shoppers' last item but one is found less often (HR@10 .147, not .157). Items without
visits get theirs from a ridge regression on content (Gantner et al. 2010), whose penalty is chosen on held-out items.
Knows no store on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from retrievers.base import Vectors
from retrievers.behaviour import ContentMap, Factors, MadeFrom, catalog_hash
from store.interactions import Event, Visits, fingerprint_of

DIM = 64
CONFIDENCE = 10.0  # of 1, 10 and 40, and below of .01, 1 and 10: best on the demo shoppers' last item but one
REGULARIZATION = 10.0
ITERATIONS = 15
PENALTIES = tuple(10.0 ** (half / 2) for half in range(-2, 7))  # 0.1 to 1,000
HELD_SHARE = 0.1  # of the items, once to choose the penalty and once more to say how well it does
LEAST_HELD = 10
SEED = 0


@dataclass(frozen=True, slots=True)
class RidgeFit:
    """A map from content, the penalty that was chosen, and how it does on items that had no part in either."""

    content_map: ContentMap
    penalty: float
    r2: float | None = None
    cosine: float | None = None


def made_from(store: str, encoder: str, item_ids: Sequence[str], events: Sequence[Event]) -> MadeFrom:
    """What vectors fitted now to these events would belong to; the penalty is not chosen yet."""
    hashes = catalog_hash(item_ids), fingerprint_of(events)
    return MadeFrom(store, encoder, *hashes, DIM, CONFIDENCE, REGULARIZATION, penalty=PENALTIES[0])


def fit_behaviour(belongs: MadeFrom, visits: Visits, item_ids: Sequence[str], content: Vectors) -> Factors:
    """Factors of the items that were visited and of all users, and the map from content (n_items, width) to items."""
    visited = np.unique(visits.items)
    users, items = fit_als(user_items(visits.among(visited), len(visited)))
    ridge = fit_ridge(content[visited], items)
    belongs = replace(belongs, penalty=ridge.penalty, r2=ridge.r2, cosine=ridge.cosine)
    ids = tuple(item_ids[position] for position in visited)
    return Factors(belongs, ids, items, visits.user_ids, users, ridge.content_map)


def user_items(visits: Visits, items: int) -> csr_matrix:
    """1 for each user and item that met, (users, items)."""
    pairs = visits.once()
    ones = np.ones(len(pairs.users), dtype=np.float32)
    return csr_matrix((ones, (pairs.users, pairs.items)), shape=(int(visits.users.max(initial=-1)) + 1, items))


def fit_als(
    matrix: csr_matrix,
    confidence: float = CONFIDENCE,
    regularization: float = REGULARIZATION,
    rounds: int = ITERATIONS,
    items: Vectors | None = None,
) -> tuple[Vectors, Vectors]:
    """User factors (users, DIM) and item factors (items, DIM), begun with these ``items`` where given.

    The same for the same matrix.
    """
    from implicit.cpu.als import AlternatingLeastSquares  # half a second that most starts need not wait for

    with threadpool_limits(1, user_api="blas"):  # it is slower with more, and warns of them on construction
        model = AlternatingLeastSquares(
            DIM,
            regularization=regularization,
            alpha=confidence,
            iterations=rounds,
            random_state=SEED,
            num_threads=1,
        )
        if items is not None:
            model.user_factors = np.zeros((matrix.shape[0], DIM), np.float32)  # the first thing that is solved for
            model.item_factors = items.copy()
        model.fit(matrix, show_progress=False)
    return model.user_factors, model.item_factors


def fit_ridge(content: Vectors, items: Vectors) -> RidgeFit:
    """Ridge regression from content (n, width) to item factors (n, dim).

    The penalty is that of the best R² on a tenth of the items; another tenth gives the R² and cosine that are told.
    Fitted to all items at the end. With too few items to hold out, the penalty is the largest and nothing is told.
    """
    order = np.random.default_rng(SEED).permutation(len(items))
    held = int(len(items) * HELD_SHARE)
    if held < LEAST_HELD:
        return RidgeFit(_Ridge(content, items).solved(PENALTIES[-1]), PENALTIES[-1])
    chosen_on, told_on, fitted_on = order[:held], order[held : 2 * held], order[2 * held :]
    part = _Ridge(content[fitted_on], items[fitted_on])
    maps = {penalty: part.solved(penalty) for penalty in PENALTIES}
    scores = {penalty: r_squared(items[chosen_on], m.predict(content[chosen_on])) for penalty, m in maps.items()}
    penalty = max(scores, key=scores.__getitem__)
    predicted = maps[penalty].predict(content[told_on])
    r2, cosine = r_squared(items[told_on], predicted), mean_cosine(items[told_on], predicted)
    return RidgeFit(_Ridge(content, items).solved(penalty), penalty, r2, cosine)


class _Ridge:
    """One decomposition for all penalties: X'X = V diag(w) V', so the weights are V (w + penalty)^-1 V' X'Y."""

    def __init__(self, content: Vectors, items: Vectors) -> None:
        self._centre, self._mean = content.mean(axis=0), items.mean(axis=0)
        x = (content - self._centre).astype(np.float64)
        self._values, self._vectors = np.linalg.eigh(x.T @ x)
        self._target = self._vectors.T @ (x.T @ (items - self._mean))

    def solved(self, penalty: float) -> ContentMap:
        shrunk = self._target / (np.maximum(self._values, 0) + penalty)[:, None]
        weights = (self._vectors @ shrunk).astype(np.float32)
        return ContentMap(weights, (self._mean - self._centre @ weights).astype(np.float32))


def r_squared(truth: Vectors, predicted: Vectors) -> float:
    """Share of the variance around the mean that is explained, over all numbers of all rows."""
    left = float(((truth - predicted) ** 2).sum())
    whole = float(((truth - truth.mean(axis=0)) ** 2).sum())
    return 1 - left / max(whole, 1e-12)


def mean_cosine(truth: Vectors, predicted: Vectors) -> float:
    """Mean cosine of rows that belong together."""
    lengths = np.linalg.norm(truth, axis=1) * np.linalg.norm(predicted, axis=1)
    cosines: NDArray[np.float32] = (truth * predicted).sum(axis=1) / np.maximum(lengths, 1e-12)
    return float(cosines.mean())


def described(factors: Factors, items: int) -> str:
    """One line about a fit, in a catalog of so many items."""
    belongs, predicted = factors.made_from, items - len(factors.item_ids)
    says = f"{len(factors.item_ids):,} items and {len(factors.user_ids):,} users from visits, "
    says += f"{predicted:,} items predicted from content"
    if belongs.r2 is None:
        return says
    return f"{says} (held-out items: R² {belongs.r2:.2f}, cosine {belongs.cosine:.2f}; penalty {belongs.penalty:.3g})"
