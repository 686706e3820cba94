"""A further round of one search: things that are like those shown and passed over give way to other ones.

"Something else" asks for different things that still answer the request. Ada-Retrieval (AAAI 2024) conditions each
round on the ones before with adapters that it trains; ours needs no training. Each place goes to the item with the
most maximal marginal relevance (Carbonell and Goldstein 1998, SIGIR),

    BALANCE * relevance - (1 - BALANCE) * largest cosine to any item that was shown or already has a place,

where relevance is the ranker's score, stretched to 0..1 over the candidates that take part. What may be shown at all
is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrievers.base import Vectors
from retrievers.fusion import FusedItem
from store.item_vectors import ItemVectors

BALANCE = 0.5  # see docs/RESULTS.md, "Rounds"
WIDTH = 48  # so many of the best take part; what comes behind answers the request too little to be shown for variety


def unlike_shown(
    items: Sequence[FusedItem], positions: Sequence[int], shown: Sequence[int], kinds: Sequence[ItemVectors]
) -> list[FusedItem]:
    """The same items in another order.

    ``positions`` are theirs in the catalog, ``shown`` those of the items passed over; ``kinds`` are the vectors that
    likeness is judged by, all kinds together (texts, photos).
    """
    if not items or not shown:
        return list(items)
    rows = _joint(positions[:WIDTH], kinds)  # (candidates, dims)
    relevance = _stretched(np.array([item.score for item in items[:WIDTH]], dtype=np.float32))
    nearest = (rows @ _joint(shown, kinds).T).max(axis=1)
    order: list[int] = []
    for _ in rows:
        gains = BALANCE * relevance - (1 - BALANCE) * nearest
        gains[order] = -np.inf
        order.append(int(np.argmax(gains)))
        nearest = np.maximum(nearest, rows @ rows[order[-1]])
    return [*(items[place] for place in order), *items[WIDTH:]]


def _joint(positions: Sequence[int], kinds: Sequence[ItemVectors]) -> Vectors:
    """Unit vectors, each item's mean vectors of all kinds side by side; zeros for a kind that it has none of."""
    sides = [np.stack([_mean(vectors, position) for position in positions]) for vectors in kinds]
    joint = np.hstack(sides)
    unit: Vectors = (joint / np.maximum(np.linalg.norm(joint, axis=1, keepdims=True), 1e-6)).astype(np.float32)
    return unit


def _mean(vectors: ItemVectors, position: int) -> Vectors:
    total = vectors.rows_of(position).sum(axis=0)
    mean: Vectors = total / max(float(np.linalg.norm(total)), 1e-6)
    return mean


def _stretched(scores: Vectors) -> Vectors:
    low, high = scores.min(), scores.max()
    stretched: Vectors = (scores - low) / (high - low) if high > low else np.ones_like(scores)
    return stretched
