"""Nearest items by vector: to the words or the photo of a query, among the items' texts or among their photos.

Texts and photos share one space, so either kind of query searches either kind of vector: words find photos of items
that are badly described, and a photo finds items of a shop that has no photos. Where a query has both, its words
search the texts and its photo searches the photos. Every search is exact (``store/item_vectors.py``).

This module does not know how the vectors were made or what they weigh beside other evidence.
"""

from __future__ import annotations

import numpy as np

from retrievers.base import Candidate, EncodedQuery, Vectors
from store.item_vectors import ItemVectors
from store.schemas import VectorKind


class DenseRetriever:
    """Exact search over one kind of item vectors; ``name`` is "dense-text" or "dense-image"."""

    def __init__(self, kind: VectorKind, vectors: ItemVectors) -> None:
        self.name = f"dense-{kind}"
        self.vectors = vectors
        self._kind = kind

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k nearest allowed items, by cosine."""
        vector = self.query_vector(query)
        if vector is None:
            return []
        found = self.vectors.search(vector, k, query.allowed)
        return [Candidate(item_id, score, self.name) for item_id, score in found]

    def score_all(self, query: EncodedQuery) -> Vectors:
        """Cosine of each item with the query, (n,); -inf where not allowed, without a vector, or nothing is asked."""
        vector = self.query_vector(query)
        if vector is None:
            return np.full(len(self.vectors.item_ids), -np.inf, dtype=np.float32)
        return self.vectors.scores(vector, query.allowed)

    def query_vector(self, query: EncodedQuery) -> Vectors | None:
        """The query's vector of the same kind as the items', else of the other kind."""
        own, other = query.text_vector, query.image_vector
        if self._kind == "image":
            own, other = other, own
        return other if own is None else own
