"""The vectors of a catalog in memory, and the exact search over them.

Every query is one product of the matrix with the query vector, and hard constraints are a mask over its items:
filtering happens before ranking and never costs recall. At 50,000 items this takes a few milliseconds, less than
Chroma's own filtered search (docs/RESULTS.md, "Filtered search").

This module does not know where the vectors came from, what they mean or how a mask was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

NARROW = 8  # below one allowed row in this many, gathering rows beats scanning all


@dataclass(frozen=True, slots=True)
class ItemVectors:
    """Vectors in memory, in the order of a catalog's items: what a search scans.

    ``vectors`` has one row per text or photo, sorted by item; ``owners`` gives the position of each row's item.
    An item may have no row (no photo) or several (several photos: its best one counts).
    """

    item_ids: tuple[str, ...]  # (n_items,)
    vectors: Vectors  # (rows, dim)
    owners: NDArray[np.intp]  # (rows,), ascending

    def scores(self, vector: Vectors, allowed: NDArray[np.bool_]) -> Vectors:
        """Cosine of each item with a unit vector, (n_items,); -inf where not allowed or without a row."""
        scores = np.full(len(self.item_ids), -np.inf, dtype=np.float32)
        rows = np.flatnonzero(allowed[self.owners])
        if rows.size == 0:
            return scores
        if rows.size * NARROW < self.owners.size:
            row_scores = self.vectors[rows] @ vector
        else:
            row_scores = (self.vectors @ vector)[rows]
        owners = self.owners[rows]
        first = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])  # where each item's rows begin
        scores[owners[first]] = np.maximum.reduceat(row_scores, first)
        return scores

    def nearest_rows(self, vector: Vectors, positions: Sequence[int] | NDArray[np.intp]) -> Vectors:
        """Of each of these items its row nearest to a vector, (len(positions), dim); zeros for one without a row."""
        found = np.zeros((len(positions), self.vectors.shape[1]), dtype=np.float32)
        for at, position in enumerate(positions):
            rows = self.rows_of(position)
            if rows.size:
                found[at] = rows[np.argmax(rows @ vector)]
        return found

    def rows_of(self, position: int) -> Vectors:
        """The rows of one item, (rows of it, dim)."""
        first, end = np.searchsorted(self.owners, [position, position + 1])
        rows: Vectors = self.vectors[first:end]
        return rows

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.bool_]) -> list[tuple[str, float]]:
        """The k best allowed items with their cosines, best first; equal scores in catalog order."""
        scores = self.scores(vector, allowed)
        return [(self.item_ids[i], float(scores[i])) for i in best(scores, k)]


def best(scores: Vectors, k: int) -> NDArray[np.intp]:
    """Positions of the k highest finite scores, best first; equal scores keep their order."""
    k = min(k, int(np.isfinite(scores).sum()))
    if k <= 0:
        return np.empty(0, dtype=np.intp)
    kth = np.partition(scores, scores.size - k)[scores.size - k]
    contenders = np.flatnonzero(scores >= kth)
    return contenders[np.argsort(-scores[contenders], kind="stable")][:k]
